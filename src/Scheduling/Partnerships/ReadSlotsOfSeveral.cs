using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>The next three times that everybody of several pairs has in common.</summary>
public static class ReadSlotsOfSeveral
{
    /// <param name="StartsAt">Instant.</param>
    /// <param name="EndsAt">Instant; as long as the longest session of their programmes.</param>
    /// <param name="People">Everybody once.</param>
    public sealed record View(DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<SeenBy> People);

    public static async Task<IResult> Handle(
        [FromQuery] Guid[] pair, Caller caller, SchedulingDb db, Attendees attendees, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (several, refusal) = await Several.Find(pair, caller, db, attendees, now, ct);
        if (several is null)
            return refusal!;
        var slots = ReadSlots.Next(several.Calendars, several.Minutes, Instant.FromDateTimeOffset(now), new Occasion(Channels.Video));
        return Results.Ok(Page.Of<View>([.. slots.Select(slot => new View(slot.Time.Start.ToDateTimeOffset(), slot.Time.End.ToDateTimeOffset(), several.Seen(slot)))], next: null));
    }
}
