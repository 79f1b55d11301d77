using System.Text.Json;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Messaging;

/// <summary>What whoever runs the platform can see and do: never content, save of a message that failed.</summary>
public static class Operations
{
    internal static void MapOperations(this IEndpointRouteBuilder routes, string service)
    {
        var operations = routes.MapOperator($"/api/v1/operations/{service}");
        operations.MapGet("/outbox", Outbox);
        operations.MapPost("/republish", Republish);
        operations.MapGet("/dead-letters", List);
        operations.MapPost("/dead-letters/{id:guid}/requeue", Requeue);
    }

    public sealed record OutboxState(long Depth, double AgeSeconds);

    public sealed record RepublishRequest(Guid UnitId);

    public sealed record DeadLetter(Guid Id, string Queue, Guid? UnitId, string Type, string Reason, DateTimeOffset FailedAt, DateTimeOffset? RequeuedAt);

    private static async Task<OutboxState> Outbox(OutboxGauges gauges, CancellationToken ct)
    {
        await gauges.Measure(ct);
        return new OutboxState(gauges.Depth, gauges.AgeSeconds);
    }

    private static async Task<IResult> Republish(RepublishRequest request, IServiceScopeFactory scopes, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(request.UnitId);
        foreach (var owner in scope.ServiceProvider.GetServices<IRepublish>())
            await owner.Republish(ct);
        return Results.NoContent();
    }

    private static async Task<Page<DeadLetter>> List(PageRequest page, TenantDatabase database, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            select id, queue, unit_id, type, reason, failed_at, requeued_at from platform.dead_letters
            where $1::uuid is null or id < $1 order by id desc limit $2
            """);
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = (object?)page.AfterId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = page.Limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var items = new List<DeadLetter>();
        while (await reader.ReadAsync(ct))
        {
            items.Add(new DeadLetter(
                reader.GetGuid(0),
                reader.GetString(1),
                await reader.IsDBNullAsync(2, ct) ? null : reader.GetGuid(2),
                reader.GetString(3),
                reader.GetString(4),
                await reader.GetFieldValueAsync<DateTimeOffset>(5, ct),
                await reader.IsDBNullAsync(6, ct) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(6, ct)));
        }
        return Page.Of(items, page, item => Cursor.Of(item.Id));
    }

    private static async Task<IResult> Requeue(Guid id, TenantDatabase database, ISendEndpointProvider send, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var take = new Npgsql.NpgsqlCommand("""
            update platform.dead_letters set requeued_at = $2 where id = $1 and requeued_at is null returning queue, type, body, headers, unit_id
            """, connection);
        take.Parameters.Add(new Npgsql.NpgsqlParameter { Value = id });
        take.Parameters.Add(new Npgsql.NpgsqlParameter { Value = TimeProvider.System.GetUtcNow() });
        string queue, type, body, headers;
        Guid? unit;
        await using (var reader = await take.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct))
                return Problems.NotFound();
            (queue, type, body, headers) = (reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3));
            unit = await reader.IsDBNullAsync(4, ct) ? null : reader.GetGuid(4);
        }
        if (queue == "timer")
            await SetTimerAgain(connection, unit!.Value, type, key: headers, payload: body, ct);
        else
            await SendAgain(send, queue, type, body, unit, ct);
        await transaction.CommitAsync(ct);
        return Results.NoContent();
    }

    private static async Task SetTimerAgain(Npgsql.NpgsqlConnection connection, Guid unit, string name, string key, string payload, CancellationToken ct)
    {
        await using var set = new Npgsql.NpgsqlCommand("""
            insert into platform.timers (unit_id, name, key, due_at, payload, attempts) values ($1, $2, $3, $4, $5, 0) on conflict do nothing
            """, connection);
        set.Parameters.Add(new Npgsql.NpgsqlParameter { Value = unit });
        set.Parameters.Add(new Npgsql.NpgsqlParameter { Value = name });
        set.Parameters.Add(new Npgsql.NpgsqlParameter { Value = key });
        set.Parameters.Add(new Npgsql.NpgsqlParameter { Value = TimeProvider.System.GetUtcNow() });
        set.Parameters.Add(new Npgsql.NpgsqlParameter { Value = payload });
        await set.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The same message id, so that a queue that had it after all skips it.</summary>
    private static async Task SendAgain(ISendEndpointProvider send, string queue, string type, string body, Guid? unit, CancellationToken ct)
    {
        using var envelope = JsonDocument.Parse(body);
        var clr = FactType(type) ?? throw new InvalidOperationException($"'{type}' is not a fact of this version.");
        var fact = envelope.RootElement.GetProperty("message").Deserialize(clr, Wire.Json)!;
        var endpoint = await send.GetSendEndpoint(new Uri($"exchange:{queue}"));
        await endpoint.Send(fact, clr, Pipe.Execute<SendContext>(context =>
        {
            if (envelope.RootElement.TryGetProperty("messageId", out var messageId) && messageId.TryGetGuid(out var id))
                context.MessageId = id;
            context.Headers.Set(Wire.UnitHeader, unit?.ToString());
        }), ct);
    }

    /// <summary><c>urn:message:Mentoring.Contracts.Scheduling:SessionBooked</c> → the type.</summary>
    private static Type? FactType(string urn)
    {
        var name = urn.Replace("urn:message:", "", StringComparison.Ordinal).Replace(':', '.');
        return AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type is not null);
    }
}
