namespace Mentoring.Assignment;

/// <summary>
/// A <see cref="Problem"/> as the algorithms see it: locked edges are taken out and use up their places, and either side may stand in the
/// rows, whose places are what asks for a column.
/// </summary>
/// <remarks>
/// Both sides may leave places empty, each at its own worth: a row place goes <em>out</em> at <see cref="CostOfOut"/>, and a column's
/// price is never below its <see cref="Floor"/>, and at it while a place is free. Turning changes the two about and leaves scores and
/// prices what they are, so that a solution is read back without any arithmetic.
/// </remarks>
internal sealed class Network
{
    private readonly long[] _costOfOut;
    private readonly long[] _moreForTheLast;

    private Network(
        Problem problem, bool turned, (int[] Start, int[] Column, int[] Score) edges,
        int[] rowPlaces, int[] columnPlaces, long[] costOfOut, long[] moreForTheLast, long[] floor)
    {
        Problem = problem;
        Turned = turned;
        (Start, Column, Score) = edges;
        RowPlaces = rowPlaces;
        ColumnPlaces = columnPlaces;
        _costOfOut = costOfOut;
        _moreForTheLast = moreForTheLast;
        Floor = floor;
    }

    public Problem Problem { get; }

    /// <summary>Rows here are the problem's columns.</summary>
    public bool Turned { get; }

    public int Rows => RowPlaces.Length;
    public int Columns => ColumnPlaces.Length;

    /// <summary>The edges of a row, by rising column: from its start to the next row's.</summary>
    public int[] Start { get; }

    public int[] Column { get; }
    public int[] Score { get; }

    /// <summary>Never more than one above the edges, since what is beyond stays empty anyway. So of the columns.</summary>
    public int[] RowPlaces { get; }

    public int[] ColumnPlaces { get; }

    /// <summary>The least price of a column, and its price while a place is free.</summary>
    public long[] Floor { get; }

    /// <summary>A column has one floor for all its places: a row whose first place is worth more than its second cannot become one.</summary>
    public bool IsTurnable
    {
        get
        {
            for (var row = 0; row < Rows; row++)
                if (_moreForTheLast[row] != 0 && RowPlaces[row] > 1) return false;
            return true;
        }
    }

    public static Network Of(Problem problem)
    {
        var rowPlaces = (int[])problem.RowPlaces.Clone();
        var columnPlaces = (int[])problem.ColumnPlaces.Clone();
        var more = new long[problem.Rows];
        for (var row = 0; row < problem.Rows; row++) more[row] = problem.Priority[row] ? problem.PriorityWeight : 0;
        foreach (var edge in problem.Locks)
        {
            // A row that a lock serves is served: the rest of its places count like any others.
            var row = problem.RowOf(edge);
            more[row] = 0;
            rowPlaces[row]--;
            columnPlaces[problem.ColumnOf(edge)]--;
        }
        var edges = problem.Locks.Length == 0 ? (problem.RowStart, problem.EdgeColumn, problem.EdgeScore) : WithoutLocks(problem);
        for (var row = 0; row < problem.Rows; row++)
            rowPlaces[row] = Math.Min(rowPlaces[row], edges.Item1[row + 1] - edges.Item1[row] + 1);
        LimitToDegree(columnPlaces, edges.Item2);
        return new Network(
            problem, false, edges, rowPlaces, columnPlaces, problem.PriceOfEmpty, more, new long[problem.Columns]);
    }

    /// <summary>What it costs to leave one more place of a row empty when some already are. Never falls as more are.</summary>
    public long CostOfOut(int row, int alreadyOut) =>
        alreadyOut == RowPlaces[row] - 1 ? _costOfOut[row] + _moreForTheLast[row] : _costOfOut[row];

    /// <summary>Rows become columns.</summary>
    public Network Turn()
    {
        var start = new int[Columns + 1];
        foreach (var column in Column) start[column + 1]++;
        for (var column = 0; column < Columns; column++) start[column + 1] += start[column];
        var next = start[..^1];
        var rows = new int[Column.Length];
        var scores = new int[Column.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var edge = Start[row]; edge < Start[row + 1]; edge++)
            {
                var at = next[Column[edge]]++;
                rows[at] = row;
                scores[at] = Score[edge];
            }
        }
        var floor = new long[Rows];
        for (var row = 0; row < Rows; row++) floor[row] = -(_costOfOut[row] + _moreForTheLast[row]);
        return new Network(
            Problem, !Turned, (start, rows, scores), ColumnPlaces, RowPlaces, Array.ConvertAll(Floor, price => -price), new long[Columns], floor);
    }

    /// <summary>The edge between two that have one.</summary>
    public int EdgeBetween(int row, int column) => Array.BinarySearch(Column, Start[row], Start[row + 1] - Start[row], column);

    private static void LimitToDegree(int[] places, int[] columns)
    {
        if (places.Sum(count => (long)count) <= 2L * places.Length + columns.Length / 2) return;
        var most = new int[places.Length];
        Array.Fill(most, 1);
        foreach (var column in columns) most[column]++;
        for (var column = 0; column < places.Length; column++) places[column] = Math.Min(places[column], most[column]);
    }

    private static (int[], int[], int[]) WithoutLocks(Problem problem)
    {
        var locks = problem.Locks;
        var start = new int[problem.Rows + 1];
        var columns = new int[problem.Edges - locks.Length];
        var scores = new int[columns.Length];
        int at = 0, nextLock = 0;
        for (var row = 0; row < problem.Rows; row++)
        {
            for (var edge = problem.RowStart[row]; edge < problem.RowStart[row + 1]; edge++)
            {
                if (nextLock < locks.Length && locks[nextLock] == edge)
                {
                    nextLock++;
                    continue;
                }
                (columns[at], scores[at]) = (problem.EdgeColumn[edge], problem.EdgeScore[edge]);
                at++;
            }
            start[row + 1] = at;
        }
        return (start, columns, scores);
    }
}
