using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;

namespace Mentoring.Scheduling.Availability;

/// <summary>One's own hours; until one has said something, the default.</summary>
public static class GetAvailability
{
    /// <param name="TimeZone">IANA name; the wall-clock times below are in it.</param>
    /// <param name="Weekly">To <c>00:00</c> means to the end of the day.</param>
    /// <param name="MinimumNotice">How long beforehand one may still be booked, ISO 8601.</param>
    /// <param name="Exceptions">Days and parts of days on which one cannot be met, and hours offered beyond the usual ones. Holidays of one's place come besides.</param>
    /// <param name="Preferences">What suits within these hours.</param>
    /// <param name="IsDefault">One has not said anything yet.</param>
    public sealed record View(
        string TimeZone, IReadOnlyList<HoursView> Weekly, string MinimumNotice, IReadOnlyList<DayException> Exceptions, Preferences Preferences, bool IsDefault);

    public sealed record HoursView(DayOfWeek Day, string From, string To);

    public static async Task<IResult> Handle(Caller caller, SchedulingDb db, Attendees attendees, CancellationToken ct)
    {
        if (await db.Hours.FindAsync([db.Unit.UnitId, caller.PersonId], ct) is { } offered)
            return Precondition.Ok(Show(offered), offered.Version);
        return Precondition.Ok(Show(await attendees.HoursOf(caller.PersonId, ct), [], Preferences.None, isDefault: true), 0);
    }

    internal static View Show(OfferedHours offered) =>
        Show(offered.ToWorkingHours([]), offered.Exceptions, offered.Preferences ?? Preferences.None, isDefault: false);

    private static View Show(WorkingHours hours, IReadOnlyList<DayException> exceptions, Preferences preferences, bool isDefault) => new(
        hours.Zone.Id,
        [.. hours.Weekly.Select(block => new HoursView(block.Day.ToDayOfWeek(), Clock(block.From), Clock(block.To)))],
        PeriodPattern.NormalizingIso.Format(Period.FromTicks(hours.MinimumNotice.BclCompatibleTicks)),
        exceptions,
        preferences,
        isDefault);

    private static string Clock(LocalTime time) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(time);
}
