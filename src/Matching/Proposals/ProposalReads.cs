using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Proposals;

internal static class ProposalReads
{
    /// <summary>What someone who is or was asked sees.</summary>
    /// <param name="Id">To answer by.</param>
    /// <param name="Programme">The programme's slug.</param>
    /// <param name="ProgrammeName">The programme's name.</param>
    /// <param name="Other">The other person; null once their data is gone.</param>
    /// <param name="State">Never tells how a proposal ended without a pair.</param>
    /// <param name="AskedAs">As mentor or mentee.</param>
    /// <param name="RespondBy">Until when an answer is awaited; null when none is awaited from the reader.</param>
    /// <param name="Gains">What one gains.</param>
    /// <param name="Gives">What one gives.</param>
    /// <param name="Reason">Why these two.</param>
    /// <param name="ConfirmationNeeded">Accepting needs <c>confirmsNoAuthority</c>.</param>
    public sealed record MyProposal(
        Guid Id,
        string Programme,
        string ProgrammeName,
        OtherPerson? Other,
        MyProposalState State,
        Side AskedAs,
        DateTimeOffset? RespondBy,
        string Gains,
        string Gives,
        string Reason,
        bool ConfirmationNeeded);

    public sealed record OtherPerson(string Name, string? Title);

    /// <summary>All there is to know before answering.</summary>
    /// <param name="Proposal">As in the list.</param>
    /// <param name="Points">What speaks for the two, by criterion, in words.</param>
    /// <param name="Brings">What the reader brings of what the other needs.</param>
    /// <param name="Learns">What the other brings of what the reader needs.</param>
    /// <param name="Gap">What the programme is about.</param>
    /// <param name="Length">How long a pair runs, ISO 8601 period.</param>
    /// <param name="SessionMinutes">How long one session takes, in paid working time.</param>
    /// <param name="Cadence">Channel → ISO 8601 period.</param>
    /// <param name="LivedExperience">Towards a mentee: what the mentor offers from their own life, in their own words, where they chose to share it.</param>
    /// <param name="MoreTime">The reader may still ask for more, which gives three working days anew.</param>
    public sealed record ProposalInFull(
        MyProposal Proposal,
        IReadOnlyList<Runs.CriterionPoints> Points,
        IReadOnlyList<TopicLevel> Brings,
        IReadOnlyList<TopicLevel> Learns,
        string? Gap,
        string Length,
        int SessionMinutes,
        IReadOnlyDictionary<string, string> Cadence,
        bool MoreTime,
        IReadOnlyList<string> LivedExperience);

    public enum MyProposalState
    {
        Open,
        Waiting,
        Accepted,
        NotProceeding,
    }

    /// <summary>What a programme manager sees: not who has answered, nor who is asked.</summary>
    public sealed record ManagedProposal(Guid Id, string Wave, NamedPerson Mentor, NamedPerson Mentee, ManagedProposalState State);

    public enum ManagedProposalState
    {
        Open,
        Accepted,
        NotProceeding,
    }

    public static async Task<IResult> OfMine(PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        var after = page.AfterId ?? Guid.Empty;
        var backwards = page.AfterId is not null;
        // In the query already: a page must not shrink by what stays hidden.
        var found = await db.Proposals.AsNoTracking().ShownTo(me)
            .Where(p => !backwards || p.Id.CompareTo(after) < 0)
            .OrderByDescending(p => p.Id).Take(page.Take).ToListAsync(ct);

        var items = await Show(found, me, db, ct);
        return Results.Ok(Page.Of(items, page, item => Cursor.Of(item.Id)));
    }

    public static async Task<IResult> InFull(Guid id, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var proposal = await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        return proposal?.SideOf(caller.PersonId) is { } side ? Results.Ok(await Full(proposal, side, db, ct)) : Problems.NotFound();
    }

    public static async Task<ProposalInFull> Full(Proposal proposal, Side side, MatchingDb db, CancellationToken ct)
    {
        var shown = (await Show([proposal], proposal.PersonOn(side), db, ct)).Single();
        var settings = await db.Programmes.AsNoTracking().Where(p => p.Id == proposal.ProgrammeId).Select(p => p.Settings).SingleAsync(ct);
        var (runId, mentorId, menteeId) = (proposal.RunId, proposal.MentorId, proposal.MenteeId);
        var points = await db.RunPairs.AsNoTracking()
            .Where(pair => pair.RunId == runId && pair.MentorId == mentorId && pair.MenteeId == menteeId).Select(pair => pair.Points).FirstOrDefaultAsync(ct);
        var back = proposal.TopicsBack ?? [];
        var mentor = side == Side.Mentor || shown.State == MyProposalState.NotProceeding ? null : await db.Participants.AsNoTracking()
            .Where(p => p.ProgrammeId == proposal.ProgrammeId && p.PersonId == mentorId && p.Side == Side.Mentor)
            .Select(p => p.Snapshot).FirstOrDefaultAsync(ct);
        return new ProposalInFull(
            shown,
            points ?? [],
            side == Side.Mentor ? proposal.Topics : back,
            side == Side.Mentor ? back : proposal.Topics,
            settings.Gap.Sentence ?? settings.Gap.Area,
            settings.Length,
            settings.SessionMinutes,
            settings.Cadence,
            proposal.AskedSide == side && !proposal.MoreWasAsked,
            mentor?.LivedExperience ?? []);
    }

    public static async Task<IResult> OfProgramme(string programme, PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var known = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == programme, ct);
        if (known is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, known.Id)) return Problems.RoleMissing();

        var after = page.AfterId ?? Guid.Empty;
        var backwards = page.AfterId is not null;
        var found = await db.Proposals.AsNoTracking()
            .Where(p => p.ProgrammeId == known.Id && (!backwards || p.Id.CompareTo(after) < 0))
            .OrderByDescending(p => p.Id).Take(page.Take).ToListAsync(ct);
        var names = await NamedPerson.Read(db, found.SelectMany(p => new[] { p.MentorId, p.MenteeId }), ct);
        var items = found.Select(p => new ManagedProposal(p.Id, p.Wave, names(p.MentorId), names(p.MenteeId), p.State switch
        {
            ProposalState.AskingFirst or ProposalState.AskingSecond => ManagedProposalState.Open,
            ProposalState.Accepted => ManagedProposalState.Accepted,
            ProposalState.NotProceeding => ManagedProposalState.NotProceeding,
            _ => throw new InvalidOperationException($"No word for {p.State}."),
        })).ToList();
        return Results.Ok(Page.Of(items, page, item => Cursor.Of(item.Id)));
    }

    /// <summary>Those of a person; the senior's only once asked.</summary>
    internal static IQueryable<Proposal> ShownTo(this IQueryable<Proposal> proposals, Guid me) => proposals
        .Where(p => (p.MentorId == me && (p.FirstSide == Side.Mentor || p.SecondWasAsked))
            || (p.MenteeId == me && (p.FirstSide == Side.Mentee || p.SecondWasAsked)));

    internal static async Task<IReadOnlyList<MyProposal>> Show(IReadOnlyList<Proposal> found, Guid me, MatchingDb db, CancellationToken ct)
    {
        var programmeIds = found.Select(p => p.ProgrammeId).Distinct().ToList();
        var programmes = await db.Programmes.AsNoTracking().Where(p => programmeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var otherIds = found.Select(p => p.PersonOn(Proposal.Other(p.SideOf(me)!.Value))).Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(p => otherIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);

        return [.. found.Select(proposal =>
        {
            var side = proposal.SideOf(me)!.Value;
            var state = StateFor(proposal, side);
            var other = people.GetValueOrDefault(proposal.PersonOn(Proposal.Other(side)));
            var programme = programmes[proposal.ProgrammeId];
            return new MyProposal(
                proposal.Id,
                programme.Slug,
                programme.Settings.Name,
                other is null ? null : new OtherPerson(other.Name, other.Title),
                state,
                side,
                state == MyProposalState.Open ? proposal.RespondBy : null,
                proposal.Exchange.GainsOf(side),
                proposal.Exchange.GivesOf(side),
                proposal.Reason,
                proposal.SameChain && side == Side.Mentee);
        })];
    }

    private static MyProposalState StateFor(Proposal proposal, Side side) => proposal.State switch
    {
        ProposalState.Accepted => MyProposalState.Accepted,
        ProposalState.NotProceeding => MyProposalState.NotProceeding,
        _ when proposal.AskedSide == side => MyProposalState.Open,
        // Whoever was asked has answered, or has no time left to; for the other it is as before until the morning.
        _ when proposal.LastAskedSide == side => MyProposalState.NotProceeding,
        _ => MyProposalState.Waiting,
    };
}
