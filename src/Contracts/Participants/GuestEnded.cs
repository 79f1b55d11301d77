namespace Mentoring.Contracts.Participants;

/// <summary>A guest's part has ended, at either side's wish or by its expiry. Published under the other unit. A tombstone.</summary>
/// <param name="OfferId">The offer, the same on both sides.</param>
/// <param name="Version">Rises with every change of the offer.</param>
/// <param name="Erased">Home has erased the person: the host erases its guest too, also one whose part was over.</param>
public sealed record GuestEnded(Guid OfferId, long Version, bool Erased = false);
