namespace Mentoring.Testing;

/// <summary>Waits for what happens elsewhere: asks again until a deadline, never a fixed sleep.</summary>
public static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Repeats the assertion until it holds; at the deadline its own failure is thrown.</summary>
    public static async Task Holds(Func<Task> assertion, TimeSpan? within = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (TimeProvider.System.GetElapsedTime(started) < (within ?? Deadline))
            {
                using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
                await pause.WaitForNextTickAsync();
            }
        }
    }

    /// <summary>Asks until the answer is not null.</summary>
    public static async Task<T> Is<T>(Func<Task<T?>> ask, TimeSpan? within = null)
        where T : class
    {
        T? answer = null;
        await Holds(async () => answer = await ask() ?? throw new TimeoutException($"There was no {typeof(T).Name} in time."), within);
        return answer!;
    }
}
