using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Pairs;

/// <summary>Both wanted to, so it goes on.</summary>
/// <param name="OtherId">The other of the two.</param>
/// <param name="EndsAt">The next planned end; instant, UTC.</param>
/// <param name="ReviewAt">When the two look at their charter; instant, UTC.</param>
public sealed record PairGoesOn(Guid ProgrammeId, Guid OtherId, DateTimeOffset EndsAt, DateTimeOffset? ReviewAt) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(OtherId),
        ["end"] = reader.Day(EndsAt),
        ["review"] = ReviewAt is { } review ? reader.Day(review) : null,
    };
}

/// <summary>Where it is over instead, the end itself tells so, in words that are the same whatever was answered.</summary>
public sealed class TellBothWhenPlannedEndReached(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<PlannedEndReached>
{
    public async Task Consume(ConsumeContext<PlannedEndReached> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (fact.EndsAt is not { } endsAt || !await inbox.IsNewest(QuestionToGoOn.Kind, fact.PartnershipId, fact.Version, ct))
            return;
        // Told anew with a later version, it is still the same term that began.
        await postbox.Put(fact.PartnershipId, fact.Term, [(fact.MentorId, Notice(fact.MenteeId)), (fact.MenteeId, Notice(fact.MentorId))], ct);
        await db.SaveChangesAsync(ct);

        PairGoesOn Notice(Guid other) => new(fact.ProgrammeId, other, endsAt, fact.ReviewAt);
    }
}
