using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Suggestions;

/// <summary>Somebody asks for somebody, from suggestions: weighed by a self-chosen run, and shown to the other by nothing.</summary>
public sealed class Wish
{
    public required Guid ProgrammeId { get; init; }

    /// <summary>On which side the one stands who asks.</summary>
    public required Side Side { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>From 1, the most wanted.</summary>
    public required int Rank { get; init; }
    public required Guid OtherId { get; init; }
}
