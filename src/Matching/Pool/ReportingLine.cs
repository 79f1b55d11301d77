using Mentoring.Contracts.Participants;
using Mentoring.Matching.Proposals;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>A copy of the people above someone; apart from <see cref="Person"/> since two facts bring it.</summary>
public sealed class ReportingLine
{
    internal const string Copy = "reporting-line";

    public required Guid PersonId { get; init; }

    /// <summary>Everybody above, the nearest first.</summary>
    public required Guid[] Chain { get; set; }

    /// <summary>How many levels lie between two people in one line, either way; null when neither is above the other.</summary>
    public static int? Distance(Guid one, IReadOnlyList<Guid> aboveOne, Guid other, IReadOnlyList<Guid> aboveOther) =>
        Above(aboveOne, other) ?? Above(aboveOther, one);

    internal static async Task Keep(
        Guid personId, long version, IReadOnlyList<Guid> chain, MatchingDb db, Inbox inbox, Asking asking, Outbox outbox, CancellationToken ct)
    {
        if (!await inbox.IsNewest(Copy, personId, version, ct)) return;
        if (await db.ReportingLines.FindAsync([db.Unit.UnitId, personId], ct) is { } line)
        {
            if (line.Chain.SequenceEqual(chain)) return;
            line.Chain = [.. chain];
        }
        else
        {
            line = new ReportingLine { PersonId = personId, Chain = [.. chain] };
            db.ReportingLines.Add(line);
        }
        await CheckAuthority(line, db, asking, outbox, ct);
    }

    /// <summary>
    /// No authority inside a pair, at every reorganisation again: an open proposal that would break it ends, a pair is brought to the
    /// programme manager, who asks both.
    /// </summary>
    private static async Task CheckAuthority(ReportingLine line, MatchingDb db, Asking asking, Outbox outbox, CancellationToken ct)
    {
        var personId = line.PersonId;
        var proposals = await db.Proposals
            .Where(p => (p.MentorId == personId || p.MenteeId == personId)
                && (p.State == ProposalState.AskingFirst || p.State == ProposalState.AskingSecond)).ToListAsync(ct);
        var pairs = await db.Pairs.Where(p => (p.MentorId == personId || p.MenteeId == personId) && p.EndedAt == null).ToListAsync(ct);
        if (proposals.Count + pairs.Count == 0) return;

        var others = proposals.SelectMany(p => new[] { p.MentorId, p.MenteeId }).Concat(pairs.SelectMany(p => new[] { p.MentorId, p.MenteeId }))
            .Where(id => id != personId).Distinct().ToList();
        var chains = await db.ReportingLines.AsNoTracking().Where(l => others.Contains(l.PersonId)).ToDictionaryAsync(l => l.PersonId, l => l.Chain, ct);
        var programmeIds = proposals.Select(p => p.ProgrammeId).Concat(pairs.Select(p => p.ProgrammeId)).Distinct().ToList();
        var programmes = await db.Programmes.AsNoTracking().Where(p => programmeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Settings, ct);

        foreach (var proposal in proposals.Where(p => IsBroken(p.ProgrammeId, p.Couple, p.SameChain)))
            await asking.EndNextMorning(proposal, ct);
        foreach (var pair in pairs.Where(p => p.Recheck(IsBroken(p.ProgrammeId, new Couple(p.MentorId, p.MenteeId), p.SameChain))))
            outbox.Publish(pair.Broken());

        bool IsBroken(Guid programmeId, Couple couple, bool agreedToSameChain)
        {
            var other = couple.MentorId == personId ? couple.MenteeId : couple.MentorId;
            var othersChain = chains.GetValueOrDefault(other) ?? [];
            return couple.MentorId == personId
                ? IsAuthority(programmes[programmeId], couple, line.Chain, othersChain, agreedToSameChain)
                : IsAuthority(programmes[programmeId], couple, othersChain, line.Chain, agreedToSameChain);
        }
    }

    /// <summary>Whether one of the two stands above the other, and not as both have agreed to and the programme allows.</summary>
    internal static bool IsAuthority(Programme programme, Couple couple, IReadOnlyList<Guid> mentorsChain, IReadOnlyList<Guid> menteesChain, bool agreedToSameChain) =>
        Distance(couple.MentorId, mentorsChain, couple.MenteeId, menteesChain) is { } distance
        && !(agreedToSameChain
            && distance >= programme.SameChainAtDistance
            && !(programme.NotUnderDirectReport && mentorsChain.Contains(couple.MenteeId)));

    private static int? Above(IReadOnlyList<Guid> chain, Guid person)
    {
        for (var i = 0; i < chain.Count; i++)
            if (chain[i] == person) return i + 1;
        return null;
    }
}
