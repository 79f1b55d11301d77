using MassTransit;
using Mentoring.Contracts.Feedback;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Programmes;
using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Reviews;

/// <param name="Green">Every gate is.</param>
/// <param name="Red">What was read at the gates that are not, in words.</param>
public sealed record PublishedReview(Guid ProgrammeId, bool Green, IReadOnlyList<string> Red) : Notice(ProgrammeId)
{
    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["green"] = Green,
        ["red"] = Red,
    };
}

public sealed class TellManagersWhenReviewPublished(NotificationsDb db, Postbox postbox) : IConsumer<ReviewPublished>
{
    public async Task Consume(ConsumeContext<ReviewPublished> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await db.Programmes.AnyAsync(p => p.Id == fact.ProgrammeId, ct))
            throw NotYetHereException.For(context, "the programme");
        var notice = new PublishedReview(fact.ProgrammeId, fact.Green, [.. fact.Gates.Where(gate => !gate.Green).Select(gate => gate.Words)]);
        var managers = await Managers.Of(db, fact.ProgrammeId, ct);
        await postbox.Put(fact.ReviewId, fact.Version, [.. managers.Select(id => (id, (Notice)notice))], ct);
        await db.SaveChangesAsync(ct);
    }
}
