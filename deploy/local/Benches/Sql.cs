using Npgsql;

namespace Mentoring.Benches;

/// <summary>Statements with parameters by position.</summary>
internal static class Sql
{
    public static void Add(this NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        batch.BatchCommands.Add(command);
    }
}
