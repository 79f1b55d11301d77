using System.Diagnostics;

namespace Mentoring.Assignment.Benchmarks;

/// <summary>What a hundredth of the rows costs when it changes, and then another: each time half of it is scored anew, a quarter leaves and a quarter comes.</summary>
internal static class Change
{
    private const int Rounds = 7;

    /// <summary>
    /// Solves each changed problem anew and from what was known of the one before; the second is better the smaller its part of the first. Neither includes
    /// making the problem, nor checking the certificate, which takes as long for both and is told by itself. The first change is told by itself, too: what
    /// is kept for the next is found there.
    /// </summary>
    /// <returns>Whether both found the same each time and the proof holds.</returns>
    public static bool Run(Instance instance)
    {
        FirstSolves.Run();
        var random = new Random(20_265);
        var rows = Enumerable.Range(0, instance.Problem.Rows).ToArray();
        random.Shuffle(rows);
        var quarter = rows.Length / 400;
        var (coming, going) = (rows[..(Rounds * quarter)], rows[(Rounds * quarter)..]);
        var before = instance.With(absent: coming.ToHashSet(), score: score => score);
        var known = Solver.Solve(before);
        var (anew, again, check) = (new double[Rounds], new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            var change = new ProblemChange(before);
            foreach (var row in Some(coming, round, 1)) change.Row(row, instance.EdgesOf(row));
            foreach (var row in Some(going, 3 * round, 1)) change.Row(row, [], places: 0);
            foreach (var row in Some(going, 3 * round + 1, 2)) change.Row(row, instance.EdgesOf(row).Select(edge => (edge.Column, random.Next(1, 101))));
            var after = change.Build();
            Solution? first = null, second = null;
            anew[round] = Seconds(() => first = Solver.Solve(after));
            again[round] = Seconds(() => second = Solver.SolveAgain(after, before, known));
            Certificate? certificate = null;
            check[round] = Seconds(() => certificate = Certificate.Check(after, second!));
            if (first!.Total != second!.Total || certificate!.Failure is not null)
            {
                Console.WriteLine($"certificate FAILED {certificate!.Failure ?? "the two differ"}");
                return false;
            }
            (before, known) = (after, second);
        }
        Console.WriteLine("certificate ok");
        Console.WriteLine(FormattableString.Invariant($"anew {Median(anew):0.0000}"));
        Console.WriteLine(FormattableString.Invariant($"first {again[0]:0.0000}"));
        Console.WriteLine(FormattableString.Invariant($"again {Median(again[1..]):0.0000}"));
        Console.WriteLine(FormattableString.Invariant($"check {Median(check):0.0000}"));
        return true;

        int[] Some(int[] of, int part, int parts) => of[(part * quarter)..((part + parts) * quarter)];
    }

    private static double Median(double[] all) => all.Order().ElementAt(all.Length / 2);

    private static double Seconds(Action work)
    {
        // What making the problem has left behind is nobody's here.
        GC.Collect();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        work();
        return (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
    }
}
