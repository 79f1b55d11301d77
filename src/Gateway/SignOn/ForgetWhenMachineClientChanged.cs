using MassTransit;
using Mentoring.Contracts.Participants;

namespace Mentoring.Gateway.SignOn;

/// <summary>
/// A revoked token stops working with the next request. Idempotent and blind to order: forgetting only makes the gateway ask again.
/// </summary>
internal sealed class ForgetWhenMachineClientChanged(Memberships memberships) : IConsumer<MachineClientChanged>
{
    public async Task Consume(ConsumeContext<MachineClientChanged> context)
    {
        foreach (var identity in context.Message.Identities) await memberships.Forget(identity.Issuer, identity.Subject);
    }
}
