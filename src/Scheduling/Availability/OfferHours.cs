using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Mentoring.Scheduling.Availability;

/// <summary>Says when one can be met. What is booked already stays booked.</summary>
public static class OfferHours
{
    private static readonly Duration LongestNotice = Duration.FromDays(30);

    /// <param name="TimeZone">IANA name.</param>
    /// <param name="Weekly">Blocks of a week on that zone's clock; to <c>00:00</c> means to the end of the day.</param>
    /// <param name="MinimumNotice">ISO 8601; a day where nothing is said.</param>
    /// <param name="Exceptions">Days and parts of days on which one cannot be met, and hours offered beyond the usual ones.</param>
    /// <param name="Preferences">What suits within these hours; nothing where nothing is said.</param>
    public sealed record Request(
        string TimeZone,
        IReadOnlyList<WeeklyBlock> Weekly,
        string? MinimumNotice = null,
        IReadOnlyList<DayException>? Exceptions = null,
        Preferences? Preferences = null);

    public static async Task<IResult> Handle([FromBody] Request request, Precondition precondition, Caller caller, SchedulingDb db, SeriesProposal proposal, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        var offered = await db.Hours.FindAsync([db.Unit.UnitId, caller.PersonId], ct);
        // The first time there is nothing that could be overwritten unseen.
        if (offered is not null && precondition.Refusal(offered.Version) is { } refusal)
            return refusal;

        if (offered is null)
            db.Hours.Add(offered = new OfferedHours { PersonId = caller.PersonId, TimeZone = request.TimeZone, Weekly = [], Exceptions = [] });
        offered.TimeZone = request.TimeZone;
        offered.Weekly = request.Weekly;
        offered.Exceptions = request.Exceptions ?? [];
        offered.Preferences = request.Preferences;
        offered.MinimumNotice = (Notice(request.MinimumNotice) ?? Duration.FromDays(1)).ToTimeSpan();
        offered.Version++;
        await proposal.TryAgainFor(caller.PersonId, ct);
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(GetAvailability.Show(offered), offered.Version);
    }

    private static Dictionary<string, string[]> Validate(Request request)
    {
        var errors = new Dictionary<string, string[]>();
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) is null)
            errors["timeZone"] = ["must be an IANA time zone, such as Europe/Berlin"];
        if (request.Weekly.Count > 50)
            errors["weekly"] = ["has more than 50 blocks"];
        for (var i = 0; i < Math.Min(request.Weekly.Count, 50); i++)
        {
            var block = request.Weekly[i];
            if (!InOrder(block.From, block.To))
                errors[$"weekly[{i}]"] = ["must end after it starts; 00:00 as an end is the end of the day"];
            else if (request.Weekly.Take(i).Any(other => other.Day == block.Day && Overlap(other, block)))
                errors[$"weekly[{i}]"] = ["overlaps another block of the same day"];
        }
        if (request.Exceptions is { Count: > 400 })
            errors["exceptions"] = ["has more than 400 days"];
        if (request.Exceptions?.Any(day => day.Reason is { Length: > 200 }) == true)
            errors["exceptions"] = ["has a reason of more than 200 characters"];
        if (request.Exceptions?.Any(day => day.From is null != day.To is null) == true)
            errors["exceptions"] = ["has a part of a day with only one end; from and to go together"];
        else if (request.Exceptions?.Any(day => day is { From: { } from, To: { } to } && !InOrder(from, to)) == true)
            errors["exceptions"] = ["has a part of a day that does not end after it starts; 00:00 as an end is the end of the day"];
        else if (request.Exceptions?.Any(day => day is { Offered: true, From: null }) == true)
            errors["exceptions"] = ["offers a day without saying from when to when"];
        if (request.Preferences is { } preferences)
            Validate(preferences, errors);
        if (request.MinimumNotice is not null && Notice(request.MinimumNotice) is null)
            errors["minimumNotice"] = ["must be an ISO 8601 period of days or less, at most P30D"];
        return errors;
    }

    private static void Validate(Preferences preferences, Dictionary<string, string[]> errors)
    {
        if (preferences.Times.Count > 10 || preferences.Times.Any(time => !InOrder(time.From, time.To)))
            errors["preferences.times"] = ["names at most ten times of day, each ending after it starts; 00:00 as an end is the end of the day"];
        if (preferences.Channels.Any(channel => channel is not (Channels.Video or Channels.InPerson)) || preferences.Channels.Distinct().Count() != preferences.Channels.Count)
            errors["preferences.channels"] = [$"names {Channels.Video} or {Channels.InPerson}, each once"];
        if (preferences.Ways.Count > 20 || preferences.Ways.Any(way => way.Minutes is < 0 or > 240 || way.Place is { Length: 0 or > 300 }))
            errors["preferences.ways"] = ["names at most twenty places, each with 0 to 240 minutes one way"];
        else if (preferences.Ways.DistinctBy(way => way.Place?.ToUpperInvariant()).Count() != preferences.Ways.Count)
            errors["preferences.ways"] = ["names a place twice"];
    }

    private static bool InOrder(TimeOnly from, TimeOnly to) => to == TimeOnly.MinValue || from < to;

    private static bool Overlap(WeeklyBlock one, WeeklyBlock other) =>
        (other.To == TimeOnly.MinValue || one.From < other.To) && (one.To == TimeOnly.MinValue || other.From < one.To);

    private static Duration? Notice(string? period)
    {
        if (period is null || !PeriodPattern.Roundtrip.Parse(period).TryGetValue(Period.Zero, out var parsed) || parsed is { Years: not 0 } or { Months: not 0 })
            return null;
        var notice = parsed.ToDuration();
        return notice < Duration.Zero || notice > LongestNotice ? null : notice;
    }
}
