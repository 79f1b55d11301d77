using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Mentoring.Scheduling.Availability;

/// <summary>Says which days are holidays at a place of work, all of them at once. What is booked already stays booked.</summary>
public static class SetHolidays
{
    private const int MostDays = 400;
    private const int LongestName = 200;

    /// <param name="Days">Each day once; an empty list takes all of them back.</param>
    public sealed record Request(IReadOnlyList<Holiday> Days);

    /// <param name="Location">A place of work as people's location is imported; case does not matter.</param>
    /// <param name="Days">In order.</param>
    public sealed record View(string Location, IReadOnlyList<Holiday> Days);

    public static async Task<IResult> Read(string location, SchedulingDb db, CancellationToken ct)
    {
        var known = await db.Holidays.FindAsync([db.Unit.UnitId, LocationHolidays.KeyOf(location)], ct);
        return Precondition.Ok(new View(location, known?.Days ?? []), known?.Version ?? 0);
    }

    public static async Task<IResult> Handle(
        string location, [FromBody] Request request, Precondition precondition, Caller caller, SchedulingDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (Validate(location, request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        var key = LocationHolidays.KeyOf(location);
        var known = await db.Holidays.FindAsync([db.Unit.UnitId, key], ct);
        // The first time there is nothing that could be overwritten unseen.
        if (known is not null && precondition.Refusal(known.Version) is { } refusal)
            return refusal;
        if (known is null)
            db.Holidays.Add(known = new LocationHolidays { Location = key, Days = [] });
        known.Days = [.. request.Days.OrderBy(day => day.Date)];
        known.Version++;
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "holidays-set", db.Unit.UnitId, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(new View(location, known.Days), known.Version);
    }

    private static Dictionary<string, string[]> Validate(string location, Request request)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(location) || location.Length > LongestName)
            errors["location"] = [$"must be a place of at most {LongestName} characters"];
        if (request.Days.Count > MostDays)
            errors["days"] = [$"has more than {MostDays} days"];
        else if (request.Days.DistinctBy(day => day.Date).Count() != request.Days.Count)
            errors["days"] = ["has a day twice"];
        else if (request.Days.Any(day => string.IsNullOrWhiteSpace(day.Name) || day.Name.Length > LongestName))
            errors["days"] = [$"each needs a name of at most {LongestName} characters"];
        return errors;
    }
}
