namespace Mentoring.Scheduling.Notes;

/// <summary>What was written about one session, sealed: by both together, or by one of the two for themselves alone.</summary>
/// <remarks>Never deleted while its session is there, only emptied: <see cref="Version"/> rises with every change, so none is overwritten unseen.</remarks>
public sealed class Note
{
    /// <summary>Characters.</summary>
    public const int LongestText = 20_000;

    public Guid SessionId { get; init; }

    /// <summary>Whose it is: the person's, or the pair's where both read and write it.</summary>
    public Guid OwnerId { get; init; }

    public required byte[] Sealed { get; set; }

    public DateTimeOffset WrittenAt { get; set; }

    public long Version { get; set; }

    /// <summary>As what its text is sealed.</summary>
    public static string What(Guid sessionId, Guid ownerId) => $"note {sessionId} {ownerId}";
}
