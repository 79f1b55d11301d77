using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.Assignment.Tests;

/// <summary>A problem small enough to try every choice, with every feature mixed in.</summary>
public sealed record SmallProblem(
    int[] RowPlaces, int[] ColumnPlaces, int[] Prices, bool[] Priority,
    (int Row, int Column, int Score)[] Edges, (int Row, int Column)[] Locks, (int Row, int Column)[] Bans)
{
    public ProblemBuilder Builder()
    {
        var builder = new ProblemBuilder(RowPlaces.Length, ColumnPlaces.Length);
        for (var row = 0; row < RowPlaces.Length; row++)
        {
            builder.RowPlaces(row, RowPlaces[row]).PriceOfEmpty(row, Prices[row]);
            if (Priority[row]) builder.Prioritise(row);
        }
        for (var column = 0; column < ColumnPlaces.Length; column++) builder.ColumnPlaces(column, ColumnPlaces[column]);
        foreach (var (row, column, score) in Edges) builder.Edge(row, column, score);
        foreach (var (row, column) in Locks) builder.Lock(row, column);
        foreach (var (row, column) in Bans) builder.Ban(row, column);
        return builder;
    }

    /// <summary>The best there is, by trying every choice; null when the locks leave none.</summary>
    public (int Served, long Total)? Best(Func<Choice, bool>? among = null)
    {
        (int, long)? best = null;
        foreach (var choice in Choices())
        {
            var value = (choice.Served, choice.Total);
            if ((best is null || value.CompareTo(best.Value) > 0) && among?.Invoke(choice) is not false) best = value;
        }
        return best;
    }

    /// <summary>Every choice that places and locks allow, one after the other in the same arrays.</summary>
    public IEnumerable<Choice> Choices()
    {
        var edges = Edges.Where(edge => !Bans.Contains((edge.Row, edge.Column))).ToArray();
        var locked = edges.Select(edge => Locks.Contains((edge.Row, edge.Column))).ToArray();
        var (rows, columns) = (new int[RowPlaces.Length], new int[ColumnPlaces.Length]);
        for (var choice = 0; choice < 1 << edges.Length; choice++)
        {
            Array.Clear(rows);
            Array.Clear(columns);
            long total = 0;
            var fits = true;
            for (var edge = 0; edge < edges.Length && fits; edge++)
            {
                var (row, column, score) = edges[edge];
                if ((choice >> edge & 1) == 0)
                {
                    fits = !locked[edge];
                    continue;
                }
                total += score;
                fits = ++rows[row] <= RowPlaces[row] && ++columns[column] <= ColumnPlaces[column];
            }
            if (!fits) continue;
            var served = 0;
            for (var row = 0; row < rows.Length; row++)
            {
                total -= (long)(RowPlaces[row] - rows[row]) * Prices[row];
                if (rows[row] > 0 && Priority[row]) served++;
            }
            yield return new Choice(edges, choice, rows, served, total);
        }
    }

    /// <summary>The same with one thing different: who is there, what an edge is worth, what may be joined, how many places there are or what they cost.</summary>
    public SmallProblem Changed(Random random)
    {
        var (row, column, score) = (random.Next(RowPlaces.Length), random.Next(ColumnPlaces.Length), random.Next(-4, 8));
        var changed = random.Next(9) switch
        {
            0 or 1 => this with { Edges = [.. Edges.Select(edge => random.Next(3) == 0 ? edge with { Score = score } : edge)] },
            2 => this with { Edges = [.. Edges.Where(edge => (edge.Row, edge.Column) != (row, column)), (row, column, score)] },
            3 => this with { Edges = [.. Edges.Where(edge => edge.Row != row)] },
            4 => this with { RowPlaces = With(RowPlaces, row, random.Next(3)) },
            5 => this with { ColumnPlaces = With(ColumnPlaces, column, random.Next(4)) },
            6 => this with { Prices = With(Prices, row, score), Priority = With(Priority, row, random.Next(2) == 0) },
            7 when RowPlaces.Length < 6 => this with { RowPlaces = [.. RowPlaces, 1], Prices = [.. Prices, 0], Priority = [.. Priority, false], ColumnPlaces = [.. ColumnPlaces, 1] },
            _ => this with { Bans = [.. Bans.Where(_ => random.Next(2) == 0), (row, column)] },
        };
        // At most as many edges as can be tried in all their choices.
        changed = changed with { Edges = [.. changed.Edges.TakeLast(11)] };
        var marks = Array.ConvertAll(changed.Edges, edge =>
            changed.Bans.Contains((edge.Row, edge.Column)) ? 2 : random.Next(8) == 0 || (random.Next(2) == 0 && Locks.Contains((edge.Row, edge.Column))) ? 1 : 0);
        return Sane(changed.RowPlaces, changed.ColumnPlaces, changed.Prices, changed.Priority, changed.Edges, marks);

        static T[] With<T>(T[] all, int at, T one)
        {
            T[] others = [.. all];
            others[at] = one;
            return others;
        }
    }

    /// <summary>This problem made from another by naming the rows that are different.</summary>
    public Problem ChangeOf(SmallProblem before, Problem problem)
    {
        var change = new ProblemChange(problem);
        for (var column = 0; column < ColumnPlaces.Length; column++)
            if (column >= before.ColumnPlaces.Length || ColumnPlaces[column] != before.ColumnPlaces[column]) change.ColumnPlaces(column, ColumnPlaces[column]);
        for (var row = 0; row < RowPlaces.Length; row++)
        {
            var isNew = row >= before.RowPlaces.Length;
            var edges = EdgesOf(row);
            if (isNew || (RowPlaces[row], Prices[row], Priority[row]) != (before.RowPlaces[row], before.Prices[row], before.Priority[row]) || !edges.SetEquals(before.EdgesOf(row)))
                change.Row(row, edges, RowPlaces[row], Prices[row], Priority[row]);
        }
        return change.Build();
    }

    private HashSet<(int Column, int Score)> EdgesOf(int row) =>
        [.. Edges.Where(edge => edge.Row == row && !Bans.Contains((edge.Row, edge.Column))).Select(edge => (edge.Column, edge.Score))];

    public override string ToString() =>
        $"rows {string.Join(',', RowPlaces)} columns {string.Join(',', ColumnPlaces)} prices {string.Join(',', Prices)} "
        + $"priority {string.Join(',', Priority)} edges {string.Join(' ', Edges)} locks {string.Join(' ', Locks)} bans {string.Join(' ', Bans)}";

    /// <summary>Ties are frequent on purpose: few different scores, some of them negative.</summary>
    public static Gen<SmallProblem> Any { get; } =
        from rows in Gen.Choose(1, 5)
        from columns in Gen.Choose(1, 5)
        from rowPlaces in Places(rows)
        from columnPlaces in Places(columns)
        from prices in Gen.ArrayOf(Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(-3, 6))), rows)
        from priority in Gen.ArrayOf(Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true))), rows)
        from spread in Gen.Elements(1, 3, 50)
        from all in Gen.Shuffle(Enumerable.Range(0, rows * columns).ToArray())
        from count in Gen.Choose(0, Math.Min(11, rows * columns))
        from scores in Gen.ArrayOf(Gen.Choose(-spread, 2 * spread), count)
        let edges = all.Take(count).Select((at, i) => (Row: at / columns, Column: at % columns, Score: scores[i])).ToArray()
        from marks in Gen.ArrayOf(Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2))), count)
        select Sane(rowPlaces, columnPlaces, prices, priority, edges, marks);

    /// <summary>Few on each side, with several places and many edges.</summary>
    public static Gen<SmallProblem> Crowded { get; } =
        from rows in Gen.Choose(2, 5)
        from columns in Gen.Choose(2, 3)
        from rowPlaces in Gen.ArrayOf(Gen.Choose(1, 3), rows)
        from columnPlaces in Gen.ArrayOf(Gen.Choose(1, 4), columns)
        from prices in Gen.ArrayOf(Gen.Choose(-1, 3), rows)
        from priority in Gen.ArrayOf(Gen.Elements(false, true), rows)
        from all in Gen.Shuffle(Enumerable.Range(0, rows * columns).ToArray())
        let count = Math.Min(11, rows * columns)
        from scores in Gen.ArrayOf(Gen.Choose(-4, 5), count)
        let edges = all.Take(count).Select((at, i) => (Row: at / columns, Column: at % columns, Score: scores[i])).ToArray()
        select new SmallProblem(rowPlaces, columnPlaces, prices, priority, edges, [], []);

    private static Gen<int[]> Places(int count) =>
        Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0)), (6, Gen.Constant(1)), (3, Gen.Choose(2, 3))), count);

    /// <summary>Locks that exceed places are refused by the builder, so they are not generated here.</summary>
    private static SmallProblem Sane(
        int[] rowPlaces, int[] columnPlaces, int[] prices, bool[] priority, (int Row, int Column, int Score)[] edges, int[] marks)
    {
        var locks = new List<(int Row, int Column)>();
        var bans = new List<(int, int)>();
        for (var i = 0; i < edges.Length; i++)
        {
            var (row, column, _) = edges[i];
            if (marks[i] == 2) bans.Add((row, column));
            if (marks[i] == 1
                && locks.Count(taken => taken.Row == row) < rowPlaces[row]
                && locks.Count(taken => taken.Column == column) < columnPlaces[column])
                locks.Add((row, column));
        }
        return new SmallProblem(rowPlaces, columnPlaces, prices, priority, edges, [.. locks], [.. bans]);
    }
}

/// <summary>One way to choose edges, valid until the next is asked for.</summary>
public readonly record struct Choice((int Row, int Column, int Score)[] Edges, int Mask, int[] Filled, int Served, long Total)
{
    public int Count(Func<(int Row, int Column, int Score), bool> counts)
    {
        var count = 0;
        for (var edge = 0; edge < Edges.Length; edge++)
            if ((Mask >> edge & 1) != 0 && counts(Edges[edge])) count++;
        return count;
    }

    public bool Has((int Row, int Column) pair) => Count(edge => (edge.Row, edge.Column) == pair) > 0;
}
