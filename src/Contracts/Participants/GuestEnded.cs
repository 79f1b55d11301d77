namespace Mentoring.Contracts.Participants;

/// <summary>A guest's part has ended, at either side's wish or by its expiry. Published under the other unit. A tombstone.</summary>
public sealed record GuestEnded(Guid OfferId, long Version);
