namespace Mentoring.Participants.Programmes;

/// <summary>A pair as Matching formed it: only what waves need to know.</summary>
public sealed class ProgrammePair
{
    public required Guid PairId { get; init; }
    public required Guid ProgrammeId { get; init; }

    /// <summary>Empty when its end was heard of before its beginning.</summary>
    public required string Wave { get; set; }

    public bool Ended { get; set; }
}

/// <summary>A session that was held, or was called held and was not. Kept one by one: facts arrive in any order and some twice.</summary>
public sealed class ProgrammeSession
{
    public required Guid SessionId { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required Guid PairId { get; init; }
    public required bool Held { get; set; }

    /// <summary>When it began; null while only its retraction is known, and for those older than this being kept.</summary>
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>The version of the session that said so; an older one changes nothing.</summary>
    public required long Version { get; set; }
}
