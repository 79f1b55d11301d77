namespace Mentoring.Assignment;

/// <summary>A choice of edges and the prices that prove it best.</summary>
/// <param name="Edges">The chosen edges, rising.</param>
/// <param name="PriorityServed">How many priority rows have at least one place filled.</param>
/// <param name="Total">The scores of the chosen edges less the price of each empty row place.</param>
/// <param name="RowPrices">The dual of a row: what one more unit at this row would be worth.</param>
/// <param name="ColumnPrices">The dual of a column, never negative: what one more place there would be worth; 0 where one is free.</param>
public sealed record Solution(
    IReadOnlyList<int> Edges,
    int PriorityServed,
    long Total,
    IReadOnlyList<long> RowPrices,
    IReadOnlyList<long> ColumnPrices);

/// <summary>How far a solve has come, in row places.</summary>
public readonly record struct SolveProgress(long Done, long Total);
