using Mentoring.Contracts.Participants;

namespace Mentoring.Feedback.Pairs;

/// <summary>Two people who met or are to meet; a copy. Its formation and its end come from two services and in any order.</summary>
public sealed class Pair
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required Guid MentorId { get; init; }
    public required Guid MenteeId { get; init; }

    /// <summary>Whether it has gone on after a planned end; null while it has reached none.</summary>
    public bool? Continued { get; set; }

    /// <summary>When Feedback learnt of it; null while only its end is known.</summary>
    public DateTimeOffset? FormedAt { get; set; }
    public bool Ended { get; set; }

    /// <summary>Null for somebody who is not one of the two.</summary>
    public Side? SideOf(Guid personId) => personId == MentorId ? Side.Mentor : personId == MenteeId ? Side.Mentee : null;
}

/// <summary>A proposal that ended without a pair. Whose it was is not kept: the review needs the number alone.</summary>
public sealed class LostProposal
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
}
