using Mentoring.Messaging;

namespace Mentoring.Notifications.Deliveries;

/// <summary>There is mail for the sender.</summary>
public sealed class DeliverySignal : Signal;
