using Mentoring.Messaging;
using Mentoring.Scheduling.Calendars.Providers;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Calendars;

/// <summary>
/// Connects the calendar of one's own account: from now on it is read like any other of one's calendars, and sessions booked from now on are entered into it. It
/// has nothing that could change under whoever connects it, so no <c>If-Match</c> is asked for; once more says the same.
/// </summary>
public static class ConnectAccount
{
    public static async Task<IResult> Handle(Caller caller, SchedulingDb db, CalendarProviders providers, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        var address = await db.People.Where(person => person.Id == caller.PersonId && !person.Left).Select(person => person.Email).SingleOrDefaultAsync(ct);
        if (address is null || providers.Of(caller.Unit, address) is not { } provider)
            return Problems.Of(422, "no-calendar-provider", "No calendars of your mail address are connected with this platform. Add yours by its secret address instead.");

        await using var change = await Atomically.Begin(db, ct);
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        if (await db.LockAccount(caller.PersonId, ct) is { } known)
        {
            if (known.Account == address && known.UnitSlug == caller.Unit)
                return Results.Ok(await db.Show(known, now, ct));
            // Another account: what its owner had said of the former one does not hold for it.
            await db.Remove(known, timers, now, ct);
            await db.SaveChangesAsync(ct);
        }
        var added = new CalendarFeed
        {
            Id = id,
            PersonId = caller.PersonId,
            Name = provider.Kind is ProviderKind.Google ? "Google Calendar" : "Microsoft 365",
            Kind = CalendarKind.Busy,
            Account = address,
            UnitSlug = caller.Unit,
            Host = address[(address.LastIndexOf('@') + 1)..],
            Ending = "",
            AddedAt = now,
            NextAt = now,
        };
        db.CalendarFeeds.Add(added);
        timers.Add(ReadCalendar.Name, id.ToString(), now);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Created($"/api/v1/units/{caller.Unit}/calendars/{id}", await db.Show(added, now, ct));
    }
}
