using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Pairs;

/// <summary>To whoever books for a mentee: times wait. Says for whom and when, and neither with whom nor what about.</summary>
/// <param name="ForId">The mentee.</param>
/// <param name="FirstAt">The first of the times; instant, UTC.</param>
/// <param name="Count">How many there are.</param>
public sealed record SeriesToBook(Guid ProgrammeId, Guid ForId, DateTimeOffset FirstAt, int Count) : Notice(ProgrammeId)
{
    /// <summary>Names the facts about it, of which only the newest is told.</summary>
    internal const string Kind = "series-reminder-delegates";

    public override IEnumerable<Guid> Named() => [ForId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["mentee"] = reader.NameOf(ForId),
        ["first"] = reader.When(FirstAt),
        ["count"] = Count,
        ["several"] = Count > 1,
    };
}

/// <summary>Apart from the mentee's reminder, as the two say different things and each recipient's counter is locked once.</summary>
public sealed class RemindDelegatesWhenSeriesUnconfirmed(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<SeriesUnconfirmed>
{
    public async Task Consume(ConsumeContext<SeriesUnconfirmed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest(SeriesToBook.Kind, fact.PartnershipId, fact.Version, ct))
            return;
        var notice = new SeriesToBook(fact.ProgrammeId, fact.MenteeId, fact.FirstAt, fact.Count);
        await postbox.Put(fact.PartnershipId, fact.Term, [.. (fact.Delegates ?? []).Distinct().Select(to => (to, (Notice)notice))], ct);
        await db.SaveChangesAsync(ct);
    }
}
