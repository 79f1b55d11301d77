using System.Globalization;
using System.Runtime.InteropServices;

namespace Mentoring.Host;

/// <summary>What .NET does not offer about other processes.</summary>
internal static class Native
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Of /proc, on every Linux that .NET runs on.</summary>
    private const int TicksPerSecond = 100;

    public static bool IsRoot { get; } = Environment.UserName == "root";

    public static void Signal(int pid, int signal) => _ = kill(pid, signal);

    /// <summary>A dead child that nobody has reaped yet still answers to <c>kill -0</c>; its state in /proc tells.</summary>
    public static bool IsAlive(int pid) => State(pid) is { } state && state is not ('Z' or 'X');

    /// <summary>Proportional: what PostgreSQL's processes share counts once.</summary>
    public static long MemoryOf(int pid, bool withChildren) =>
        Memory(pid) + (withChildren ? ChildrenOf(pid).Sum(child => MemoryOf(child, withChildren)) : 0);

    /// <summary>The most a process has held at once, of its own and shared.</summary>
    public static long PeakMemoryOf(int pid) => 1024 * long.Parse(
        File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>Lets <see cref="PeakMemoryOf"/> count from now on; what is held now.</summary>
    public static long ForgetPeakMemoryOf(int pid)
    {
        File.WriteAllText($"/proc/{pid}/clear_refs", "5");
        return PeakMemoryOf(pid);
    }

    /// <summary>What a process and those below it have taken of processors so far, those that have ended included.</summary>
    public static TimeSpan ProcessorTimeOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // utime, stime, cutime and cstime; fields are counted from behind the command in parentheses.
            var ticks = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            return ChildrenOf(pid).Aggregate(TimeSpan.FromSeconds((double)ticks / TicksPerSecond), (sum, child) => sum + ProcessorTimeOf(child));
        }
        catch (IOException)
        {
            return TimeSpan.Zero;
        }
    }

    private static long Memory(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static IEnumerable<int> ChildrenOf(int pid)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{pid}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static char? State(int pid)
    {
        try
        {
            // The command in parentheses may itself hold spaces and parentheses.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
