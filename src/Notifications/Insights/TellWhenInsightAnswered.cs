using MassTransit;
using Mentoring.Contracts.Feedback;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Insights;

/// <param name="Title">As raised.</param>
/// <param name="OwnerId">Who answered.</param>
/// <param name="Answer"><c>done</c>, <c>planned</c> or <c>declined</c>.</param>
public sealed record AnsweredInsight(Guid ProgrammeId, string Title, Guid OwnerId, string Answer) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [OwnerId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["insight"] = Title,
        ["owner"] = reader.NameOf(OwnerId),
        ["answer"] = reader.WordFor("answer", Answer),
    };
}

/// <summary>News of the public board for everybody in the programme; in the inbox alone, so that no single mail points at whoever raised it.</summary>
public sealed class TellWhenInsightAnswered(NotificationsDb db, Postbox postbox) : IConsumer<InsightAnswered>
{
    public async Task Consume(ConsumeContext<InsightAnswered> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var people = await db.Participants.Where(p => p.ProgrammeId == fact.ProgrammeId).Select(p => p.PersonId).Distinct().ToListAsync(ct);
        var notice = new AnsweredInsight(fact.ProgrammeId, fact.Title, fact.OwnerId, fact.Answer);
        await postbox.Put(fact.InsightId, fact.Version, [.. people.Select(id => (id, (Notice)notice))], ct);
        await db.SaveChangesAsync(ct);
    }
}
