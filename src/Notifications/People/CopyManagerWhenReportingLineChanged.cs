using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.People;

/// <summary>
/// Shares the version counter of <see cref="PersonChanged"/>, but not the mark of what was taken: a newer line must not shut out the
/// person's other details of an older version.
/// </summary>
public sealed class CopyManagerWhenReportingLineChanged(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<ReportingLineChanged>
{
    public async Task Consume(ConsumeContext<ReportingLineChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("reporting-line", fact.PersonId, fact.Version, ct))
            return;
        Guid? manager = fact.Chain.Count > 0 ? fact.Chain[0] : null;
        await db.People.Where(p => p.Id == fact.PersonId && !p.Gone).ExecuteUpdateAsync(set => set.SetProperty(p => p.ManagerId, manager), ct);
        await db.SaveChangesAsync(ct);
    }
}
