using MassTransit;
using Mentoring.Contracts.Feedback;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Insights;

/// <param name="Title">As raised.</param>
/// <param name="OwnerId">Who was to answer.</param>
public sealed record OverdueInsight(Guid ProgrammeId, string Title, Guid OwnerId, DateOnly DueOn) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [OwnerId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["insight"] = Title,
        ["owner"] = reader.NameOf(OwnerId),
        ["due"] = reader.Day(DueOn),
    };
}

/// <summary>To the sponsor, who answers for the programme.</summary>
public sealed class EscalateWhenInsightOverdue(NotificationsDb db, Postbox postbox) : IConsumer<InsightOverdue>
{
    public async Task Consume(ConsumeContext<InsightOverdue> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var programme = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == fact.ProgrammeId, ct) ?? throw NotYetHereException.For(context, "the programme");
        await postbox.Put(fact.InsightId, fact.Version, [(programme.SponsorId, new OverdueInsight(fact.ProgrammeId, fact.Title, fact.OwnerId, fact.DueOn))], ct);
        await db.SaveChangesAsync(ct);
    }
}
