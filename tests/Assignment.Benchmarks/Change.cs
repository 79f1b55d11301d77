using System.Diagnostics;

namespace Mentoring.Assignment.Benchmarks;

/// <summary>What a hundredth of the rows costs when it changes: half of them are scored anew, a quarter leaves and a quarter comes.</summary>
internal static class Change
{
    private const int Rounds = 5;

    /// <summary>
    /// Solves the changed problem anew and from what was known, by turns; the second is better the smaller its part of the first. Neither includes
    /// making the problem, nor checking the certificate, which takes as long for both and is told by itself.
    /// </summary>
    /// <returns>Whether both found the same and the proof holds.</returns>
    public static bool Run(Instance instance)
    {
        var random = new Random(20_265);
        var rows = Enumerable.Range(0, instance.Problem.Rows).ToArray();
        random.Shuffle(rows);
        var some = rows[..(rows.Length / 100)];
        var (scored, left, came) = (some[..(some.Length / 2)].ToHashSet(), some[(some.Length / 2)..(some.Length * 3 / 4)].ToHashSet(), some[(some.Length * 3 / 4)..].ToHashSet());
        var before = instance.With(absent: came, score: (_, score) => score);
        var after = instance.With(absent: left, score: (row, score) => scored.Contains(row) ? random.Next(1, 101) : score);
        var known = Solver.Solve(before);
        var (anew, again, check) = (new List<double>(), new List<double>(), new List<double>());
        Solution? first = null, second = null;
        for (var round = 0; round < Rounds; round++)
        {
            anew.Add(Seconds(() => first = Solver.Solve(after)));
            again.Add(Seconds(() => second = Solver.SolveAgain(after, before, known)));
            check.Add(Seconds(() => Certificate.Check(after, second!)));
        }
        var failure = first!.Total != second!.Total ? "the two differ" : Certificate.Check(after, second).Failure;
        Console.WriteLine($"certificate {(failure is null ? "ok" : $"FAILED {failure}")}");
        Console.WriteLine(FormattableString.Invariant($"anew {anew.Order().ElementAt(Rounds / 2):0.0000}"));
        Console.WriteLine(FormattableString.Invariant($"again {again.Order().ElementAt(Rounds / 2):0.0000}"));
        Console.WriteLine(FormattableString.Invariant($"check {check.Order().ElementAt(Rounds / 2):0.0000}"));
        return failure is null;
    }

    private static double Seconds(Action work)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        work();
        return (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
    }
}
