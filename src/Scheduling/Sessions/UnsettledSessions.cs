using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Partnerships;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Mentoring.Scheduling.Sessions;

/// <summary>The clock on sessions of which nobody says what became of them: first a question to the mentee, then missed.</summary>
/// <remarks>
/// What is booked or moved by itself has a timer of its own. A series has one for all of it, which goes from session to session: thousands of pairs
/// begin at once, and a dozen timers each were a fifth of what the database did for them.
/// </remarks>
public sealed class UnsettledSessions(Outbox outbox, Timers timers, TimeProvider clock, IOptions<SchedulingOptions> options)
{
    /// <summary>For a session just booked by itself.</summary>
    public void Expect(Session session) => timers.Add(AskWhetherHeld.Name, session.Id.ToString(), AskAt(session));

    /// <summary>For those just booked together.</summary>
    /// <param name="pair">Whose they are.</param>
    /// <param name="sessions">In order of time.</param>
    /// <param name="ct">Cancels the look-up; for a pair's first series there is none, as thousands may begin at once.</param>
    public async Task ExpectSeries(Partnership pair, IReadOnlyList<Session> sessions, CancellationToken ct)
    {
        if (pair.Term == 1)
            timers.Add(AskAboutSeries.Name, pair.Id.ToString(), AskAt(sessions[0]));
        else
            // Where it stands is for it to find out: it may be set, for something later than this.
            await timers.Set(AskAboutSeries.Name, pair.Id.ToString(), clock.GetUtcNow(), ct: ct);
    }

    /// <summary>For one that has another time now.</summary>
    public async Task ExpectAgain(Session session, CancellationToken ct)
    {
        // The clock may have gone back since it was asked about.
        await timers.Clear(CallItMissed.Name, session.Id.ToString(), ct);
        await ExpectAlone(session, ct);
    }

    /// <summary>For one that outlives its series; where it has been asked about, that stands.</summary>
    public Task ExpectAlone(Session session, CancellationToken ct) => timers.Set(AskWhetherHeld.Name, session.Id.ToString(), AskAt(session), ct: ct);

    public async Task Forget(Session session, CancellationToken ct)
    {
        await timers.Clear(AskWhetherHeld.Name, session.Id.ToString(), ct);
        await timers.Clear(CallItMissed.Name, session.Id.ToString(), ct);
    }

    /// <summary>
    /// Asks about those that ended long enough ago, each once; part of the next save.
    /// </summary>
    /// <param name="sessions">Booked, as far as anybody has said; of one pair.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    /// <returns>When the next of them is to be asked about.</returns>
    internal async Task<DateTimeOffset?> Ask(IReadOnlyList<Session> sessions, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var answerBy = now + options.Value.QuestionToMissed;
        foreach (var session in sessions.Where(session => AskAt(session) <= now))
        {
            // The question has been asked: by the timer of its own that a moved session has, or by that of its series.
            if (await timers.IsSet(CallItMissed.Name, session.Id.ToString(), ct))
                continue;
            outbox.Publish(new SessionUnconfirmed(
                session.Id, session.Version, session.PartnershipId, session.ProgrammeId, session.MentorId, session.MenteeId, session.StartsAt, answerBy));
            timers.Add(CallItMissed.Name, session.Id.ToString(), answerBy);
        }
        return sessions.Select(AskAt).Where(at => at > now).Cast<DateTimeOffset?>().Min();
    }

    private DateTimeOffset AskAt(Session session) => session.EndsAt + options.Value.EndToQuestion;
}

/// <summary>A day after the end of a session that nobody has settled: the mentee is asked, once.</summary>
public sealed class AskWhetherHeld(SchedulingDb db, UnsettledSessions unsettled, Timers timers) : ITimer
{
    public static string Name => "session-question";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        // Held, so that nobody is asked about what is just being settled.
        var open = await db.Sessions.FromSql($"select * from sessions where id = {id} and state = 'Booked' for update").AsNoTracking().ToListAsync(ct);
        if (await unsettled.Ask(open, ct) is { } later)
            await timers.Set(Name, timer.Key, later, ct: ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>As <see cref="AskWhetherHeld"/>, for one session after the other of what a pair has booked.</summary>
public sealed class AskAboutSeries(SchedulingDb db, UnsettledSessions unsettled, Timers timers) : ITimer
{
    public static string Name => "series-question";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var open = await db.Sessions.FromSql($"""
            select session.* from sessions session join partnerships pair on pair.unit_id = session.unit_id and pair.id = session.partnership_id
            where session.partnership_id = {id} and session.state = 'Booked' and pair.ended_at is null
            order by session.starts_at, session.id for update of session
            """).AsNoTracking().ToListAsync(ct);
        if (await unsettled.Ask(open, ct) is { } next)
            await timers.Set(Name, timer.Key, next, ct: ct);
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
