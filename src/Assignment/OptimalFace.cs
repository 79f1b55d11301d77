namespace Mentoring.Assignment;

/// <summary>
/// All best solutions of a problem at once, to choose among them by something else: stage by stage, each on what the one before has left.
/// Immutable; a stage gives a narrower face.
/// </summary>
/// <remarks>
/// <para>By complementary slackness a feasible choice is best exactly if it fits the prices that prove one: edges worth more than their prices
/// chosen, edges worth less not, columns with a price full, rows full or empty as their price says. So the best choices are those of a smaller
/// flow with bounds (A. Schrijver, "Combinatorial Optimization", section 5.5 and chapter 12), whichever prices are taken. A stage is a
/// <see cref="Problem"/> on that flow: an end that must be full asks for it by a weight above all that the stage can gain. The best choices of
/// the stage are a face again.</para>
/// <para>Invariant: <see cref="Solution"/> lies on the face, and its prices are those the face was made with, so that it passes
/// <see cref="Certificate.Check"/> after every stage.</para>
/// <para>What a stage reaches depends on the problem alone. Which of several choices equal in all stages is shown depends on the solution begun
/// with; the same solution gives the same.</para>
/// </remarks>
public sealed class OptimalFace
{
    // A stage that moves more than this is quicker to solve anew.
    private const long LooksAtTheStage = 64;

    private readonly Problem _problem;
    private readonly FaceBounds _bounds;

    // In numbers of the problem: the edges that are free, by the bounds' numbers, and those that are chosen in all solutions left.
    private readonly int[] _free;
    private readonly int[] _fixed;

    private OptimalFace(Problem problem, Solution solution, FaceBounds bounds, int[] free, int[] always, IReadOnlyList<Stage> stages)
    {
        _problem = problem;
        Solution = solution;
        _bounds = bounds;
        _free = free;
        _fixed = always;
        Stages = stages;
    }

    /// <summary>One of the best choices that are left, with the prices that prove it best for the problem.</summary>
    public Solution Solution { get; }

    /// <summary>What has been asked so far, each with its proof.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>Edges that some of the solutions left choose and others may not.</summary>
    public int FreeEdges => _free.Length;

    /// <summary>The best solutions of a problem, of which one is known.</summary>
    /// <exception cref="ArgumentException">The solution is not proven best by its prices.</exception>
    public static OptimalFace Of(Problem problem, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solution);
        if (Certificate.Check(problem, solution).Failure is { } failure) throw new ArgumentException(failure, nameof(solution));
        var bounds = FaceBounds.Of(problem, solution);
        return new OptimalFace(problem, solution, bounds, bounds.FreeEdges, [.. problem.Locks, .. bounds.FixedEdges], []);
    }

    /// <summary>
    /// Of the solutions left those with the fewest edges scored below the first threshold, of these the fewest below the second, and so on: whoever
    /// is worst off comes first, at no loss to the total.
    /// </summary>
    /// <param name="thresholds">Rising; scores from the last upwards are not told apart.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The thresholds do not rise.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public OptimalFace RaiseTheWorstOff(IReadOnlyList<int> thresholds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        for (var i = 1; i < thresholds.Count; i++)
            if (thresholds[i] <= thresholds[i - 1]) throw new ArgumentException("Thresholds rise.", nameof(thresholds));
        var face = this;
        foreach (var threshold in thresholds)
            face = face.Narrow(StageGoal.FewestBelow, threshold, edge => _problem.EdgeScore[edge] < threshold, sign: -1, cancellationToken);
        return face;
    }

    /// <summary>Of the solutions left those that choose most of these pairs: fewest changes. Pairs without an edge do not count.</summary>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public OptimalFace KeepMost(IEnumerable<(int Row, int Column)> incumbents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(incumbents);
        return KeepMost(Marked(_problem, incumbents), cancellationToken);
    }

    internal OptimalFace KeepMost(bool[] isIncumbent, CancellationToken cancellationToken) =>
        Narrow(StageGoal.MostKept, null, edge => isIncumbent[edge], sign: 1, cancellationToken);

    /// <summary>The other end of what the solutions left keep.</summary>
    internal OptimalFace KeepFewest(bool[] isIncumbent, CancellationToken cancellationToken) =>
        Narrow(StageGoal.MostKept, null, edge => isIncumbent[edge], sign: -1, cancellationToken);

    /// <summary>Which edges of a problem are among these pairs.</summary>
    internal static bool[] Marked(Problem problem, IEnumerable<(int Row, int Column)> pairs)
    {
        var marked = new bool[problem.Edges];
        foreach (var (row, column) in pairs)
            if (row >= 0 && row < problem.Rows && problem.EdgeBetween(row, column) is { } edge) marked[edge] = true;
        return marked;
    }

    private OptimalFace Narrow(StageGoal goal, int? below, Func<int, bool> counts, int sign, CancellationToken cancellationToken)
    {
        var (weights, now) = (new int[_free.Length], new List<int>());
        var chosen = 0;
        for (var edge = 0; edge < _free.Length; edge++)
        {
            if (counts(_free[edge])) weights[edge] = sign;
            while (chosen < Solution.Edges.Count && Solution.Edges[chosen] < _free[edge]) chosen++;
            if (chosen < Solution.Edges.Count && Solution.Edges[chosen] == _free[edge]) now.Add(edge);
        }
        var (stage, columnPrices) = _bounds.ToProblem(weights);
        var flow = Flow.Of(stage, new Solution(now, 0, 0, new long[stage.Rows], columnPrices));
        for (var row = 0; row < stage.Rows; row++) flow.PriceRow(row);
        var found = Solver.Solve(stage, flow, LooksAtTheStage * stage.Edges + 1_000, cancellationToken);

        int[] edges = [.. _fixed, .. found.Edges.Select(edge => _free[edge])];
        Array.Sort(edges);
        var bounds = FaceBounds.Of(stage, found);
        var reached = edges.Count(counts);
        return new OptimalFace(
            _problem,
            Solution.Of(_problem, edges, Solution.RowPrices, Solution.ColumnPrices),
            bounds,
            Array.ConvertAll(bounds.FreeEdges, edge => _free[edge]),
            [.. _fixed, .. bounds.FixedEdges.Select(edge => _free[edge])],
            [.. Stages, new Stage(goal, below, reached, stage, found)]);
    }
}

/// <summary>What a stage asks for among equally good solutions.</summary>
public enum StageGoal
{
    /// <summary>As few edges as possible scored below <see cref="Stage.Below"/>.</summary>
    FewestBelow,

    /// <summary>As many of the given pairs as possible.</summary>
    MostKept,
}

/// <summary>One choice among equally good solutions, and its proof.</summary>
/// <param name="Goal">What was asked for.</param>
/// <param name="Below">The score that <see cref="StageGoal.FewestBelow"/> is about.</param>
/// <param name="Edges">How many edges count now: locked ones and those that no solution could do without included.</param>
/// <param name="Problem">The stage as a problem of its own: edges that all solutions left agree on are taken out, rows and columns keep their numbers.</param>
/// <param name="Solution">Its solution; <see cref="Certificate.Check"/> on both proves that the stage went as far as it could.</param>
public sealed record Stage(StageGoal Goal, int? Below, int Edges, Problem Problem, Solution Solution);
