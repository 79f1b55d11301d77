using Mentoring.Notifications.Inbox;

namespace Mentoring.Notifications.Deliveries;

public enum DeliveryState
{
    Queued,
    Sent,
    Failed,
}

/// <summary>
/// One notice on its way to one mailbox. It holds neither the address nor the words: both are looked up when it is sent, so a new address
/// is used at once and a person who has left gets nothing.
/// </summary>
public sealed class Delivery
{
    public const string Email = "email";

    public required Guid Id { get; init; }

    public required Guid ItemId { get; init; }

    public InboxItem? Item { get; init; }

    public required Guid PersonId { get; init; }

    public required string Kind { get; init; }

    public DeliveryState State { get; private set; } = DeliveryState.Queued;

    /// <summary>Rises with each attempt that failed and each requeue.</summary>
    public long Version { get; private set; }

    /// <summary>How often the mail server put it off or refused it since it was last queued.</summary>
    public int Attempts { get; private set; }

    /// <summary>Why it was put off or has failed.</summary>
    public string? Code { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>The trace of the click behind it all: the sender goes on in it, hours later if need be.</summary>
    public string? TraceParent { get; init; }

    public void Sent(DateTimeOffset now) => (State, SentAt, Code) = (DeliveryState.Sent, now, null);

    public void Fail(string code) => (State, Code, Attempts, Version) = (DeliveryState.Failed, code, Attempts + 1, Version + 1);

    /// <summary>To be tried again, unless this was one attempt too many: then it has failed.</summary>
    /// <returns>How long to wait; null when it has failed.</returns>
    public TimeSpan? PutOff(string code, int mostAttempts)
    {
        (Code, Attempts, Version) = (code, Attempts + 1, Version + 1);
        if (Attempts < mostAttempts)
            return Backoff.After(Attempts);
        State = DeliveryState.Failed;
        return null;
    }

    /// <summary>False unless it has failed.</summary>
    public bool Requeue()
    {
        if (State is not DeliveryState.Failed)
            return false;
        (State, Attempts, Version) = (DeliveryState.Queued, 0, Version + 1);
        return true;
    }
}

/// <summary>
/// A delivery that is due: what the sender takes with <c>for update skip locked</c>. One sender serves all units, so this table stands in the
/// schema <c>platform</c>, which has no row security, and holds ids and a time and nothing else.
/// </summary>
public sealed class DeliveryJob
{
    public required Guid DeliveryId { get; init; }
    public required Guid UnitId { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    public static DeliveryJob For(Delivery delivery, Guid unitId, DateTimeOffset dueAt) => new() { DeliveryId = delivery.Id, UnitId = unitId, DueAt = dueAt };
}

/// <summary>Half a minute at first, four times as long each time, four hours at most.</summary>
public static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    public static TimeSpan After(int attempts)
    {
        var seconds = 30 * Math.Pow(4, Math.Clamp(attempts, 1, 10) - 1);
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }
}
