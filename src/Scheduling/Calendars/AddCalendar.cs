using System.Security.Cryptography;
using Mentoring.Messaging;
using Mentoring.Scheduling.Sealing;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mentoring.Scheduling.Calendars;

/// <summary>Adds a calendar of one's own, which is then read at once and every hour.</summary>
public static class AddCalendar
{
    private const int LongestName = 100;

    /// <param name="Name">One's own word for it.</param>
    /// <param name="Kind"><c>busy</c>: its events are in the way; <c>rota</c>: its events are shifts.</param>
    /// <param name="Address">The secret address of an iCalendar file, <c>https:</c> or <c>webcal:</c>. It is sealed, and never shown again.</param>
    public sealed record Request(string Name, CalendarKind Kind, string Address);

    public static async Task<IResult> Handle(
        [FromBody] Request request, Caller caller, SchedulingDb db, MasterKeys keys, Timers timers, TimeProvider clock, IOptions<SchedulingOptions> options, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        var name = request.Name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            errors["name"] = [$"must be 1 to {LongestName} characters"];
        if (!Enum.IsDefined(request.Kind))
            errors["kind"] = ["must be busy or rota"];
        if (!CalendarAddress.TryParse(request.Address, [.. options.Value.CalendarNetworks], out var address, out var error))
            errors["address"] = [error];
        if (errors.Count > 0 || address is null)
            return Problems.Invalid(errors);

        var mine = await db.CalendarFeeds.AsNoTracking().Where(feed => feed.PersonId == caller.PersonId && feed.Account == null).ToListAsync(ct);
        if (mine.Exists(feed => IsAt(feed, address, db.Unit.UnitId, keys)))
            return Problems.Of(409, "calendar-known", "You have added this calendar before. To read it anew, ask for that; to use it otherwise, remove it first.");
        if (mine.Count >= CalendarFeed.MostOfOne)
            return Full();

        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var added = new CalendarFeed
        {
            Id = id,
            PersonId = caller.PersonId,
            Place = Enumerable.Range(1, CalendarFeed.MostOfOne).Except(mine.Select(feed => feed.Place)).First(),
            Name = name,
            Kind = request.Kind,
            SealedAddress = keys.Seal(address.ToBytes(), CalendarFeed.Purpose(db.Unit.UnitId, id)),
            Host = address.Host,
            Ending = address.Ending,
            AddedAt = now,
            NextAt = now,
        };
        db.CalendarFeeds.Add(added);
        timers.Add(ReadCalendar.Name, id.ToString(), now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (mine.Count == CalendarFeed.MostOfOne - 1 && e.InnerException is PostgresException { ConstraintName: "ux_calendar_feeds_place" })
        {
            return Full();
        }
        return Results.Created($"/api/v1/units/{caller.Unit}/calendars/{id}", CalendarView.Of(added));
    }

    private static IResult Full() => Problems.Of(409, "calendars-full", $"You have {CalendarFeed.MostOfOne} calendars here already. Remove one first.");

    private static bool IsAt(CalendarFeed feed, CalendarAddress address, Guid unitId, MasterKeys keys)
    {
        if (feed.Host != address.Host)
            return false;
        try
        {
            return keys.Open(feed.SealedAddress!, CalendarFeed.Purpose(unitId, feed.Id)).AsSpan().SequenceEqual(address.ToBytes());
        }
        catch (Exception e) when (e is InvalidOperationException or CryptographicException)
        {
            // Its key is missing: nobody can tell, and it is told of where it is read.
            return false;
        }
    }
}
