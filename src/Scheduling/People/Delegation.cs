namespace Mentoring.Scheduling.People;

/// <summary>Somebody books for a mentee: a copy, fed by Participants.</summary>
public sealed class Delegation
{
    public Guid MenteeId { get; init; }

    public Guid DelegateId { get; init; }
}
