using System.Runtime.InteropServices;

namespace Mentoring.Assignment.Benchmarks;

/// <summary>An instance that was drawn, and can be written for each of those compared.</summary>
/// <param name="rows">One place each.</param>
/// <param name="columns">With <see cref="ColumnPlaces"/>.</param>
/// <param name="price">Of a row left empty.</param>
public sealed class Drawn(int rows, int columns, int price)
{
    public int[] ColumnPlaces { get; } = [.. Enumerable.Repeat(1, columns)];

    public List<(int Row, int Column, int Score)> Edges { get; } = [];

    /// <summary>
    /// Beside each other: <c>.bip</c>; the same as a minimum cost flow in DIMACS <c>.min</c>; and <c>.i32</c> with rows, columns and edges, then all rows, all columns and all costs of the edges.
    /// </summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var bip = new StreamWriter(path + ".bip"))
        {
            bip.WriteLine($"p bip {rows} {columns} {Edges.Count}");
            if (price != 0) bip.WriteLine($"u {price}");
            for (var column = 0; column < columns; column++)
                if (ColumnPlaces[column] != 1) bip.WriteLine($"k {column + 1} {ColumnPlaces[column]}");
            foreach (var (row, column, score) in Edges) bip.WriteLine($"e {row + 1} {column + 1} {score}");
        }
        using (var flow = new StreamWriter(path + ".min"))
        {
            if (rows == columns && !Array.Exists(ColumnPlaces, places => places != 1)) WriteAssignment(flow);
            else WriteFlow(flow);
        }
        using var raw = File.Create(path + ".i32");
        raw.Write(MemoryMarshal.AsBytes<int>([rows, columns, Edges.Count]));
        raw.Write(MemoryMarshal.AsBytes<int>(Edges.Select(edge => edge.Row).ToArray()));
        raw.Write(MemoryMarshal.AsBytes<int>(Edges.Select(edge => edge.Column).ToArray()));
        raw.Write(MemoryMarshal.AsBytes<int>(Edges.Select(edge => -edge.Score).ToArray()));
    }

    public Problem ToProblem()
    {
        var builder = new ProblemBuilder(rows, columns, Edges.Count);
        for (var row = 0; row < rows; row++) builder.PriceOfEmpty(row, price);
        for (var column = 0; column < columns; column++) builder.ColumnPlaces(column, ColumnPlaces[column]);
        foreach (var (row, column, score) in Edges) builder.Edge(row, column, score);
        return builder.Build();
    }

    /// <summary>Each row sends one and each column takes one: a network simplex takes many times as long when the same goes by a source and a sink.</summary>
    private void WriteAssignment(StreamWriter flow)
    {
        flow.WriteLine($"p min {rows + columns} {Edges.Count}");
        for (var row = 0; row < rows; row++) flow.WriteLine($"n {row + 1} 1");
        for (var column = 0; column < columns; column++) flow.WriteLine($"n {rows + column + 1} -1");
        foreach (var (row, column, score) in Edges) flow.WriteLine($"a {row + 1} {rows + column + 1} 0 1 {-score}");
    }

    /// <summary>From a source to a sink; what is left empty goes straight to the end.</summary>
    private void WriteFlow(StreamWriter flow)
    {
        var (source, sink) = (rows + columns + 1, rows + columns + 2);
        flow.WriteLine($"p min {sink} {Edges.Count + 2L * rows + columns}");
        flow.WriteLine($"n {source} {rows}");
        flow.WriteLine($"n {sink} {-rows}");
        for (var row = 0; row < rows; row++)
        {
            flow.WriteLine($"a {source} {row + 1} 0 1 0");
            flow.WriteLine($"a {row + 1} {sink} 0 1 {price}");
        }
        for (var column = 0; column < columns; column++)
            flow.WriteLine($"a {rows + column + 1} {sink} 0 {ColumnPlaces[column]} 0");
        foreach (var (row, column, score) in Edges)
            flow.WriteLine($"a {row + 1} {rows + column + 1} 0 1 {-score}");
    }
}
