using System.Diagnostics.Metrics;
using Mentoring.Messaging;
using Mentoring.Scheduling.Calendars.Providers;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Calendars;

/// <summary>
/// Brings an entry in somebody's calendar to what its session says by now. Killed in between it does so again; the provider knows the entry by its session.
/// </summary>
public sealed class KeepEntry(SchedulingDb db, CalendarProviders providers, Timers timers, TimeProvider clock) : ITimerApart
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(5);

    /// <summary>Longer than a change takes, so that who is killed keeps nobody waiting for long.</summary>
    private static readonly TimeSpan s_claim = 2 * ProviderConnection.LongestChange;

    private static readonly Meter s_meter = new("Mentoring.Scheduling.CalendarEntries");
    private static readonly Counter<long> s_kept = s_meter.CreateCounter<long>("scheduling.calendars.entries", "{entry}", "Entries in people's calendars, by what was done and what came of it");

    public static string Name => "calendar-entry";

    /// <param name="sessionId">Of the entry.</param>
    /// <param name="personId">Of the entry.</param>
    /// <param name="change">What has changed.</param>
    public static string Key(Guid sessionId, Guid personId, string change) => $"{sessionId} {personId} {change}";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var parts = timer.Key.Split(' ');
        var (sessionId, personId, now) = (Guid.Parse(parts[0]), Guid.Parse(parts[1]), clock.GetUtcNow());
        var known = await Entry(sessionId, personId, ct);
        var wait = known?.NotBefore > now ? known.NotBefore : known is not null && !await Claim(known, ct) ? now + s_wait : null;
        if (known is null)
            await timers.Clear(Name, timer.Key, ct);
        else if (wait is { } until)
            await timers.Set(Name, timer.Key, until, ct: ct);
        else
            await Keep(timer, known.SessionId, known.PersonId, now, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task Keep(TimerFired timer, Guid sessionId, Guid personId, DateTimeOffset now, CancellationToken ct)
    {
        // Read after the claim: whoever had it before has written down what came of it.
        var entry = await Entry(sessionId, personId, ct);
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == sessionId, ct);
        var step = entry?.StepTo(session, now) ?? EntryStep.Nothing;
        var refusal = entry is null ? null : await Do(step, entry, session, ct);

        await using var change = await Atomically.Begin(db, ct);
        var kept = await db.CalendarEntries
            .FromSql($"select * from calendar_entries where unit_id = {db.Unit.UnitId} and session_id = {sessionId} and person_id = {personId} for update")
            .SingleOrDefaultAsync(ct);
        if (kept is not null && Take(kept, step, session, refusal, now) is { } again)
            await timers.Set(Name, timer.Key, again, ct: ct);
        else
            await timers.Clear(Name, timer.Key, ct);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        if (step is not EntryStep.Nothing)
            s_kept.Add(1, new("step", step.ToString()), new("outcome", refusal?.Problem.ToString() ?? "Done"));
    }

    private async Task<ProviderRefusal?> Do(EntryStep step, CalendarEntry entry, Session? session, CancellationToken ct)
    {
        if (step is EntryStep.Nothing)
            return null;
        if (providers.Of(entry.UnitSlug, entry.Address) is not { } provider)
            return new ProviderRefusal(ReadingProblem.NotConnected);
        if (step is EntryStep.Cancel)
            return await provider.Cancel(entry.Address, entry.SessionId, ct);
        var appointment = new Appointment(entry.SessionId, Instant.FromDateTimeOffset(session!.StartsAt), Instant.FromDateTimeOffset(session.EndsAt), session.Place);
        return step is EntryStep.Create ? await provider.Create(entry.Address, appointment, ct) : await provider.Move(entry.Address, appointment, ct);
    }

    /// <returns>When it is tried again; null where it is not.</returns>
    private DateTimeOffset? Take(CalendarEntry entry, EntryStep step, Session? session, ProviderRefusal? refusal, DateTimeOffset now)
    {
        entry.ClaimedUntil = null;
        // Where there is no calendar any more, there is nothing in it either.
        if (step is EntryStep.Cancel && refusal is null or { Problem: ReadingProblem.NoCalendar })
            db.CalendarEntries.Remove(entry);
        else if (refusal is not null)
            return entry.Fail(refusal.Problem, refusal.After, now) ? entry.NotBefore : null;
        // Nothing to do as well where somebody else has done it, or it was moved back: then it is right, whatever went wrong before.
        else if (session is not null && (step is not EntryStep.Nothing || entry.StartsAt == session.StartsAt))
            entry.StandsAt(session.StartsAt, session.EndsAt);
        return null;
    }

    private Task<CalendarEntry?> Entry(Guid sessionId, Guid personId, CancellationToken ct) =>
        db.CalendarEntries.AsNoTracking().SingleOrDefaultAsync(entry => entry.SessionId == sessionId && entry.PersonId == personId, ct);

    private async Task<bool> Claim(CalendarEntry entry, CancellationToken ct) => await db.Database.ExecuteSqlAsync($"""
        update calendar_entries set claimed_until = now() + {s_claim}
        where unit_id = {db.Unit.UnitId} and session_id = {entry.SessionId} and person_id = {entry.PersonId} and (claimed_until is null or claimed_until < now())
        """, ct) == 1;
}
