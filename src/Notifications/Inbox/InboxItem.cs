namespace Mentoring.Notifications.Inbox;

/// <summary>One notice in one person's inbox.</summary>
public sealed class InboxItem
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>
    /// The order in this person's inbox; there may be gaps. Drawn from a row that stays locked until the item
    /// is committed, so whoever sees a number has every lower one: that is what makes a stream resumable.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>A <see cref="NoticeKind"/>.</summary>
    public required string Kind { get; init; }

    public required Guid AboutId { get; init; }

    /// <summary>Of the fact that told it; with recipient, kind and about the key that makes telling happen once.</summary>
    public required long Version { get; init; }

    /// <summary>The <see cref="Inbox.Notice"/> as JSON.</summary>
    public required string Notice { get; init; }

    /// <summary>Whose names it may contain, so that erasure finds it.</summary>
    public required Guid[] Named { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>The last number given out in one person's inbox.</summary>
public sealed class InboxCounter
{
    public required Guid PersonId { get; init; }
    public required long Last { get; init; }
}
