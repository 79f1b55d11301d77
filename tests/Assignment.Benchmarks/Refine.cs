using System.Diagnostics;

namespace Mentoring.Assignment.Benchmarks;

/// <summary>What choosing among the best solutions costs beside finding one: canonical prices, the worst off raised in four bands, most incumbents kept.</summary>
internal static class Refine
{
    /// <returns>Whether all proofs hold.</returns>
    public static bool Run(Instance instance)
    {
        var problem = instance.Problem;
        var random = new Random(20_266);
        // The incumbents: best at scores that have changed a little since.
        var earlier = instance.With(absent: new HashSet<int>(), score: score => score + random.Next(3));
        var incumbents = Solver.Solve(earlier).Edges.Select(edge => (earlier.RowOf(edge), earlier.ColumnOf(edge))).ToArray();
        var scores = Enumerable.Range(0, problem.Edges).Select(problem.ScoreOf).ToArray();
        var (least, most) = (scores.Min(), scores.Max());
        Solution? solution = null;
        OptimalFace? face = null;
        Say("solve", () => solution = Solver.Solve(problem));
        Say("canonical prices", () => solution = CanonicalPrices.Of(problem, solution!));
        Say("face", () => face = OptimalFace.Of(problem, solution!));
        Console.WriteLine($"free edges {face!.FreeEdges}");
        foreach (var fifth in Enumerable.Range(1, 4))
        {
            var threshold = (int)(least + (most - (long)least) * fifth / 5);
            if (face.Stages is [.., { Below: var last }] && last >= threshold) continue;
            Say($"below {threshold}", () => face = face.RaiseTheWorstOff([threshold]));
            Tell(face, solution!.Edges.Count(edge => problem.ScoreOf(edge) < threshold));
        }
        Say("keep", () => face = face.KeepMost(incumbents));
        var pairs = incumbents.ToHashSet();
        Tell(face, solution!.Edges.Count(edge => pairs.Contains((problem.RowOf(edge), problem.ColumnOf(edge)))));
        var failure = Certificate.Check(problem, face.Solution).Failure
            ?? face.Stages.Select(stage => Certificate.Check(stage.Problem, stage.Solution).Failure).FirstOrDefault(found => found is not null);
        Console.WriteLine($"certificates {failure ?? "ok"}");
        return failure is null;
    }

    private static void Tell(OptimalFace face, int before) => Console.WriteLine($"  {before} before, {face.Stages[^1].Edges} now; free edges {face.FreeEdges}");

    private static void Say(string what, Action work)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        work();
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"{what} {spent:0.000}"));
    }
}
