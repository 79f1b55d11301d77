using Mentoring.Demonstration;

namespace Mentoring.Journeys.Tests.Templates;

/// <summary>
/// One clock for programmes that run side by side on one platform: time passes once everybody waits for it, and then for all of them. So
/// months cost each of them as little as they cost one.
/// </summary>
/// <param name="platform">Whose clock it is.</param>
/// <param name="present">How many it waits for.</param>
/// <param name="caughtUp">Ends once everything is done that fell due by then: a week is over for the platform as well.</param>
public sealed class SharedClock(Platform platform, int present, Func<DateTimeOffset, Task> caughtUp)
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset Until, TaskCompletionSource Reached)> _waiting = [];
    private int _present = present;

    public DateTimeOffset Now => platform.Now;

    /// <summary>Lets that many weeks pass. Whole weeks, so that those who wait mostly wait for the same instant.</summary>
    public async Task Weeks(int weeks)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool all;
        lock (_lock)
        {
            _waiting.Add((Now.AddDays(7 * weeks), reached));
            all = _waiting.Count == _present;
        }
        if (all)
            await Move();
        await reached.Task;
    }

    /// <summary>Nobody waits for whoever has left.</summary>
    public async Task Leave()
    {
        bool all;
        lock (_lock)
        {
            _present--;
            all = _waiting.Count == _present && _present > 0;
        }
        if (all)
            await Move();
    }

    // Called by the last to arrive, so that nobody else moves it meanwhile.
    private async Task Move()
    {
        // Those who began to wait some seconds apart wait for the same week.
        await platform.LetPassUntil(_waiting.Min(one => one.Until).AddHours(1));
        var reached = _waiting.FindAll(one => one.Until <= Now);
        try
        {
            await caughtUp(Now);
        }
        finally
        {
            lock (_lock)
                _waiting.RemoveAll(reached.Contains);
            reached.ForEach(one => one.Reached.SetResult());
        }
    }
}
