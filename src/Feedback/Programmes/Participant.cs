using Mentoring.Contracts.Participants;

namespace Mentoring.Feedback.Programmes;

/// <summary>Someone who takes part in a programme, on one side; a copy. Gone when they withdraw.</summary>
public sealed class Participant
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required Guid PersonId { get; init; }
    public required Side Side { get; init; }
}

/// <summary>How a person stands in a programme: where a reciprocal programme has somebody on both sides, that is a group of its own.</summary>
public enum Standing
{
    Mentor,
    Mentee,
    Both,
}

public static class Standings
{
    /// <summary>Null for somebody who does not take part.</summary>
    public static Standing? Of(IReadOnlyCollection<Side> sides) => (sides.Contains(Side.Mentor), sides.Contains(Side.Mentee)) switch
    {
        (true, true) => Standing.Both,
        (true, false) => Standing.Mentor,
        (false, true) => Standing.Mentee,
        (false, false) => null,
    };

    public static bool IsOn(this Standing standing, Side side) => standing switch
    {
        Standing.Both => true,
        Standing.Mentor => side is Side.Mentor,
        Standing.Mentee => side is Side.Mentee,
    };
}
