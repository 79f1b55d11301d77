namespace Mentoring.Contracts.Participants;

/// <summary>The home unit would offer somebody to a host and asks the person first: nothing leaves home without that yes.</summary>
/// <param name="OfferId">What is asked about; the person reads terms and snapshot there.</param>
/// <param name="Version">Rises with every change of the offer.</param>
/// <param name="PersonId">Who is asked.</param>
/// <param name="HostUnitName">As shown to the person.</param>
public sealed record GuestAsked(Guid OfferId, long Version, Guid PersonId, string HostUnitName);
