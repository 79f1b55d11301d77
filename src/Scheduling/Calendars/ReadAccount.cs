using Mentoring.Scheduling.Calendars.Providers;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Calendars;

/// <summary>Whether the calendar of one's own account can be connected, and is.</summary>
public static class ReadAccount
{
    /// <param name="Provider">Who keeps it; null where no provider serves one's mail address.</param>
    /// <param name="Address">One's mail address; null where none is known.</param>
    /// <param name="CalendarId">Among one's calendars; null until it is connected.</param>
    public sealed record View(ProviderKind? Provider, string? Address, Guid? CalendarId);

    public static async Task<IResult> Handle(Caller caller, SchedulingDb db, CalendarProviders providers, CancellationToken ct)
    {
        var address = await db.People.Where(person => person.Id == caller.PersonId).Select(person => person.Email).SingleOrDefaultAsync(ct);
        var connected = await db.CalendarFeeds.Where(feed => feed.PersonId == caller.PersonId && feed.Account != null).Select(feed => (Guid?)feed.Id).SingleOrDefaultAsync(ct);
        return Results.Ok(new View(providers.Of(caller.Unit, address)?.Kind, address, connected));
    }
}
