namespace Mentoring.Scheduling.Sessions;

/// <summary>
/// A calendar subscribes to one person's sessions by a secret link, which can be taken back. One a person: a new link replaces the old.
/// </summary>
public sealed class SessionFeed
{
    public Guid PersonId { get; init; }

    /// <summary>Of the link, which is kept nowhere.</summary>
    public required byte[] Hash { get; init; }

    public DateTimeOffset OpenedAt { get; init; }
}
