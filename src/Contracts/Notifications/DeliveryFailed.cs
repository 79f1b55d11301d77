namespace Mentoring.Contracts.Notifications;

/// <summary>A message could not be delivered after every retry.</summary>
/// <param name="Channel"><c>email</c>.</param>
/// <param name="Code">Why, as a stable code.</param>
public sealed record DeliveryFailed(Guid DeliveryId, long Version, Guid PersonId, string Channel, string Code);
