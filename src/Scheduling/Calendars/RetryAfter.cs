namespace Mentoring.Scheduling.Calendars;

/// <summary>How long a server wants to be left alone (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>A day at most; null where it does not say.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer)
    {
        var header = answer.Headers.RetryAfter;
        var pause = header?.Delta ?? header?.Date - TimeProvider.System.GetUtcNow();
        return pause is null ? null : TimeSpan.FromTicks(Math.Clamp(pause.Value.Ticks, 0, s_longest.Ticks));
    }
}
