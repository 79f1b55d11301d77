using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.Net.Http.Headers;
using NodaTime;
using NodaTime.Text;

namespace Mentoring.Scheduling.Availability;

/// <summary>Takes a rota from a file, shows it and takes it back. What is booked already stays booked.</summary>
public static class KeepRota
{
    private const int MostBytes = 256 * 1024;

    private static readonly LocalTimePattern s_clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <param name="TimeZone">IANA name; days and times are on its clock.</param>
    /// <param name="First">From this day on the shifts stand for the weekly hours.</param>
    /// <param name="Last">Up to and with this day.</param>
    public sealed record View(string TimeZone, DateOnly First, DateOnly Last, IReadOnlyList<ShiftView> Shifts);

    /// <param name="Date">The day it begins.</param>
    /// <param name="To">Not after <paramref name="From"/>: on the next day; <c>24:00</c> is the end of the day.</param>
    public sealed record ShiftView(DateOnly Date, string From, string To);

    public static async Task<IResult> Read(Caller caller, SchedulingDb db, CancellationToken ct) =>
        await Find(caller, db, ct) is { } rota ? Precondition.Ok(Show(rota), rota.Version) : Problems.NotFound();

    public static async Task<IResult> Handle(
        HttpRequest request, Precondition precondition, Caller caller, SchedulingDb db, Attendees attendees, SeriesProposal proposal, TimeProvider clock, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "text/csv")
            return Problems.Of(415, "unsupported-media-type", "Send the file as text/csv.");
        var buffer = new byte[MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (length > MostBytes)
            return Problems.Of(413, "too-large", $"A rota is at most {MostBytes} bytes and {Rota.MostShifts} shifts.");
        var zone = (await attendees.HoursOf(caller.PersonId, ct)).Zone;
        var file = await RotaFile.Read(buffer.AsMemory(0, length), zone, Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(zone).Date, ct);
        if (file.Errors.Count > 0)
            return Problems.Invalid(file.Errors.ToDictionary());

        var rota = await Find(caller, db, ct);
        // The first time there is nothing that could be overwritten unseen.
        if (rota is not null && precondition.Refusal(rota.Version) is { } refusal)
            return refusal;
        if (rota is null)
            db.Rotas.Add(rota = new Rota { PersonId = caller.PersonId, SourceId = Rota.ByHand, TimeZone = zone.Id, Shifts = [] });
        rota.Replace(file.Shifts, zone);
        await proposal.TryAgainFor(caller.PersonId, ct);
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(Show(rota), rota.Version);
    }

    public static async Task<IResult> Remove(Precondition precondition, Caller caller, SchedulingDb db, SeriesProposal proposal, CancellationToken ct)
    {
        if (await Find(caller, db, ct) is not { } rota)
            return Problems.NotFound();
        if (precondition.Refusal(rota.Version) is { } refusal)
            return refusal;
        db.Rotas.Remove(rota);
        await proposal.TryAgainFor(caller.PersonId, ct);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    internal static View Show(Rota rota)
    {
        var zone = OfferedHours.ZoneOf(rota.TimeZone);
        return new View(rota.TimeZone, rota.First, rota.Last, [.. rota.Shifts.Select(Show)]);

        ShiftView Show(Shift shift)
        {
            var (from, to) = (Local(shift.StartsAt), Local(shift.EndsAt));
            return new ShiftView(from.Date.ToDateOnly(), s_clock.Format(from.TimeOfDay), to.TimeOfDay == LocalTime.Midnight ? "24:00" : s_clock.Format(to.TimeOfDay));
        }

        LocalDateTime Local(DateTimeOffset moment) => Instant.FromDateTimeOffset(moment).InZone(zone).LocalDateTime;
    }

    private static ValueTask<Rota?> Find(Caller caller, SchedulingDb db, CancellationToken ct) =>
        db.Rotas.FindAsync([db.Unit.UnitId, caller.PersonId, Rota.ByHand], ct);
}
