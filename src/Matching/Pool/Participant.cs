using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Pool;

/// <summary>A copy of someone's part in a programme.</summary>
public sealed class Participant
{
    internal const string Copy = "participant";

    /// <summary>The enrolment.</summary>
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required Guid PersonId { get; init; }
    public required Side Side { get; init; }
    public bool Prepared { get; set; }
    public bool Ready { get; set; }

    /// <summary>For a mentee, the wave.</summary>
    public string? Wave { get; set; }

    public required ParticipantSnapshot Snapshot { get; set; }
}
