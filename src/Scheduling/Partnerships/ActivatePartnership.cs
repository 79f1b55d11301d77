using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Momentum;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Begins a partnership once both have signed and both are prepared: proposes the series, and books it where the platform does.
/// </summary>
/// <remarks>
/// A timer that is due at once, set by the second signature and by each preparation: it looks after either has committed, so that the two
/// arriving at the same moment cannot overlook one another.
/// </remarks>
public sealed class ActivatePartnership(
    SchedulingDb db, Calendars calendars, SeriesProposal proposal, Timers timers, TimeProvider clock) : ITimer
{
    public static string Name => "partnership-activation";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is not { ActivatedAt: null, Charter: { } charter } || pair.StateWhen(await db.PreparedOf(pair, ct)) is not PartnershipState.Active)
            return;

        var terms = await db.Programmes.SingleAsync(terms => terms.Id == pair.ProgrammeId, ct);
        var now = clock.GetUtcNow();
        var ends = terms.EndOf(Instant.FromDateTimeOffset(now), (await calendars.HoursOf(pair.MenteeId, ct)).Zone);
        pair.Activate(now, ends.ToDateTimeOffset());
        await timers.Set(EndWhenTimeIsOver.Name, timer.Key, ends.ToDateTimeOffset(), ct: ct);
        var lookAgain = now.AddDays(Rhythm.Of(charter.Text.Cadence).Days);
        await timers.Set(LookAtMomentum.Name, timer.Key, lookAgain, ct: ct);

        await timers.Set(AskToContinue.Name, timer.Key, pair.QuestionAt!.Value, ct: ct);

        var momentum = PairMomentum.Begin(pair.Id, lookAgain);
        db.Momentum.Add(momentum);
        db.Transitions.Add(momentum.ToTransition(now));
        await proposal.Propose(pair, terms, ct);
        await db.SaveChangesAsync(ct);
    }
}
