using Mentoring.Contracts.Participants;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>That somebody has finished the preparation of one side in a programme; a copy, fed by Participants.</summary>
public sealed class Preparation
{
    public Guid ProgrammeId { get; init; }

    public Guid PersonId { get; init; }

    public Side Side { get; init; }
}

/// <summary>Which of the two are prepared.</summary>
public readonly record struct Prepared(bool Mentor, bool Mentee)
{
    public bool Both => Mentor && Mentee;
}
