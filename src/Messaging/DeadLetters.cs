using System.Text;
using System.Text.Json;
using MassTransit;
using Mentoring.Tenancy;
using Npgsql;

namespace Mentoring.Messaging;

/// <summary>
/// Writes what failed for good into <c>platform.dead_letters</c>, instead of a queue nobody looks into. When even that fails the message
/// goes back to its queue.
/// </summary>
internal sealed class DeadLetters(TenantDatabase database) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        await Write(context, context.Exception.GetBaseException().GetType().FullName ?? "failure");
        context.AddOrUpdatePayload(() => new Written(), written => written);
        await next.Send(context);
    }

    /// <summary>For the queue of messages that were redelivered too often, and for messages no reaction takes.</summary>
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        // A failure before the reaction itself comes by here too, after it was written above.
        if (!context.HasPayloadType(typeof(Written)))
            await Write(context, "undeliverable");
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("dead-letters");

    private async Task Write(ReceiveContext context, string reason)
    {
        var body = Encoding.UTF8.GetString(context.GetBody());
        var headers = context.TransportHeaders.GetAll().ToDictionary(header => header.Key, header => header.Value?.ToString());
        var (type, unit) = Envelope(body);
        await using var command = database.Source.CreateCommand("""
            insert into platform.dead_letters (id, queue, unit_id, type, ids, body, headers, reason, failed_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        var queue = context.InputAddress.AbsolutePath.Split('/')[^1];
        command.Parameters.Add(new NpgsqlParameter { Value = Guid.CreateVersion7() });
        command.Parameters.Add(new NpgsqlParameter { Value = queue });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)unit ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = type });
        command.Parameters.Add(new NpgsqlParameter { Value = Wire.IdsIn(body) });
        command.Parameters.Add(new NpgsqlParameter { Value = body });
        command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(headers) });
        command.Parameters.Add(new NpgsqlParameter { Value = reason });
        command.Parameters.Add(new NpgsqlParameter { Value = TimeProvider.System.GetUtcNow() });
        await command.ExecuteNonQueryAsync(context.CancellationToken);
        Telemetry.DeadLetters.Add(1, new KeyValuePair<string, object?>("queue", queue));
    }

    private sealed class Written;

    private static (string Type, Guid? Unit) Envelope(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var type = json.RootElement.TryGetProperty("messageType", out var types) && types.ValueKind is JsonValueKind.Array && types.GetArrayLength() > 0
                ? types[0].GetString() ?? "unknown"
                : "unknown";
            Guid? unit = json.RootElement.TryGetProperty("headers", out var headers) && headers.ValueKind is JsonValueKind.Object
                && headers.TryGetProperty(Wire.UnitHeader, out var value) && value.ValueKind is JsonValueKind.String && value.TryGetGuid(out var id)
                ? id
                : null;
            return (type, unit);
        }
        catch (JsonException)
        {
            return ("malformed", null);
        }
    }
}
