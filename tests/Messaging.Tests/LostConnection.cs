using System.Data.Common;
using Mentoring.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Mentoring.Messaging.Tests;

/// <summary>Ends the server's side of a request's connection just before the request asks it for the n-th time; the header says which.</summary>
public sealed class LostConnection(IHttpContextAccessor http) : DbCommandInterceptor, IDbTransactionInterceptor
{
    public const string Header = "X-Lose-Connection-At";
    private int _asked;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await Ask(command.Connection!);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await Ask(command.Connection!);
        return result;
    }

    public async ValueTask<InterceptionResult> CreatingSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Ask(transaction.Connection!);
        return result;
    }

    public async ValueTask<InterceptionResult> ReleasingSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Ask(transaction.Connection!);
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Ask(transaction.Connection!);
        return result;
    }

    private async Task Ask(DbConnection connection)
    {
        if (http.HttpContext?.Request.Headers[Header] is not [{ } at] || ++_asked != int.Parse(at, null)) return;
        await using var source = NpgsqlDataSource.Create(Servers.Running.Postgres);
        await using var end = source.CreateCommand("select pg_terminate_backend($1, 10000)");
        end.Parameters.Add(new NpgsqlParameter { Value = ((NpgsqlConnection)connection).ProcessID });
        await end.ExecuteScalarAsync();
    }
}
