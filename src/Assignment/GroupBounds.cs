namespace Mentoring.Assignment;

/// <summary>At least so many row places of these rows, taken together, are to be filled.</summary>
/// <param name="Rows">Each once.</param>
/// <param name="Least">In row places.</param>
public sealed record GroupBound(IReadOnlyList<int> Rows, int Least);

/// <summary>A group that has fewer places filled than its bound asks for.</summary>
/// <param name="Group">Its number among the bounds given.</param>
/// <param name="Filled">How many of its places are filled.</param>
/// <param name="Least">How many should be.</param>
public readonly record struct Shortfall(int Group, int Filled, int Least);

/// <summary>
/// The best choice that keeps to bounds on groups of rows, which come before priority rows and before any score. Two groups are nested or have no row in
/// common.
/// </summary>
/// <remarks>
/// <para>A bound on what is filled is one on what is empty, and nested bounds stay a flow (J. Edmonds, "Submodular functions, matroids, and certain
/// polyhedra", 1970: a laminar family of bounds is a tree of arcs). In a problem of the usual kind: a row of a group may leave a place empty only at the
/// group's own column, which has as many places as the group may leave empty. Where a group lies in another, each of these places is held by a row of its
/// own, which moves to the outer group's column when it is needed. A row of several places has columns of its own in between, since no two may go the
/// same way twice. Whatever must not stay empty costs more than all else together.</para>
/// <para>Invariant: a choice of the problem that keeps to the bounds is one of the reduced problem, at the same worth, and the other way round; so the
/// certificate there proves the choice here.</para>
/// <para>Each place that an inner group may leave empty is a row of the reduced problem, and all are alike: bounds far below what is filled cost time, most
/// of all where rows are many more than places.</para>
/// </remarks>
/// <param name="Edges">The chosen edges of the problem, rising.</param>
/// <param name="PriorityServed">As of a <see cref="Solution"/>.</param>
/// <param name="Total">As of a <see cref="Solution"/>.</param>
/// <param name="Short">The groups whose bounds cannot be kept together with the others, and by how much; then as few places as possible are missing.</param>
/// <param name="Reduced">The problem that was solved; its first rows and columns are those of the problem.</param>
/// <param name="Proof">Its solution, for <see cref="Certificate.Check"/>.</param>
public sealed record GroupBounds(
    IReadOnlyList<int> Edges, int PriorityServed, long Total, IReadOnlyList<Shortfall> Short, Problem Reduced, Solution Proof)
{
    /// <summary>The best choice that keeps to these bounds, or that misses them by the fewest places.</summary>
    /// <exception cref="ArgumentException">
    /// Two groups cross, a row is not there or twice in one group; or scores are too wide: where rows have priority, all scores together must stay within 32 bits.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token asked for it; nothing is kept.</exception>
    public static GroupBounds Solve(
        Problem problem, IReadOnlyList<GroupBound> groups, IProgress<SolveProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(groups);
        var reduction = new Reduction(problem, groups);
        var reduced = reduction.ToProblem();
        var proof = Solver.Solve(reduced, progress, cancellationToken);
        var chosen = reduction.InTermsOf(reduced, proof);
        return new GroupBounds(chosen.Edges, chosen.PriorityServed, chosen.Total, ShortfallsOf(problem, groups, chosen.Edges), reduced, proof);
    }

    private static List<Shortfall> ShortfallsOf(Problem problem, IReadOnlyList<GroupBound> groups, IReadOnlyList<int> edges)
    {
        var filled = new int[problem.Rows];
        foreach (var edge in edges) filled[problem.RowOf(edge)]++;
        var found = new List<Shortfall>();
        for (var group = 0; group < groups.Count; group++)
        {
            var sum = groups[group].Rows.Sum(row => filled[row]);
            if (sum < groups[group].Least) found.Add(new Shortfall(group, sum, groups[group].Least));
        }
        return found;
    }

    private sealed class Reduction
    {
        private const int None = -1;

        private readonly Problem _problem;
        private readonly int[] _places;
        private readonly int[] _groupOf;
        private readonly List<(int Parent, int MayBeEmpty)> _groups = [];
        private readonly List<(int Row, int Column, int Score)> _edges = [];
        private readonly List<int> _columnPlaces;
        private readonly List<long> _prices = [];
        private readonly long _servedWeight;
        private readonly long _must;
        private int _holding;

        public Reduction(Problem problem, IReadOnlyList<GroupBound> groups)
        {
            _problem = problem;
            _columnPlaces = [.. problem.ColumnPlaces];
            _groupOf = new int[problem.Rows];
            Array.Fill(_groupOf, None);
            // What is beyond a row's edges stays empty anyway, at a price that nothing changes.
            _places = new int[problem.Rows];
            for (var row = 0; row < problem.Rows; row++) _places[row] = Math.Min(problem.RowPlaces[row], problem.RowStart[row + 1] - problem.RowStart[row]);
            foreach (var group in groups.OrderByDescending(group => group.Rows.Count)) Nest(group);
            (_servedWeight, _must) = Weights();
            for (var group = 0; group < _groups.Count; group++) _columnPlaces.Add(_groups[group].MayBeEmpty);
        }

        public Problem ToProblem()
        {
            var prices = new long[_problem.Rows];
            for (var row = 0; row < _problem.Rows; row++) prices[row] = OpenWaysOutOf(row);
            _prices.InsertRange(0, prices);
            for (var group = 0; group < _groups.Count; group++)
            {
                if (_groups[group].Parent == None) continue;
                for (var i = 0; i < _groups[group].MayBeEmpty; i++) Hold(ColumnOf(group), ColumnOf(_groups[group].Parent));
            }
            var builder = new ProblemBuilder(_prices.Count, _columnPlaces.Count, _problem.Edges + _edges.Count);
            for (var column = 0; column < _columnPlaces.Count; column++) builder.ColumnPlaces(column, _columnPlaces[column]);
            for (var row = 0; row < _problem.Rows; row++)
            {
                builder.RowPlaces(row, _places[row]);
                for (var edge = _problem.RowStart[row]; edge < _problem.RowStart[row + 1]; edge++)
                    builder.Edge(row, _problem.EdgeColumn[edge], _problem.EdgeScore[edge]);
            }
            foreach (var edge in _problem.Locks) builder.Lock(_problem.RowOf(edge), _problem.ColumnOf(edge));
            foreach (var (row, column, score) in _edges) builder.Edge(row, column, score);
            return builder.Build().With([.. _prices]);
        }

        /// <summary>An edge of the problem comes before those that were added, and in the same order.</summary>
        public Solution InTermsOf(Problem reduced, Solution solution)
        {
            var edges = new List<int>();
            foreach (var edge in solution.Edges)
            {
                if (reduced.ColumnOf(edge) >= _problem.Columns || edge >= reduced.RowStart[_problem.Rows]) continue;
                var row = reduced.RowOf(edge);
                edges.Add(_problem.RowStart[row] + edge - reduced.RowStart[row]);
            }
            return Solution.Of(_problem, edges, [], []);
        }

        private void Nest(GroupBound group)
        {
            var places = 0L;
            int? parent = null;
            var seen = new HashSet<int>();
            foreach (var row in group.Rows)
            {
                if (row < 0 || row >= _problem.Rows || !seen.Add(row)) throw new ArgumentException($"Row {row} is not there, or is there twice.", nameof(group));
                parent ??= _groupOf[row];
                if (_groupOf[row] != parent) throw new ArgumentException($"The group of row {row} crosses another.", nameof(group));
                places += _places[row];
            }
            // One that asks for more than there is leaves nothing empty that it can help.
            var mayBeEmpty = checked((int)Math.Max(0, places - Math.Max(0, group.Least)));
            _groups.Add((parent ?? None, mayBeEmpty));
            foreach (var row in group.Rows) _groupOf[row] = _groups.Count - 1;
        }

        /// <summary>What serving a row weighs against all scores, and what must not be left empty against all of these.</summary>
        private (long Served, long Must) Weights()
        {
            Int128 spread = 0;
            var priority = 0;
            for (var row = 0; row < _problem.Rows; row++)
            {
                var (least, most) = (-_problem.PriceOfEmpty[row], -_problem.PriceOfEmpty[row]);
                for (var edge = _problem.RowStart[row]; edge < _problem.RowStart[row + 1]; edge++)
                    (least, most) = (Math.Min(least, _problem.EdgeScore[edge]), Math.Max(most, _problem.EdgeScore[edge]));
                spread += (Int128)_places[row] * (most - least);
                if (_problem.Priority[row]) priority++;
            }
            var served = priority == 0 ? 0 : spread + 1;
            var must = spread + priority * served + 1;
            if (served > int.MaxValue || must > long.MaxValue / 32) throw new ArgumentException("The scores and places together are too wide for bounds on groups.");
            return ((long)served, (long)must);
        }

        /// <summary>Where the places of a row may be left empty at its price; returns what every other one costs.</summary>
        private long OpenWaysOutOf(int row)
        {
            var (group, places, price) = (_groupOf[row], _places[row], _problem.PriceOfEmpty[row]);
            var last = _problem.Priority[row] ? price + _servedWeight : price;
            if (group == None)
            {
                if (last > price)
                    for (var i = 1; i < places; i++) _edges.Add((row, AddColumn(), Score(-price)));
                return last;
            }
            if (places == 1) _edges.Add((row, ColumnOf(group), Score(-last)));
            for (var i = 1; i <= places && places > 1; i++)
            {
                var own = AddColumn();
                _edges.Add((row, own, Score(i == places ? -last : -price)));
                Hold(own, ColumnOf(group));
            }
            return _must + last;
        }

        /// <summary>A row that stands in one column until its place is needed, and then in another.</summary>
        private void Hold(int column, int otherwise)
        {
            var row = _problem.Rows + _holding++;
            _edges.Add((row, column, 0));
            _edges.Add((row, otherwise, 0));
            _prices.Add(_must);
        }

        private int ColumnOf(int group) => _problem.Columns + group;

        private int AddColumn()
        {
            _columnPlaces.Add(1);
            return _columnPlaces.Count - 1;
        }

        private static int Score(long score) =>
            score is > int.MinValue and < int.MaxValue ? (int)score : throw new ArgumentException("The scores and places together are too wide for bounds on groups.");
    }
}
