using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Pairs;

/// <summary>Times are proposed and nobody has booked them yet: a kind word, once.</summary>
/// <param name="OtherId">The other of the two.</param>
/// <param name="FirstAt">The first of the times; instant, UTC.</param>
/// <param name="Count">How many there are.</param>
public sealed record UnconfirmedSeries(Guid ProgrammeId, Guid OtherId, DateTimeOffset FirstAt, int Count) : Notice(ProgrammeId)
{
    /// <summary>Names the facts about it, of which only the newest is told.</summary>
    internal const string Kind = "series-reminder";

    public override IEnumerable<Guid> Named() => [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(OtherId),
        ["first"] = reader.When(FirstAt),
        ["count"] = Count,
        ["several"] = Count > 1,
    };
}

/// <summary>The mentee, whose it is to book; the mentor neither asked for it nor hears of it. Whoever books for the mentee is told apart.</summary>
public sealed class RemindMenteeWhenSeriesUnconfirmed(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<SeriesUnconfirmed>
{
    public async Task Consume(ConsumeContext<SeriesUnconfirmed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest(UnconfirmedSeries.Kind, fact.PartnershipId, fact.Version, ct))
            return;
        // Told anew with a later version, it is still the series of the same term.
        await postbox.Put(fact.PartnershipId, fact.Term, [(fact.MenteeId, new UnconfirmedSeries(fact.ProgrammeId, fact.MentorId, fact.FirstAt, fact.Count))], ct);
        await db.SaveChangesAsync(ct);
    }
}
