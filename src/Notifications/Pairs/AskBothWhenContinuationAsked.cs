using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Pairs;

/// <summary>Do you want to go on? Each is asked alone, in the same words, and neither answer is shown to the other.</summary>
/// <param name="OtherId">The other of the two.</param>
/// <param name="EndsAt">The planned end; instant, UTC.</param>
/// <param name="ClosingAt">Start of the closing session, UTC; null where none is booked.</param>
/// <param name="ClosingSlots">Then times that suit both: starts, UTC.</param>
public sealed record QuestionToGoOn(
    Guid ProgrammeId, Guid OtherId, DateTimeOffset EndsAt, DateTimeOffset? ClosingAt, IReadOnlyList<DateTimeOffset> ClosingSlots) : Notice(ProgrammeId)
{
    /// <summary>Names the partnership's facts about its planned end, of which only the newest is told.</summary>
    internal const string Kind = "planned-end";

    public override IEnumerable<Guid> Named() => [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(OtherId),
        ["end"] = reader.Day(EndsAt),
        ["closing"] = ClosingAt is { } closing ? reader.When(closing) : null,
        ["slots"] = ClosingSlots.Select(reader.When).ToList(),
    };
}

public sealed class AskBothWhenContinuationAsked(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<ContinuationAsked>
{
    public async Task Consume(ConsumeContext<ContinuationAsked> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest(QuestionToGoOn.Kind, fact.PartnershipId, fact.Version, ct))
            return;
        await postbox.Put(fact.PartnershipId, fact.Version, [(fact.MentorId, Notice(fact.MenteeId)), (fact.MenteeId, Notice(fact.MentorId))], ct);
        await db.SaveChangesAsync(ct);

        QuestionToGoOn Notice(Guid other) => new(fact.ProgrammeId, other, fact.EndsAt, fact.ClosingAt, fact.ClosingSlots);
    }
}
