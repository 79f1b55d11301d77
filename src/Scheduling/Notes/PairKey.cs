namespace Mentoring.Scheduling.Notes;

/// <summary>The key under which all that a pair writes is sealed, itself sealed under a master key. Where it goes, nothing of that can be read again.</summary>
public sealed class PairKey
{
    public Guid PartnershipId { get; init; }

    public required byte[] Sealed { get; set; }
}
