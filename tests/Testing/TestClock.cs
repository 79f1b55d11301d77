namespace Mentoring.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Only the time of day is faked: timers and delays run in real time.
/// </summary>
public sealed class TestClock : TimeProvider
{
    // A Monday morning, far from any daylight-saving change.
    private DateTimeOffset _now = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);
    private readonly Lock _moving = new();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_moving)
            return _now;
    }

    public void Advance(TimeSpan by)
    {
        lock (_moving)
            _now += by;
    }

    public void Set(DateTimeOffset now)
    {
        lock (_moving)
            _now = now;
    }
}
