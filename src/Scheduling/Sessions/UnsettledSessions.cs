using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Mentoring.Scheduling.Sessions;

/// <summary>The clock on sessions of which nobody says what became of them: first a question to the mentee, then missed.</summary>
public sealed class UnsettledSessions(Timers timers, IOptions<SchedulingOptions> options)
{
    /// <summary>For a session just booked.</summary>
    public void Expect(Session session) => timers.Add(AskWhetherHeld.Name, session.Id.ToString(), AskAt(session));

    /// <summary>For one that has another time now.</summary>
    public Task ExpectAgain(Session session, CancellationToken ct) => timers.Set(AskWhetherHeld.Name, session.Id.ToString(), AskAt(session), ct: ct);

    public async Task Forget(Session session, CancellationToken ct)
    {
        await timers.Clear(AskWhetherHeld.Name, session.Id.ToString(), ct);
        await timers.Clear(CallItMissed.Name, session.Id.ToString(), ct);
    }

    private DateTimeOffset AskAt(Session session) => session.EndsAt + options.Value.EndToQuestion;
}

/// <summary>A day after the end of a session that nobody has settled: the mentee is asked, once.</summary>
public sealed class AskWhetherHeld(SchedulingDb db, Outbox outbox, Timers timers, TimeProvider clock, IOptions<SchedulingOptions> options) : ITimer
{
    public static string Name => "session-question";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == id, ct);
        if (session is not { State: SessionState.Booked } || session.EndsAt > clock.GetUtcNow())
            return;
        var answerBy = clock.GetUtcNow() + options.Value.QuestionToMissed;
        outbox.Publish(new SessionUnconfirmed(
            session.Id, session.Version, session.PartnershipId, session.ProgrammeId, session.MentorId, session.MenteeId, session.StartsAt, answerBy));
        await timers.Set(CallItMissed.Name, timer.Key, answerBy, ct: ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Three days after that question without an answer: missed.</summary>
public sealed class CallItMissed(SchedulingDb db, Outbox outbox, TimeProvider clock) : ITimer
{
    public static string Name => "session-missed";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var session = await db.Sessions.SingleOrDefaultAsync(session => session.Id == id, ct);
        if (session is null || !session.Miss(clock.GetUtcNow()))
            return;
        outbox.Publish(session.ToMissed());
        await db.SaveChangesAsync(ct);
    }
}
