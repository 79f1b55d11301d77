namespace Mentoring.Assignment.Benchmarks;

/// <summary>
/// Solves something tiny of each kind, so that what is timed afterwards is a solve and not the compiler: those it is compared with were compiled long before,
/// and a service solves more than once.
/// </summary>
internal static class FirstSolves
{
    private static readonly (string Family, int Smaller)[] Kinds = [("mentor-100k", 200), ("scarce", 200), ("few-to-spare", 200), ("dense-5000", 16)];

    public static void Run()
    {
        foreach (var (family, smaller) in Kinds)
        {
            var problem = Families.Known[family](smaller).ToProblem();
            var change = new ProblemChange(problem).Row(0, [], places: 0).Build();
            var again = Solver.SolveAgain(change, problem, Solver.Solve(problem));
            Solver.SolveAgain(new ProblemChange(change).Row(1, [], places: 0).Build(), change, again);
        }
    }
}
