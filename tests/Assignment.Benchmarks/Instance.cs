namespace Mentoring.Assignment.Benchmarks;

/// <summary>
/// A problem as it stands in a file: <c>.bip</c> of our own (maximise), DIMACS <c>.asn</c> or OR-Library <c>assign*.txt</c> (both minimise, and
/// every row must be placed).
/// </summary>
/// <remarks>
/// <c>.bip</c>: <c>p bip ROWS COLUMNS EDGES</c> first; then <c>r i places</c> and <c>k j places</c> (1 where absent), <c>u price</c> (what leaving one row
/// place empty costs, 0 where absent), <c>e i j score</c>; numbered from 1; <c>c</c> is a comment. DIMACS: the first implementation challenge
/// (1990–91). OR-Library: J. E. Beasley, Journal of the Operational Research Society 41 (1990).
/// </remarks>
public sealed class Instance
{
    private readonly bool _minimise;

    private Instance(Problem problem, bool minimise)
    {
        Problem = problem;
        _minimise = minimise;
    }

    public Problem Problem { get; }

    /// <summary>The same with some rows absent and other scores, one place a row and no price for leaving it empty.</summary>
    public Problem With(IReadOnlySet<int> absent, Func<int, int> score)
    {
        var builder = new ProblemBuilder(Problem.Rows, Problem.Columns, Problem.Edges);
        for (var column = 0; column < Problem.Columns; column++) builder.ColumnPlaces(column, Problem.PlacesOfColumn(column));
        for (var row = 0; row < Problem.Rows; row++)
        {
            if (absent.Contains(row)) builder.RowPlaces(row, 0);
            else foreach (var (column, worth) in EdgesOf(row)) builder.Edge(row, column, score(worth));
        }
        return builder.Build();
    }

    /// <summary>Where a row may go, and for which score.</summary>
    public IEnumerable<(int Column, int Score)> EdgesOf(int row)
    {
        var (first, end) = (Problem.EdgesOf(row).Start.Value, Problem.EdgesOf(row).End.Value);
        for (var edge = first; edge < end; edge++) yield return (Problem.ColumnOf(edge), Problem.ScoreOf(edge));
    }

    /// <summary>In the terms of the file: a sum of costs, or of scores less the price of empty places.</summary>
    public long ObjectiveOf(Solution solution) => _minimise ? -solution.Total : solution.Total;

    /// <summary>Why a solution does not answer what the file asks, though nothing better exists.</summary>
    public string? Missing(Solution solution) =>
        _minimise && solution.Edges.Count < Problem.Rows ? $"only {solution.Edges.Count} of {Problem.Rows} rows can be placed" : null;

    /// <exception cref="InvalidDataException">The file is not what it says; the message names the line.</exception>
    public static Instance Read(string file)
    {
        using var stream = File.OpenRead(file);
        var lines = new Lines(stream, Path.GetFileName(file));
        try
        {
            return Path.GetExtension(file) switch
            {
                ".bip" => ReadBip(lines),
                ".asn" => ReadAsn(lines),
                ".txt" => ReadOrLibrary(lines),
                var other => throw new InvalidDataException($"'{other}' is not a known format: .bip, .asn or .txt."),
            };
        }
        catch (OutOfMemoryException)
        {
            throw lines.Wrong("more than fits into memory is announced");
        }
        catch (ArgumentException e)
        {
            throw WhatIsThereTwice(file) ?? lines.Wrong(e.Message);
        }
    }

    /// <summary>The first line that joins what an earlier one has joined: only looked for when there is one, since it takes a memory of all lines.</summary>
    private static InvalidDataException? WhatIsThereTwice(string file)
    {
        using var stream = File.OpenRead(file);
        var lines = new Lines(stream, Path.GetFileName(file));
        var seen = new HashSet<(int, int)>();
        while (lines.Next())
        {
            if (lines.Kind is 'e' or 'a' && (lines.Int(), lines.Int()) is var (from, to) && !seen.Add((from, to)))
                return lines.Wrong($"{from} and {to} were joined before");
            lines.Pass();
        }
        return null;
    }

    private static Instance ReadBip(Lines lines)
    {
        ProblemBuilder? builder = null;
        int rows = 0, columns = 0, edges = 0, seen = 0, price = 0;
        while (lines.Next())
        {
            if (lines.Kind is 'c') continue;
            if (builder is null)
            {
                lines.Expect('p', "bip");
                (rows, columns, edges) = (lines.Int(0), lines.Int(0), lines.Int(0));
                builder = new ProblemBuilder(rows, columns, edges);
                continue;
            }
            switch (lines.Kind)
            {
                case 'r':
                    builder.RowPlaces(lines.Int(1, rows) - 1, lines.Int(0));
                    break;
                case 'k':
                    builder.ColumnPlaces(lines.Int(1, columns) - 1, lines.Int(0));
                    break;
                case 'u':
                    price = lines.Int();
                    break;
                case 'e':
                    if (++seen > edges) throw lines.Wrong($"more than the {edges} edges announced");
                    builder.Edge(lines.Int(1, rows) - 1, lines.Int(1, columns) - 1, lines.Int());
                    break;
                default:
                    throw lines.Wrong("a line begins with p, r, k, u, e or c");
            }
        }
        if (builder is null) throw lines.Wrong("a 'p bip' line comes first");
        if (seen < edges) throw lines.Wrong($"{seen} edges instead of the {edges} announced");
        for (var row = 0; row < rows; row++) builder.PriceOfEmpty(row, price);
        return Build(builder, minimise: false);
    }

    private static Instance ReadAsn(Lines lines)
    {
        int nodes = 0, arcs = 0, seen = 0;
        var rowOf = Array.Empty<int>();
        int rows = 0, columns = 0;
        ProblemBuilder? builder = null;
        while (lines.Next())
        {
            if (lines.Kind is 'c') continue;
            if (nodes == 0)
            {
                lines.Expect('p', "asn");
                (nodes, arcs) = (lines.Int(1), lines.Int(0));
                rowOf = new int[nodes + 1];
                continue;
            }
            switch (lines.Kind)
            {
                case 'n' when builder is null:
                    var source = lines.Int(1, nodes);
                    if (rowOf[source] != 0) throw lines.Wrong($"node {source} is there twice");
                    rowOf[source] = ++rows;
                    break;
                case 'a':
                    builder ??= Begin();
                    if (++seen > arcs) throw lines.Wrong($"more than the {arcs} arcs announced");
                    var (from, to, cost) = (lines.Int(1, nodes), lines.Int(1, nodes), lines.Int());
                    if (rowOf[from] <= 0) throw lines.Wrong($"node {from} was not named as a source");
                    if (rowOf[to] > 0) throw lines.Wrong($"node {to} is a source itself");
                    if (cost == int.MinValue) throw lines.Wrong("the cost is too small");
                    builder.Edge(rowOf[from] - 1, -rowOf[to] - 1, -cost);
                    break;
                default:
                    throw lines.Wrong("a line begins with p, n, a or c, and all n come before the first a");
            }
        }
        if (nodes == 0) throw lines.Wrong("a 'p asn' line comes first");
        if (seen < arcs) throw lines.Wrong($"{seen} arcs instead of the {arcs} announced");
        return Build(builder ?? Begin(), minimise: true);

        ProblemBuilder Begin()
        {
            for (var node = 1; node <= nodes; node++)
                if (rowOf[node] == 0) rowOf[node] = -++columns;
            return new ProblemBuilder(rows, columns, arcs);
        }
    }

    private static Instance ReadOrLibrary(Lines lines)
    {
        var size = lines.Number(1, 30_000);
        var builder = new ProblemBuilder(size, size, checked(size * size));
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
                builder.Edge(row, column, -lines.Number(-int.MaxValue));
        if (!lines.AtEnd()) throw lines.Wrong($"more than {size} × {size} costs");
        return Build(builder, minimise: true);
    }

    private static Instance Build(ProblemBuilder builder, bool minimise)
    {
        if (minimise) builder.PrioritiseAll();
        return new Instance(builder.Build(), minimise);
    }
}
