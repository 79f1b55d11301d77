using System.Diagnostics;
using System.Globalization;

namespace Mentoring.Host;

/// <summary>A host that runs on after the command that started it has ended.</summary>
internal static class Daemon
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>The host that serves this state, if one does. Its lock is gone with it, however it ended.</summary>
    public static int? RunningIn(LocalState state)
    {
        if (!File.Exists(PidFile(state)) || !int.TryParse(File.ReadAllText(PidFile(state)), CultureInfo.InvariantCulture, out var pid))
            return null;
        try
        {
            using var free = new FileStream(LockFile(state), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return null;
        }
        catch (IOException)
        {
            return Native.IsAlive(pid) ? pid : null;
        }
    }

    public static bool IsReady(LocalState state) => RunningIn(state) is not null && File.Exists(ReadyFile(state));

    /// <summary>Two hosts over the same data would take each other's ports and files.</summary>
    public static FileStream Claim(LocalState state)
    {
        var claim = new FileStream(LockFile(state), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        File.Delete(ReadyFile(state));
        File.WriteAllText(PidFile(state), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return claim;
    }

    public static void SayReady(LocalState state) => File.WriteAllText(ReadyFile(state), "");

    public static Task Until(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        stop.Register(stopped.SetResult);
        return stopped.Task;
    }

    /// <summary>Starts the host in the background, shows what it says and returns when it is ready or has given up.</summary>
    public static async Task<int> Start(LocalState state, IReadOnlyList<string> arguments)
    {
        var log = state.In("logs", "host.log");
        await File.WriteAllTextAsync(log, "");
        // From a copy, as the services are: see Programs.
        Programs.Refresh(AppContext.BaseDirectory, state.In("programs", "Host"));
        var dll = state.In("programs", "Host", "Host.dll");
        using var host = Process.Start(new ProcessStartInfo("sh",
            ["-c", "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log, "dotnet", dll, .. arguments]))!;

        using var output = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (true)
        {
            var isOver = host.HasExited || IsReady(state);
            Console.Write(await output.ReadToEndAsync());
            if (isOver)
                return host.HasExited ? 1 : 0;
            await Task.Delay(BetweenLooks);
        }
    }

    public static async Task Stop(LocalState state)
    {
        if (RunningIn(state) is not { } pid)
            return;
        Native.Signal(pid, Native.Terminate);
        while (Native.IsAlive(pid))
            await Task.Delay(BetweenLooks);
        File.Delete(PidFile(state));
    }

    private static string LockFile(LocalState state) => state.In("pids", "host.lock");

    private static string PidFile(LocalState state) => state.In("pids", "host.pid");

    private static string ReadyFile(LocalState state) => state.In("pids", "host.ready");
}
