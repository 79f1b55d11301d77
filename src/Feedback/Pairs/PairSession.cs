using Mentoring.Contracts.Participants;

namespace Mentoring.Feedback.Pairs;

/// <summary>What became of a session.</summary>
public enum SessionState
{
    Booked,
    Held,

    /// <summary>Was called held, and the other side said it was not.</summary>
    NotHeld,
    Cancelled,
    Missed,
}

/// <summary>A session of a pair; a copy. Enough to know who may reflect on it and to count it in the review.</summary>
public sealed class PairSession
{
    public required Guid Id { get; init; }
    public required Guid PairId { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required Guid MentorId { get; init; }
    public required Guid MenteeId { get; init; }
    public required DateTimeOffset StartsAt { get; set; }
    public required SessionState State { get; set; }

    /// <summary>Whose side cancelled or missed it.</summary>
    public Side? BySide { get; set; }
}
