using System.Collections.Concurrent;

namespace Mentoring.Host;

/// <summary>
/// Runs asynchronous code so that every continuation comes back to the main thread. Linux sends the parent-death signal when the
/// <em>thread</em> that forked ends, not the process: forked from a pool thread, a child would be stopped as soon as the pool shrinks.
/// </summary>
internal sealed class MainThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _queue = [];

    public static int Run(Func<Task<int>> main)
    {
        var context = new MainThread();
        SetSynchronizationContext(context);
        var result = main();
        result.ContinueWith(_ => context._queue.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var (work, state) in context._queue.GetConsumingEnumerable())
            work(state);
        return result.GetAwaiter().GetResult();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        // What still arrives after the end (a reader of a closed pipe) has nobody left to tell.
        if (!_queue.IsAddingCompleted)
            _queue.Add((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for the main thread.");
}
