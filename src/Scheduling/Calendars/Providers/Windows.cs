using NodaTime;

namespace Mentoring.Scheduling.Calendars.Providers;

/// <summary>A stretch of time in parts that a provider answers for at once. Pure.</summary>
internal static class Windows
{
    public static IEnumerable<Interval> Of(Interval window, Duration longest)
    {
        for (var start = window.Start; start < window.End; start += longest)
            yield return new Interval(start, Instant.Min(start + longest, window.End));
    }

    /// <summary>Nothing where it takes no time, or ends before it begins.</summary>
    public static IEnumerable<Interval> Time(Instant start, Instant end) => start < end ? [new Interval(start, end)] : [];
}
