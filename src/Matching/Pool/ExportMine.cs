using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pairs;
using Mentoring.Matching.Proposals;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>What Matching keeps about somebody; other people stand in it as they were shown to them.</summary>
/// <param name="Chain">Everybody above, the nearest first.</param>
internal sealed record ExportedMatching(
    string? Name,
    string? Title,
    IReadOnlyList<Guid> Chain,
    IReadOnlyList<ExportedPart> Parts,
    IReadOnlyList<ExportedWish> Wishes,
    IReadOnlyList<ProposalReads.MyProposal> Proposals,
    IReadOnlyList<ExportedPair> Pairs);

internal sealed record ExportedPart(Guid Id, Guid ProgrammeId, Side Side, bool Prepared, bool Ready, string? Wave, ParticipantSnapshot Snapshot);

internal sealed record ExportedWish(Guid ProgrammeId, Side Side, int Rank, Guid PersonId);

internal sealed record ExportedPair(
    Guid Id,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    string Wave,
    IReadOnlyList<TopicLevel> Topics,
    IReadOnlyList<TopicLevel>? TopicsBack,
    string Reason,
    DateTimeOffset FormedAt,
    DateTimeOffset? EndedAt);

/// <summary>
/// Everything of one's own, for oneself alone. Left out is what tells of others: proposals that one was never asked about, who wished for one,
/// and the computed runs, in which one is weighed against everybody else.
/// </summary>
internal static class ExportMine
{
    public static async Task<IResult> Handle(Caller caller, MatchingDb db, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var me = caller.PersonId;
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(known => known.Id == me, ct);
        var line = await db.ReportingLines.AsNoTracking().SingleOrDefaultAsync(known => known.PersonId == me, ct);
        var parts = await db.Participants.AsNoTracking().Where(part => part.PersonId == me).OrderBy(part => part.Id).ToListAsync(ct);
        var wishes = await db.Wishes.AsNoTracking().Where(wish => wish.PersonId == me)
            .OrderBy(wish => wish.ProgrammeId).ThenBy(wish => wish.Side).ThenBy(wish => wish.Rank)
            .Select(wish => new ExportedWish(wish.ProgrammeId, wish.Side, wish.Rank, wish.OtherId)).ToListAsync(ct);
        var proposals = await db.Proposals.AsNoTracking().ShownTo(me).OrderByDescending(proposal => proposal.Id).ToListAsync(ct);
        var pairs = await db.Pairs.AsNoTracking().Where(pair => pair.MentorId == me || pair.MenteeId == me).OrderBy(pair => pair.Id).ToListAsync(ct);
        return new PersonExport<ExportedMatching>("matching", me, clock.GetUtcNow(), new ExportedMatching(
            person?.Name,
            person?.Title,
            line?.Chain ?? [],
            [.. parts.Select(part => new ExportedPart(part.Id, part.ProgrammeId, part.Side, part.Prepared, part.Ready, part.Wave, part.Snapshot))],
            wishes,
            await ProposalReads.Show(proposals, me, db, ct),
            [.. pairs.Select(Of)])).AsFile(response);
    }

    private static ExportedPair Of(Pair pair) => new(
        pair.Id, pair.ProgrammeId, pair.MentorId, pair.MenteeId, pair.Wave, pair.Topics, pair.TopicsBack, pair.Reason, pair.FormedAt, pair.EndedAt);
}
