namespace Mentoring.Scheduling.Partnerships;

/// <summary>A version that another has replaced, as it stood then, signatures included. Kept as long as its pair.</summary>
public sealed class EarlierCharter
{
    public Guid PartnershipId { get; init; }

    /// <summary>The charter's, not the pair's.</summary>
    public int Version { get; init; }

    public required Charter Charter { get; init; }

    public static EarlierCharter Of(Partnership pair, Charter charter) => new() { PartnershipId = pair.Id, Version = charter.Version, Charter = charter };
}
