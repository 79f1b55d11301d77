using System.Diagnostics;
using System.Globalization;
using Mentoring.Assignment;
using Mentoring.Assignment.Benchmarks;

switch (args)
{
    case ["solve", var file]:
        return Solve(file);
    case ["change", var file]:
        return Change.Run(Instance.Read(file)) ? 0 : 1;
    case ["refine", var file]:
        return Refine.Run(Instance.Read(file)) ? 0 : 1;
    case ["write", var family, var folder, .. var more] when Families.Known.ContainsKey(family):
        Families.Known[family](more is [var smaller] ? int.Parse(smaller, CultureInfo.InvariantCulture) : 1).Write(Path.Combine(folder, family));
        return 0;
    default:
        await Console.Error.WriteLineAsync($"Usage: solve FILE | change FILE | refine FILE | write ({string.Join('|', Families.Known.Keys)}) FOLDER [TIMES SMALLER]");
        return 2;
}

static int Solve(string file)
{
    Instance instance;
    try
    {
        instance = Instance.Read(file);
    }
    catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
    FirstSolves.Run();
    var process = Process.GetCurrentProcess();
    var cpu = process.TotalProcessorTime;
    var watch = Stopwatch.StartNew();
    var solution = Solver.Solve(instance.Problem);
    var seconds = watch.Elapsed.TotalSeconds;
    process.Refresh();
    var spent = (process.TotalProcessorTime - cpu).TotalSeconds;
    var certificate = Certificate.Check(instance.Problem, solution);
    var failure = certificate.Failure ?? instance.Missing(solution);
    process.Refresh();

    Say("objective", instance.ObjectiveOf(solution));
    Say("matched", solution.Edges.Count);
    Say("certificate", failure is null ? "ok" : $"FAILED {failure}");
    Say("seconds", Math.Round(seconds, 4));
    Say("cpu", Math.Round(spent, 4));
    Say("peak_mb", process.PeakWorkingSet64 >> 20);
    return failure is null ? 0 : 1;

    static void Say(string what, object value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {value}"));
}
