using Npgsql;

namespace Mentoring.Participants.Imports;

/// <summary>What one kind of file does to the unit. Runs in the import's transaction; saves nothing when it answers that it may not.</summary>
public interface ILoad
{
    Task<LoadOutcome> Load(Loading loading, CancellationToken ct);
}

/// <summary>An import that is being carried out.</summary>
/// <param name="Import">Its choices.</param>
/// <param name="Connection">In the import's transaction. The temporary tables <c>row_faults</c> and <c>row_notices</c> are there.</param>
/// <param name="Rows">The file. Counts what is read.</param>
public sealed record Loading(Import Import, NpgsqlConnection Connection, IAsyncEnumerable<ImportRow> Rows);

/// <summary>What came of it; bad rows are in <c>row_faults</c>, and good ones that may not be meant so in <c>row_notices</c>.</summary>
public sealed record LoadOutcome(long Added, long Changed, long Unchanged, long Left);
