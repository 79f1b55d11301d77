using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Calendars.Providers;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sealing;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Calendars;

/// <summary>
/// Reads a person's calendar: its key is the feed. What it finds is kept in one transaction that begins after the server has answered; a calendar
/// removed meanwhile leaves nothing.
/// </summary>
public sealed class ReadCalendar(
    SchedulingDb db, Attendees attendees, MasterKeys keys, CalendarDownload download, CalendarProviders providers, SeriesProposal proposal, Timers timers, TimeProvider clock) : ITimerApart
{
    private static readonly Meter s_meter = new("Mentoring.Scheduling.Calendars");
    private static readonly Counter<long> s_read = s_meter.CreateCounter<long>("scheduling.calendars.read", "{calendar}", "Calendars asked for, by what came of it");

    public static string Name => "calendar-reading";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var feed = await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == id, ct);
        if (feed is null)
        {
            await timers.Clear(Name, timer.Key, ct);
            await db.SaveChangesAsync(ct);
            return;
        }
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var zone = (await attendees.HoursOf(feed.PersonId, ct)).Zone;
        var sessions = await db.SessionsOf(feed.PersonId).Select(session => session.Id).ToHashSetAsync(ct);
        var own = await Own(feed, ct);
        var address = await db.People.Where(person => person.Id == feed.PersonId).Select(person => person.Email).SingleOrDefaultAsync(ct);
        var came = feed.Account is null ? await Ask(feed, now, zone, ct) : await Ask(feed, feed.Account, address, now, ct);
        // What was entered, moved or taken out while the provider answered is its own as well.
        var (times, problem) = came is Downloaded.Busy busy
            ? CalendarTimes.Of(busy.Times, now, [.. own, .. await Own(feed, ct)]) is { } left ? (left, (ReadingProblem?)null) : (null, ReadingProblem.TooManyTimes)
            : Take(came, feed.Kind, now, zone, sessions, address);
        s_read.Add(1, new KeyValuePair<string, object?>("outcome", problem?.ToString() ?? (times is null ? "Unchanged" : "Read")));

        await using var change = await Atomically.Begin(db, ct);
        if (await db.Lock(id, ct) is { } kept)
            await Keep(kept, came, times, problem, now, zone, ct);
        await change.Commit(ct);
    }

    private async Task<Downloaded> Ask(CalendarFeed feed, Instant now, DateTimeZone zone, CancellationToken ct)
    {
        CalendarAddress address;
        try
        {
            address = CalendarAddress.Of(keys.Open(feed.SealedAddress!, CalendarFeed.Purpose(db.Unit.UnitId, feed.Id)));
        }
        catch (Exception e) when (e is InvalidOperationException or CryptographicException)
        {
            return new Downloaded.Failed(ReadingProblem.KeyMissing);
        }
        var known = feed.IsKnownUntil(CalendarTimes.HorizonOf(now), zone);
        return await download.Ask(address, known ? feed.Tag : null, known ? feed.Changed : null, ct);
    }

    private async Task<Downloaded> Ask(CalendarFeed feed, string account, string? address, Instant now, CancellationToken ct)
    {
        if (address != account)
            return new Downloaded.Failed(ReadingProblem.AddressChanged);
        if (providers.Of(feed.UnitSlug, account) is not { } provider)
            return new Downloaded.Failed(ReadingProblem.NotConnected);
        var answer = (await provider.Busy([account], CalendarTimes.WindowOf(now), ct))[account];
        return answer.Refusal is { } refusal ? new Downloaded.Failed(refusal.Problem, refusal.After) : new Downloaded.Busy(answer.Times);
    }

    /// <summary>The owner's sessions, which a provider tells of as of any other busy time: as they are booked, and as they stand in the calendar.</summary>
    private async Task<List<Interval>> Own(CalendarFeed feed, CancellationToken ct)
    {
        if (feed.Account is null)
            return [];
        var booked = await db.SessionsOf(feed.PersonId).Where(session => session.State == SessionState.Booked)
            .Select(session => new { session.StartsAt, session.EndsAt }).ToListAsync(ct);
        var entered = await db.CalendarEntries.Where(entry => entry.PersonId == feed.PersonId && entry.StartsAt != null && entry.EndsAt != null)
            .Select(entry => new { StartsAt = entry.StartsAt!.Value, EndsAt = entry.EndsAt!.Value }).ToListAsync(ct);
        return [.. booked.Concat(entered).Select(time => new Interval(Instant.FromDateTimeOffset(time.StartsAt), Instant.FromDateTimeOffset(time.EndsAt)))];
    }

    private static (CalendarTimes? Times, ReadingProblem? Problem) Take(
        Downloaded came, CalendarKind kind, Instant now, DateTimeZone zone, HashSet<Guid> sessions, string? address)
    {
        if (came is Downloaded.Failed failed)
            return (null, failed.Problem);
        if (came is not Downloaded.Calendar calendar)
            return (null, null);
        try
        {
            return CalendarTimes.Of(calendar.Agenda, kind, now, zone, sessions, address) is { } times ? (times, null) : (null, ReadingProblem.TooManyTimes);
        }
        catch (ICalendar.CalendarException e)
        {
            return (null, ReadingProblems.Of(e));
        }
    }

    private async Task Keep(CalendarFeed feed, Downloaded came, CalendarTimes? times, ReadingProblem? problem, Instant now, DateTimeZone zone, CancellationToken ct)
    {
        var at = now.ToDateTimeOffset();
        if (problem is { } trouble)
        {
            feed.Fail(trouble, at, (came as Downloaded.Failed)?.After);
        }
        else if (times is not null)
        {
            var calendar = came as Downloaded.Calendar;
            feed.Take(times, calendar?.Tag, calendar?.Changed, CalendarTimes.HorizonOf(now), zone, at);
            if (feed.Kind is CalendarKind.Rota ? await KeepShifts(feed, times, zone, at, ct) : await KeepBusy(feed, times, at, ct))
                await proposal.TryAgainFor(feed.PersonId, ct);
        }
        else
        {
            feed.IsUnchanged(at);
        }
        Reseal(feed);
        await timers.Set(Name, feed.Id.ToString(), feed.NextAt, ct: ct);
        await db.SaveChangesAsync(ct);
    }

    /// <returns>Whether anything to come has changed.</returns>
    private async Task<bool> KeepBusy(CalendarFeed feed, CalendarTimes read, DateTimeOffset now, CancellationToken ct)
    {
        var before = await db.BusyTimes.AsNoTracking().Where(time => time.FeedId == feed.Id && time.EndsAt > now).OrderBy(time => time.StartsAt)
            .Select(time => new { time.StartsAt, time.EndsAt }).ToListAsync(ct);
        var after = read.Times.Select(time => new { StartsAt = time.Start.ToDateTimeOffset(), EndsAt = time.End.ToDateTimeOffset() }).ToList();
        if (after.Where(time => time.EndsAt > now).SequenceEqual(before))
            return false;
        var (unit, starts, ends) = (db.Unit.UnitId, after.Select(time => time.StartsAt).ToArray(), after.Select(time => time.EndsAt).ToArray());
        await db.BusyTimes.Where(time => time.FeedId == feed.Id).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync($"""
            insert into busy_times (unit_id, feed_id, person_id, starts_at, ends_at)
            select {unit}, {feed.Id}, {feed.PersonId}, starts_at, ends_at from unnest({starts}, {ends}) as time (starts_at, ends_at)
            """, ct);
        return true;
    }

    private async Task<bool> KeepShifts(CalendarFeed feed, CalendarTimes read, DateTimeZone zone, DateTimeOffset now, CancellationToken ct)
    {
        Shift[] shifts = [.. read.Times.Select(time => new Shift(time.Start.ToDateTimeOffset(), time.End.ToDateTimeOffset()))];
        var rota = await db.Rotas.FindAsync([db.Unit.UnitId, feed.PersonId, feed.Id], ct);
        if (rota?.Shifts.SequenceEqual(shifts) ?? shifts.Length == 0)
            return false;
        if (shifts.Length == 0)
        {
            db.Rotas.Remove(rota!);
            return true;
        }
        if (rota is null)
            db.Rotas.Add(rota = new Rota { PersonId = feed.PersonId, SourceId = feed.Id, TimeZone = zone.Id, Shifts = [] });
        rota.Continue(shifts, zone, now);
        return true;
    }

    /// <summary>Under the present master key, so that one that is changed may soon be taken away.</summary>
    private void Reseal(CalendarFeed feed)
    {
        if (feed.SealedAddress is null || feed.Problem is ReadingProblem.KeyMissing || MasterKeys.KeyOf(feed.SealedAddress) == keys.Current)
            return;
        var purpose = CalendarFeed.Purpose(db.Unit.UnitId, feed.Id);
        feed.SealedAddress = keys.Seal(keys.Open(feed.SealedAddress, purpose), purpose);
    }
}
