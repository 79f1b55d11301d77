namespace Mentoring.Contracts.Participants;

/// <summary>A host has admitted a guest. Published under the home unit, which sees where its people take part.</summary>
/// <param name="OfferId">The offer it answers.</param>
/// <param name="Version">Rises with every change of the offer.</param>
/// <param name="HostUnitId">Where the guest takes part.</param>
/// <param name="Sponsor">Who answers for the guest at the host: a name.</param>
/// <param name="Expires">When it ends by itself.</param>
public sealed record GuestAdmitted(Guid OfferId, long Version, Guid HostUnitId, string Sponsor, DateTimeOffset Expires);
