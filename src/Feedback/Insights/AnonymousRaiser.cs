namespace Mentoring.Feedback.Insights;

/// <summary>
/// That somebody, by pseudonym, is among those who have raised anonymous insights since the last batch: not which, not how many, not when.
/// Counting insights would not do, as one person could raise all but one of a batch and so know the other's words; the batch counts people.
/// Gone when the batch is shown.
/// </summary>
public sealed class AnonymousRaiser
{
    public required Guid ProgrammeId { get; init; }
    public required byte[] Pseudonym { get; init; }
}
