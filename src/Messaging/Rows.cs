using Microsoft.EntityFrameworkCore;

namespace Mentoring.Messaging;

/// <summary>A fact that is still to be published; written in the same save as what it tells of.</summary>
public sealed class OutboxRow
{
    /// <summary>Rises as rows are written: the relay publishes roughly in this order.</summary>
    public long Id { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid UnitId { get; init; }

    /// <summary>CLR name and assembly of the fact.</summary>
    public required string Type { get; init; }
    public required string Body { get; init; }
    public string? TraceParent { get; init; }
    public string? TraceState { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A message that one queue has consumed; commits with the change it made.</summary>
public sealed class InboxRow
{
    public required Guid MessageId { get; init; }
    public required string Queue { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>The newest version a copy has taken of an aggregate; <see cref="long.MaxValue"/> is a tombstone.</summary>
public sealed class VersionRow
{
    public required Guid UnitId { get; init; }
    public required string Kind { get; init; }
    public required Guid Id { get; init; }
    public required long Version { get; init; }
}

/// <summary>Something due; deleted in the transaction of its effect.</summary>
public sealed class TimerRow
{
    public required Guid UnitId { get; init; }
    public required string Name { get; init; }
    public required string Key { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public required string Payload { get; set; }
    public string? TraceParent { get; set; }
    public int Attempts { get; set; }

    /// <summary>After a failed attempt: not again before this.</summary>
    public DateTimeOffset? NotBefore { get; set; }
}

/// <summary>The answer to a request with an Idempotency-Key; commits with the change it made.</summary>
public sealed class IdempotencyRow
{
    public required Guid UnitId { get; init; }
    public required string Caller { get; init; }
    public required string Key { get; init; }
    public required byte[] BodyHash { get; init; }
    public int Status { get; init; }
    public string? ContentType { get; init; }
    public string? Location { get; init; }
    public string? ETag { get; init; }
    public byte[]? Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A message or timer that failed for good; an operator looks at it and requeues it.</summary>
public sealed class DeadLetterRow
{
    public required Guid Id { get; init; }
    public required string Queue { get; init; }
    public Guid? UnitId { get; init; }
    public required string Type { get; init; }

    /// <summary>Every id in the body, so that erasure finds what concerns a person.</summary>
    public required Guid[] Ids { get; init; }
    public required string Body { get; init; }
    public required string Headers { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset FailedAt { get; init; }
    public DateTimeOffset? RequeuedAt { get; set; }
}

public static class MessagingTables
{
    /// <summary>The schema without row security; only Tenancy and Messaging touch it.</summary>
    public const string Schema = "platform";

    /// <summary>Adds outbox, inbox, versions, timers, idempotency and dead letters. Call last in <c>OnModelCreating</c>.</summary>
    public static void AddMessagingTables(this ModelBuilder model)
    {
        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox", Schema).HasKey(r => r.Id);
            row.Property(r => r.Id).HasColumnName("id").UseIdentityAlwaysColumn();
            row.Property(r => r.MessageId).HasColumnName("message_id");
            row.Property(r => r.UnitId).HasColumnName("unit_id");
            row.Property(r => r.Type).HasColumnName("type");
            row.Property(r => r.Body).HasColumnName("body");
            row.Property(r => r.TraceParent).HasColumnName("trace_parent");
            row.Property(r => r.TraceState).HasColumnName("trace_state");
            row.Property(r => r.CreatedAt).HasColumnName("created_at");
        });
        model.Entity<InboxRow>(row =>
        {
            row.ToTable("inbox", Schema).HasKey(r => new { r.MessageId, r.Queue });
            row.Property(r => r.MessageId).HasColumnName("message_id");
            row.Property(r => r.Queue).HasColumnName("queue");
            row.Property(r => r.ReceivedAt).HasColumnName("received_at");
            row.HasIndex(r => r.ReceivedAt).HasDatabaseName("ix_inbox_received_at");
        });
        model.Entity<VersionRow>(row =>
        {
            row.ToTable("versions", Schema).HasKey(r => new { r.UnitId, r.Kind, r.Id });
            row.Property(r => r.UnitId).HasColumnName("unit_id");
            row.Property(r => r.Kind).HasColumnName("kind");
            row.Property(r => r.Id).HasColumnName("id");
            row.Property(r => r.Version).HasColumnName("version");
        });
        model.Entity<TimerRow>(row =>
        {
            row.ToTable("timers", Schema).HasKey(r => new { r.UnitId, r.Name, r.Key });
            row.Property(r => r.UnitId).HasColumnName("unit_id");
            row.Property(r => r.Name).HasColumnName("name");
            row.Property(r => r.Key).HasColumnName("key");
            row.Property(r => r.DueAt).HasColumnName("due_at");
            row.Property(r => r.Payload).HasColumnName("payload");
            row.Property(r => r.TraceParent).HasColumnName("trace_parent");
            row.Property(r => r.Attempts).HasColumnName("attempts");
            row.Property(r => r.NotBefore).HasColumnName("not_before");
            row.HasIndex(r => r.DueAt).HasDatabaseName("ix_timers_due_at");
        });
        model.Entity<IdempotencyRow>(row =>
        {
            row.ToTable("idempotency", Schema).HasKey(r => new { r.UnitId, r.Caller, r.Key });
            row.Property(r => r.UnitId).HasColumnName("unit_id");
            row.Property(r => r.Caller).HasColumnName("caller");
            row.Property(r => r.Key).HasColumnName("key");
            row.Property(r => r.BodyHash).HasColumnName("body_hash");
            row.Property(r => r.Status).HasColumnName("status");
            row.Property(r => r.ContentType).HasColumnName("content_type");
            row.Property(r => r.Location).HasColumnName("location");
            row.Property(r => r.ETag).HasColumnName("etag");
            row.Property(r => r.Body).HasColumnName("body");
            row.Property(r => r.CreatedAt).HasColumnName("created_at");
            row.HasIndex(r => r.CreatedAt).HasDatabaseName("ix_idempotency_created_at");
        });
        model.Entity<DeadLetterRow>(row =>
        {
            row.ToTable("dead_letters", Schema).HasKey(r => r.Id);
            row.Property(r => r.Id).HasColumnName("id");
            row.Property(r => r.Queue).HasColumnName("queue");
            row.Property(r => r.UnitId).HasColumnName("unit_id");
            row.Property(r => r.Type).HasColumnName("type");
            row.Property(r => r.Ids).HasColumnName("ids");
            row.Property(r => r.Body).HasColumnName("body");
            row.Property(r => r.Headers).HasColumnName("headers");
            row.Property(r => r.Reason).HasColumnName("reason");
            row.Property(r => r.FailedAt).HasColumnName("failed_at");
            row.Property(r => r.RequeuedAt).HasColumnName("requeued_at");
            row.HasIndex(r => r.Ids).HasMethod("gin").HasDatabaseName("ix_dead_letters_ids");
        });
    }
}
