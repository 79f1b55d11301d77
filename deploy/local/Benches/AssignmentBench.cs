using System.Globalization;
using System.Text.RegularExpressions;
using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>
/// The solver beside LEMON's network simplex and SciPy, on the same instances in the same run: how many times less processor time it takes to
/// the same optimum. Each solve is a process of its own; reading the file is not counted for anyone, nor is compiling.
/// </summary>
internal static partial class AssignmentBench
{
    private static readonly string Folder = Path.Combine(LocalState.Checkout, ".local", "bench", "assignment");

    private static readonly string Solver =
        Path.Combine(LocalState.Checkout, "tests", "Assignment.Benchmarks", "bin", "Release", "net10.0", "Assignment.Benchmarks");

    /// <summary>What each family is compared with, and what is aimed at. SciPy must place every row, so it is asked only where that can be done.</summary>
    private static readonly Row[] Rows =
    [
        new("mentor-100k", Lemon: 40),
        new("uniform-100k", Lemon: 25, Scipy: 45),
        new("uniform-narrow", Lemon: 1, Scipy: 1),
        new("few-to-spare", Scipy: 1),
        new("dense-5000", Scipy: 40),
        new("scarce", Lemon: 5),
        new("geometric-20k", Lemon: 5),
        new("machol-wien-1000", Lemon: 1, Scipy: 1),
        new("machol-wien-2000", Lemon: 1, Scipy: 1),
        new("two-cost-20k", Lemon: 1, Scipy: 1),
    ];

    private sealed record Row(string Family, double? Lemon = null, double? Scipy = null);

    public static async Task<int> Run(bool briefly, CancellationToken stop)
    {
        var table = new Table();
        var progress = new Progress();
        try
        {
            var load = await File.ReadAllTextAsync("/proc/loadavg", stop);
            progress.Say($"{Environment.ProcessorCount} processors, load {load.Split(' ')[0]} before the bench");
            foreach (var row in Rows)
                await Measure(row, briefly ? 20 : 1, briefly ? 1 : 5, table, progress, stop);
            return 0;
        }
        catch (BenchFailed e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        finally
        {
            if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
            Console.WriteLine(table);
        }
    }

    private static async Task Measure(Row row, int smaller, int rounds, Table table, Progress progress, CancellationToken stop)
    {
        progress.Say($"{row.Family}: drawing it, and solving it {rounds} times");
        await Ask(Solver, ["write", row.Family, Folder, $"{smaller}"], stop);
        var file = Path.Combine(Folder, row.Family);
        var ours = new List<double>();
        double objective = 0, peak = 0;
        for (var round = 0; round < rounds; round++)
        {
            var answer = await Ask(Solver, ["solve", file + ".bip"], stop);
            ours.Add(Number(answer, OurCpu()));
            (objective, peak) = (Number(answer, Objective()), Math.Max(peak, Number(answer, Peak())));
        }
        var figure = Figure.MedianOf(ours);
        table.Add($"{row.Family}: ours, processor time", "s", figure);
        table.Add($"{row.Family}: ours, memory at most", "MB", Figure.Once(peak), row.Family == "mentor-100k" && smaller == 1 ? Aim.AtMost(150) : null);
        if (row.Lemon is { } lemonAim)
        {
            progress.Say($"{row.Family}: LEMON");
            var answer = await Ask("dimacs-solver", [file + ".min"], stop);
            Compare("LEMON", -Number(answer, LemonCost()), Number(answer, LemonCpu()), lemonAim);
        }
        if (row.Scipy is { } scipyAim)
        {
            progress.Say($"{row.Family}: SciPy");
            var answer = await Ask("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "assignment.py"), file + ".i32"], stop);
            Compare("SciPy", Number(answer, Objective()), Number(answer, OurCpu()), scipyAim);
        }
        if (row.Family == "mentor-100k")
        {
            progress.Say($"{row.Family}: a hundredth of its rows changes, seven times");
            var answer = await Ask(Solver, ["change", file + ".bip"], stop);
            table.Add($"{row.Family}: 1 % of the rows changed for the first time, again / anew", "", Figure.Once(Number(answer, First()) / Number(answer, Anew())));
            table.Add($"{row.Family}: 1 % of the rows changed, again / anew", "", Figure.Once(Number(answer, Again()) / Number(answer, Anew())), smaller == 1 ? Aim.AtMost(0.2) : null);
        }
        table.Space();

        void Compare(string who, double theirs, double seconds, double aim)
        {
            if (theirs != objective)
                throw new BenchFailed($"{row.Family}: ours found {objective:0}, {who} {theirs:0}");
            table.Add($"{row.Family}: {who}, processor time", "s", Figure.Once(seconds));
            table.Add($"{row.Family}: {who} / ours", "", new Figure(seconds / figure.Value, seconds / figure.High, seconds / figure.Low), smaller == 1 ? Aim.AtLeast(aim) : null);
        }
    }

    private static async Task<string> Ask(string program, string[] arguments, CancellationToken stop)
    {
        var (exit, output) = await new Launch(program, arguments).Run(stop);
        return exit == 0 ? output : throw new BenchFailed($"{program} {string.Join(' ', arguments)} ended with {exit}: {output}");
    }

    private static double Number(string answer, Regex pattern) => pattern.Match(answer) is { Success: true } found
        ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
        : throw new BenchFailed($"No '{pattern}' in: {answer}");

    [GeneratedRegex(@"^objective (-?\d+)", RegexOptions.Multiline)]
    private static partial Regex Objective();

    [GeneratedRegex(@"^cpu ([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex OurCpu();

    [GeneratedRegex(@"^anew ([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex Anew();

    [GeneratedRegex(@"^first ([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex First();

    [GeneratedRegex(@"^again ([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex Again();

    [GeneratedRegex(@"^peak_mb (\d+)", RegexOptions.Multiline)]
    private static partial Regex Peak();

    [GeneratedRegex(@"Run NetworkSimplex: u: ([\d.e-]+)s")]
    private static partial Regex LemonCpu();

    [GeneratedRegex(@"Min flow cost: (-?\d+)")]
    private static partial Regex LemonCost();
}
