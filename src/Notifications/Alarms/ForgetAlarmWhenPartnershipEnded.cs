using MassTransit;
using Mentoring.Contracts.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Alarms;

/// <summary>What has ended is no longer counted, and no late alarm goes out for it.</summary>
public sealed class ForgetAlarmWhenPartnershipEnded(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<PartnershipEnded>
{
    public async Task Consume(ConsumeContext<PartnershipEnded> context)
    {
        var (id, ct) = (context.Message.PartnershipId, context.CancellationToken);
        await inbox.Bury("momentum", id, ct);
        await inbox.Bury("momentum-step", id, ct);
        await db.Alarms.Where(a => a.PartnershipId == id).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
    }
}
