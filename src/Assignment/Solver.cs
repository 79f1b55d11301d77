namespace Mentoring.Assignment;

/// <summary>
/// Solves a <see cref="Problem"/> exactly: an auction places most row places, and shortest augmenting paths place the rest and prove the
/// whole. Where both sides have about as many places, the auction would become a war of prices: it is fought in ε-scaling phases then. A dense
/// problem is solved by its core.
/// </summary>
/// <remarks>
/// The same problem gives the same solution: ties fall to the lower number, and nothing depends on time or chance. Every part is bounded:
/// the first auction by a number of bids, a phase by ε, which grows when it takes long, the repair by one search a place.
/// </remarks>
public sealed class Solver
{
    private const int BidsForEachUnit = 8;
    private const long Steps = 5;

    // Of the widest score, in the first phase: what a coarser one decides is undone by the next.
    private const long FirstPart = 64;

    private const long LooksAtTheWhole = 4;
    private const long LooksBeforePhases = 10;

    // Below this a search for each place is quicker than phases.
    private const int Few = 64;

    private readonly Problem _problem;
    private readonly IProgress<SolveProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly long _places;
    private long _done;

    private Solver(Problem problem, IProgress<SolveProgress>? progress, CancellationToken cancellation)
    {
        _problem = problem;
        _progress = progress;
        _cancellation = cancellation;
        _places = problem.RowPlaces.Sum(places => (long)places);
    }

    /// <summary>The best choice of edges, with the prices that prove it; <see cref="Certificate.Check"/> checks the proof.</summary>
    /// <exception cref="OperationCanceledException">The token asked for it; nothing is kept.</exception>
    public static Solution Solve(Problem problem, IProgress<SolveProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Solver(problem, progress, cancellationToken).Run(Start.AsFits);
    }

    /// <summary>
    /// The best choice when a problem has changed a little, begun from the solution there was: what nothing speaks against stays where it is.
    /// As good as solving anew, and where few are touched quicker; where it would take longer, it is solved anew.
    /// </summary>
    /// <param name="problem">Rows and columns keep their numbers: who comes is added at the end, and who leaves has no places or edges.</param>
    /// <param name="before">The problem as it was.</param>
    /// <param name="known">Its solution.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Ends the solve.</param>
    /// <exception cref="OperationCanceledException">The token asked for it; nothing is kept.</exception>
    public static Solution SolveAgain(
        Problem problem, Problem before, Solution known, IProgress<SolveProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(known);
        return new Solver(problem, progress, cancellationToken).RunAgain(before, known);
    }

    /// <summary>As <see cref="Solve(Problem, IProgress{SolveProgress}?, CancellationToken)"/>, begun as said: the answer is as good whichever way, and tests say so.</summary>
    internal static Solution Solve(Problem problem, Start start) => new Solver(problem, null, CancellationToken.None).Run(start);

    /// <summary>From a state whose prices hold, as long as that takes no more than to look at so many edges.</summary>
    internal static Solution Solve(Problem problem, Flow flow, long mostEdges, CancellationToken cancellationToken)
    {
        var solver = new Solver(problem, null, cancellationToken);
        return solver.Finish(flow, mostEdges) ?? solver.Run(Start.AsFits);
    }

    internal enum Start
    {
        AsFits,
        Exactly,
        InPhases,
        WithNothing,
        ByCore,
    }

    private Solution Run(Start start)
    {
        if (start is Start.AsFits or Start.ByCore && Core.Suits(_problem) && Core.Solve(_problem, SolvePart) is { } found)
        {
            ReportEnd();
            return found;
        }
        if (start is Start.ByCore) start = Start.AsFits;
        var network = Network.Of(_problem);
        var (rows, columns) = (network.RowPlaces.Sum(places => (long)places), network.ColumnPlaces.Sum(places => (long)places));
        // The side with places to spare is bid for: its prices rise little.
        if (network.IsTurnable && rows > columns)
        {
            network = network.Turn();
            (rows, columns) = (columns, rows);
        }
        var flow = new Flow(network);
        // With one place in four hundred to spare phases take a quarter of what the plain auction does, with one in ten four times as much. In
        // between it depends on the scores: the repair has not long to go where the auction was right.
        var most = long.MaxValue;
        if (start is Start.AsFits)
        {
            start = rows > Few && columns - rows <= rows / 100 ? Start.InPhases : Start.Exactly;
            if (start is Start.Exactly && rows > Few && columns - rows <= rows / 20) most = LooksBeforePhases * _problem.Edges + 1_000;
        }
        if (start is Start.InPhases && ScaleFor(network) is { } scale) AuctionInPhases(flow, scale);
        else if (start is not Start.WithNothing) Auction(flow);
        else for (var row = 0; row < network.Rows; row++) flow.PriceRow(row);
        return Finish(flow, most) ?? Run(Start.InPhases);
    }

    private Solution SolvePart(Problem part, Problem? before, Solution? known)
    {
        var solver = new Solver(part, null, _cancellation);
        return before is null || known is null ? solver.Run(Start.AsFits) : solver.RunAgain(before, known);
    }

    /// <summary>Ends what an auction or an earlier solution has begun; null when it would take to look at more edges than this.</summary>
    private Solution? Finish(Flow flow, long mostEdges = long.MaxValue)
    {
        var units = flow.UnitEdge.Length;
        var edges = new Repair(flow).Run(left => Check(units - left, units), mostEdges);
        if (edges < mostEdges) edges += new ReverseRepair(flow).Run(_cancellation.ThrowIfCancellationRequested, mostEdges - edges);
        if (edges >= mostEdges) return null;
        ReportEnd();
        return Solution.From(flow);
    }

    private void ReportEnd()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_done < _places) _progress?.Report(new SolveProgress(_places, _places));
    }

    /// <summary>From what is left of an earlier solution, as long as that is less work than a few looks at the whole.</summary>
    private Solution RunAgain(Problem before, Solution known)
    {
        var flow = Flow.After(_problem, before, known);
        var open = flow.UnitEdge.AsSpan().Count(Flow.Open);
        return (open <= flow.UnitEdge.Length / 20 ? Finish(flow, LooksAtTheWhole * (long)_problem.Edges + 1_000) : null) ?? Run(Start.AsFits);
    }

    private void Auction(Flow flow)
    {
        var units = flow.UnitEdge.Length;
        var auction = new Auction(flow, scale: 1, left => Check(units - left, units));
        auction.RunExactly((long)BidsForEachUnit * units);
        auction.HandOver();
    }

    private void AuctionInPhases(Flow flow, long scale)
    {
        var epsilon = Math.Max(1, _problem.WidestScore) * scale * Steps / FirstPart;
        long units = flow.UnitEdge.Length, phases = 1, phase = 0;
        for (var left = epsilon / Steps; left > 1; left /= Steps) phases++;
        // Each phase is told as one part of the way, the repair as the last; where ε grew there are more, and nothing is told for a while.
        var auction = new Auction(flow, scale, waiting => Check(Math.Min(phase, phases) * units + units - waiting, (phases + 1) * units));
        auction.PriceColumnsByTheirBest();
        do
        {
            epsilon = auction.RunPhase(Math.Max(1, epsilon / Steps));
            phase++;
        }
        while (epsilon > 1);
        auction.HandOverRounded();
    }

    /// <summary>
    /// How fine prices are in the phases; null where 64 bits do not hold them. A hundred times finer, and rounding could never put anybody
    /// out; as it is, it puts out a few in a hundred thousand, and placing those again is quicker than the phases it spares.
    /// </summary>
    private long? ScaleFor(Network network)
    {
        var scale = Math.Max(2, network.Columns / 64L);
        Int128 widest = Math.Max(1, _problem.WidestScore);
        foreach (var price in _problem.PriceOfEmpty) widest = Int128.Max(widest, Math.Abs(price));
        if (_problem.Priority.Contains(true)) widest += _problem.PriorityWeight;
        return scale * widest < long.MaxValue / 64 ? scale : null;
    }

    private void Check(long done, long of)
    {
        _cancellation.ThrowIfCancellationRequested();
        // Units are places of whichever side asks, and an auction puts out again whom it has placed: only what is more is news.
        done = Math.Min((long)((double)done / of * _places), _places - 1);
        if (done - _done < Math.Max(1, _places / 64)) return;
        _done = done;
        _progress?.Report(new SolveProgress(done, _places));
    }
}
