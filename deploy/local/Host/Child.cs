using System.Diagnostics;
using System.Globalization;

namespace Mentoring.Host;

/// <summary>
/// A part's process, kept running: when it ends without having been asked to, it is started again, at once the first time and then
/// with growing pauses. A file <c>pids/{name}.stopped</c> holds it down, which is how a test takes a part away for a while.
/// </summary>
internal sealed class Child(string name, LocalState state, Func<Launch> launch, Func<Task<bool>> isReady, bool echo) : IAsyncDisposable
{
    private const int AttemptsToStart = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SteadyAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly Log _log = new(state.In("logs", $"{name}.log"), name, echo);
    private Process? _process;
    private Launch? _launched;
    private int _ends;
    private bool _stopping;
    private Task _running = Task.CompletedTask;

    public string Name => name;

    public void Start() => _running = KeepRunning();

    /// <exception cref="StartFailed">It keeps ending, or takes longer than any healthy start.</exception>
    public async Task UntilReady(TimeSpan patience, CancellationToken ct)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await isReady())
        {
            if (_running.IsFaulted)
                await _running;
            if (_ends >= AttemptsToStart)
                throw new StartFailed(name, "keeps ending", _log.File, _log.Last);
            if (TimeProvider.System.GetElapsedTime(since) > patience)
                throw new StartFailed(name, $"was not ready within {patience.TotalSeconds:0} s", _log.File, _log.Last);
            await Task.Delay(BetweenLooks, ct);
        }
    }

    /// <summary>Asks it to stop, and insists after a while.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        if (_process is { HasExited: false } process)
        {
            Native.Signal(process.Id, _launched!.StopSignal);
            if (await Task.WhenAny(_running, Task.Delay(_launched.StopsWithin)) != _running)
            {
                Say($"does not stop within {_launched.StopsWithin.TotalSeconds:0} s: killed");
                Native.Signal(process.Id, Native.Kill);
            }
        }
        await _running;
        File.Delete(PidFile);
        _process?.Dispose();
        _log.Dispose();
    }

    public static string HoldFile(LocalState state, string name) => state.In("pids", $"{name}.stopped");

    private string PidFile => state.In("pids", $"{name}.pid");

    private async Task KeepRunning()
    {
        File.Delete(HoldFile(state, name));
        var pause = TimeSpan.Zero;
        while (!_stopping)
        {
            while (File.Exists(HoldFile(state, name)) && !_stopping)
                await Task.Delay(BetweenLooks);
            if (_stopping)
                return;

            var started = TimeProvider.System.GetTimestamp();
            var exit = await RunOnce();
            _ends++;
            if (_stopping || File.Exists(HoldFile(state, name)))
                continue;

            pause = TimeProvider.System.GetElapsedTime(started) > SteadyAfter ? TimeSpan.Zero
                : pause == TimeSpan.Zero ? TimeSpan.FromSeconds(0.5)
                : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            Say($"ended with {exit}; starting again in {pause.TotalSeconds:0.#} s");
            await Task.Delay(pause);
        }
    }

    private async Task<int> RunOnce()
    {
        _launched = launch();
        _process?.Dispose();
        _process = _launched.Start();
        await File.WriteAllTextAsync(PidFile, _process.Id.ToString(CultureInfo.InvariantCulture));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Write(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        // Not WaitForExitAsync: that also waits for the pipes, which a killed server's helpers may hold open a while longer.
        _process.Exited += (_, _) => ended.TrySetResult();
        if (_process.HasExited)
            ended.TrySetResult();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ended.Task;
        return _process.ExitCode;
    }

    private void Say(string words)
    {
        _log.Write($"host: {words}");
        Console.WriteLine($"{name}: {words}");
    }

    private void Write(string? line)
    {
        if (line is not null)
            _log.Write(line);
    }
}

/// <summary>A part does not come up; says why in its own words.</summary>
internal sealed class StartFailed(string name, string why, string log, IEnumerable<string> lastWords)
    : Exception($"{name} {why}; its last words ({log}):\n  {string.Join("\n  ", lastWords)}");
