namespace Mentoring.Assignment.Benchmarks;

/// <summary>The instances that are compared, each the same whenever it is made.</summary>
public static class Families
{
    /// <summary>By name; each can be had so many times smaller.</summary>
    public static IReadOnlyDictionary<string, Func<int, Drawn>> Known { get; } = new Dictionary<string, Func<int, Drawn>>
    {
        ["mentor-100k"] = by => Sparse(60_000 / by, 40_000 / by, 5_000_000 / by, most: 100, places: 3, price: 0),
        ["uniform-100k"] = by => Sparse(100_000 / by, 100_000 / by, 5_000_000 / by, most: 1_000_000, places: 1, price: 10_000_000),
        ["uniform-narrow"] = by => Sparse(100_000 / by, 100_000 / by, 5_000_000 / by, most: 1_000, places: 1, price: 10_000_000),
        ["few-to-spare"] = by => Sparse(100_000 / by, 100_250 / by, 5_000_000 / by, most: 1_000, places: 1, price: 10_000_000),
        ["scarce"] = by => Sparse(60_000 / by, 40_000 / by, 3_000_000 / by, most: 1_000, places: 1, price: 0),
        ["geometric-20k"] = by => Geometric(20_000 / by, 50),
        ["dense-5000"] = by => Dense(5_000 / by, (random, _, _) => random.Next(1, 100_001)),
        ["machol-wien-1000"] = by => Dense(1_000 / by, (_, row, column) => -(row + 1) * (column + 1)),
        ["machol-wien-2000"] = by => Dense(2_000 / by, (_, row, column) => -(row + 1) * (column + 1)),
        ["two-cost-20k"] = by => TwoCost(20_000 / by, 50),
    };

    /// <summary>Each row may go to some columns drawn at random; a hidden assignment makes sure that every row can go somewhere.</summary>
    private static Drawn Sparse(int rows, int columns, int edges, int most, int places, int price)
    {
        var random = new Random(20_261);
        var drawn = new Drawn(rows, columns, price);
        for (var column = 0; column < columns; column++) drawn.ColumnPlaces[column] = 1 + random.Next(places);
        var hidden = Shuffled(random, columns);
        for (var row = 0; row < rows; row++)
        {
            var degree = (int)((long)edges * (row + 1) / rows - (long)edges * row / rows);
            foreach (var column in Some(random, degree, columns, hidden[row % columns])) drawn.Edges.Add((row, column, random.Next(1, most + 1)));
        }
        return drawn;
    }

    /// <summary>Points on a square, near ones preferred: who is central is wanted by all around.</summary>
    private static Drawn Geometric(int size, int nearest)
    {
        var random = new Random(20_262);
        var drawn = new Drawn(size, size, price: 10_000_000);
        var (rows, columns) = (Points(), Points());
        var side = (int)Math.Sqrt(size / (double)nearest);
        var cells = columns.Select((point, column) => (Cell: Cell(point), column)).ToLookup(one => one.Cell, one => one.column);
        var hidden = Shuffled(random, size);
        for (var row = 0; row < size; row++)
        {
            var (x, y) = Cell(rows[row]);
            var around = from dx in Enumerable.Range(-2, 5) from dy in Enumerable.Range(-2, 5) from column in cells[(x + dx, y + dy)] select column;
            var near = around.OrderBy(column => Distance(rows[row], columns[column])).ThenBy(column => column).Take(nearest).Append(hidden[row]).Distinct().Order();
            foreach (var column in near) drawn.Edges.Add((row, column, -Distance(rows[row], columns[column])));
        }
        return drawn;

        (int X, int Y)[] Points() => [.. Enumerable.Range(0, size).Select(_ => (random.Next(1_000_000), random.Next(1_000_000)))];
        (int, int) Cell((int X, int Y) point) => ((int)((long)point.X * side / 1_000_000), (int)((long)point.Y * side / 1_000_000));
        static int Distance((int X, int Y) one, (int X, int Y) other) => (int)Math.Round(double.Hypot(one.X - other.X, one.Y - other.Y));
    }

    private static Drawn Dense(int size, Func<Random, int, int, int> score)
    {
        var random = new Random(20_263);
        var drawn = new Drawn(size, size, price: 100_000_000);
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
                drawn.Edges.Add((row, column, score(random, row, column)));
        return drawn;
    }

    /// <summary>Only two scores, so that almost everything is tied.</summary>
    private static Drawn TwoCost(int size, int degree)
    {
        var random = new Random(20_264);
        var drawn = new Drawn(size, size, price: 1_000_000);
        var hidden = Shuffled(random, size);
        for (var row = 0; row < size; row++)
            foreach (var column in Some(random, degree, size, hidden[row])) drawn.Edges.Add((row, column, random.Next(10) == 0 ? -1 : -100));
        return drawn;
    }

    private static int[] Shuffled(Random random, int count)
    {
        var all = Enumerable.Range(0, count).ToArray();
        random.Shuffle(all);
        return all;
    }

    private static SortedSet<int> Some(Random random, int count, int of, int with)
    {
        var some = new SortedSet<int> { with };
        while (some.Count < Math.Min(count, of)) some.Add(random.Next(of));
        return some;
    }
}
