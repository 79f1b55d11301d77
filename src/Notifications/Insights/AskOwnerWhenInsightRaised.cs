using MassTransit;
using Mentoring.Contracts.Feedback;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Insights;

/// <param name="Title">As raised.</param>
public sealed record OwnedInsight(Guid ProgrammeId, string Title, DateOnly? DueOn) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["insight"] = Title,
        ["due"] = DueOn is { } due ? reader.Day(due) : null,
    };
}

/// <summary>Nobody while it has no owner; and not an owner who is one no longer.</summary>
public sealed class AskOwnerWhenInsightRaised(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<InsightRaised>
{
    public async Task Consume(ConsumeContext<InsightRaised> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("insight", fact.InsightId, fact.Version, ct))
            return;
        if (fact.OwnerId is { } owner)
            await postbox.Put(fact.InsightId, fact.Version, [(owner, new OwnedInsight(fact.ProgrammeId, fact.Title, fact.DueOn))], ct);
        await db.SaveChangesAsync(ct);
    }
}
