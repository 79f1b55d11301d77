using MassTransit;
using Mentoring.Contracts.Participants;

namespace Mentoring.Gateway.SignOn;

/// <summary>
/// A role taken away stops working with the next request. Idempotent and blind to order: forgetting only makes the gateway ask again.
/// </summary>
internal sealed class ForgetWhenMembershipChanged(Memberships memberships) : IConsumer<MembershipChanged>
{
    public async Task Consume(ConsumeContext<MembershipChanged> context)
    {
        foreach (var identity in context.Message.Identities) await memberships.Forget(identity.Issuer, identity.Subject);
    }
}
