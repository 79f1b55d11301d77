namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Whether one of the two wants to go on. A row of its own, without a time: neither the partnership's version nor anything else the other may
/// read changes with it, and it goes as soon as it has been counted.
/// </summary>
public sealed class ContinuationAnswer
{
    public Guid PartnershipId { get; init; }

    public Guid PersonId { get; init; }

    public bool GoesOn { get; set; }
}
