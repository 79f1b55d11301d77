using Mentoring.Contracts.Matching;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Proposals;

/// <summary>
/// What goes with every step of a proposal, in the same save: the fact, the deadline with its reminder, and the places. The timers and
/// the reactions take the same steps as the people who answer.
/// </summary>
internal sealed class Asking(MatchingDb db, Outbox outbox, Timers timers, TimeProvider clock)
{
    public const string Expiry = "proposal-expiry";
    public const string Reminder = "proposal-reminder";
    public const string Ending = "proposal-ending";

    /// <summary>Asks whoever is first in a new proposal.</summary>
    public void AskFirst(Proposal proposal, WorkingDay day)
    {
        var now = clock.GetUtcNow();
        proposal.RespondBy = day.Deadline(now);
        var key = proposal.Id.ToString();
        timers.Add(Expiry, key, proposal.RespondBy);
        timers.Add(Reminder, key, day.Reminder(now));
        Publish(proposal);
    }

    /// <summary>Asks whoever's turn it is, until three working days of theirs have passed.</summary>
    public async Task Ask(Proposal proposal, WorkingDay day, CancellationToken ct)
    {
        await Await(proposal, day, ct);
        Publish(proposal);
    }

    /// <summary>Gives whoever is asked three working days from now, and tells nobody: the one who is asked has just asked for them.</summary>
    public async Task Await(Proposal proposal, WorkingDay day, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        proposal.RespondBy = day.Deadline(now);
        var key = proposal.Id.ToString();
        await timers.Set(Expiry, key, proposal.RespondBy, ct: ct);
        await timers.Set(Reminder, key, day.Reminder(now), ct: ct);
    }

    public async Task AskAgain(Proposal proposal, CancellationToken ct)
    {
        proposal.Remind();
        Publish(proposal);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Awaits no answer any more; in the morning it ends for everybody, and until then looks to others as it did.</summary>
    public async Task EndNextMorning(Proposal proposal, CancellationToken ct)
    {
        proposal.EndNextMorning(clock.GetUtcNow());
        await StopWaiting(proposal, ct);
        // Which request or timer that was would be told by its trace.
        await timers.Set(Ending, proposal.Id.ToString(), proposal.EndsAt!.Value, traced: false, ct: ct);
    }

    /// <summary>Ends an open proposal without a pair and frees its places, now.</summary>
    public async Task End(Proposal proposal, CancellationToken ct)
    {
        await timers.Clear(Ending, proposal.Id.ToString(), ct);
        var saidYes = proposal.End();
        outbox.Publish(new MatchNotProceeding(proposal.Id, proposal.Version, proposal.ProgrammeId, saidYes));
        await StopWaiting(proposal, ct);
        await FreePlaces(proposal.Id, ct);
    }

    public async Task StopWaiting(Proposal proposal, CancellationToken ct)
    {
        await timers.Clear(Expiry, proposal.Id.ToString(), ct);
        await timers.Clear(Reminder, proposal.Id.ToString(), ct);
    }

    public async Task FreePlaces(Guid heldBy, CancellationToken ct) =>
        db.Places.RemoveRange(await db.Places.Where(place => place.HeldBy == heldBy).ToListAsync(ct));

    /// <summary>The working day of whoever is asked now, as they shared it.</summary>
    public async Task<WorkingDay> WorkingDayOf(Proposal proposal, CancellationToken ct)
    {
        var side = proposal.AskedSide ?? throw new InvalidOperationException("Nobody is asked.");
        var personId = proposal.PersonOn(side);
        var snapshot = await db.Participants.AsNoTracking()
            .Where(participant => participant.ProgrammeId == proposal.ProgrammeId && participant.PersonId == personId && participant.Side == side)
            .Select(participant => participant.Snapshot).FirstOrDefaultAsync(ct);
        return WorkingDay.Of(snapshot);
    }

    private void Publish(Proposal proposal)
    {
        var side = proposal.AskedSide ?? throw new InvalidOperationException("Nobody is asked.");
        outbox.Publish(new MatchProposed(
            proposal.Id,
            proposal.Version,
            proposal.ProgrammeId,
            proposal.MentorId,
            proposal.MenteeId,
            proposal.PersonOn(side),
            side,
            proposal.RespondBy,
            proposal.Exchange.GainsOf(side),
            proposal.Exchange.GivesOf(side)));
    }
}
