namespace Mentoring.Matching.Proposals;

/// <summary>
/// The one moment of the day at which proposals end without a pair, 06:00 UTC: whoever watches them sees only what ended since yesterday, and
/// not how long after which question.
/// </summary>
internal static class Morning
{
    private static readonly TimeOnly s_hour = new(6, 0);

    /// <summary>The next one.</summary>
    public static DateTimeOffset After(DateTimeOffset now)
    {
        var today = new DateTimeOffset(DateOnly.FromDateTime(now.UtcDateTime).ToDateTime(s_hour), TimeSpan.Zero);
        return today > now ? today : today.AddDays(1);
    }
}
