using Mentoring.Contracts.Participants;
using NodaTime;

namespace Mentoring.Matching.Proposals;

/// <summary>Deadlines in the calendar of the person who is asked: Monday to Friday in their zone, at their hours.</summary>
internal sealed record WorkingDay(DateTimeZone Zone, TimeOnly StartsAt, TimeOnly EndsAt)
{
    private const int DaysToAnswer = 3;

    /// <summary>As shared by the person; office hours in UTC for someone who has just withdrawn.</summary>
    public static WorkingDay Of(ParticipantSnapshot? snapshot) => snapshot is null
        ? new(DateTimeZone.Utc, new TimeOnly(9, 0), new TimeOnly(17, 0))
        : new(DateTimeZoneProviders.Tzdb.GetZoneOrNull(snapshot.TimeZone) ?? DateTimeZone.Utc, snapshot.DayStartsAt, snapshot.DayEndsAt);

    /// <summary>The end of the third working day after the day of asking.</summary>
    public DateTimeOffset Deadline(DateTimeOffset asked) => OnLastDay(asked, EndsAt, daysOn: EndsAt <= StartsAt ? 1 : 0);

    /// <summary>The start of that day, when a reminder still helps.</summary>
    public DateTimeOffset Reminder(DateTimeOffset asked) => OnLastDay(asked, StartsAt);

    /// <param name="daysOn">A night shift ends on the day after.</param>
    private DateTimeOffset OnLastDay(DateTimeOffset asked, TimeOnly time, int daysOn = 0)
    {
        var day = Instant.FromDateTimeOffset(asked).InZone(Zone).Date;
        for (var left = DaysToAnswer; left > 0;)
        {
            day = day.PlusDays(1);
            if (day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)) left--;
        }
        return day.PlusDays(daysOn).At(LocalTime.FromTimeOnly(time)).InZoneLeniently(Zone).ToDateTimeOffset().ToUniversalTime();
    }
}
