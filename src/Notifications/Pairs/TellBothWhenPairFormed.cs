using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Pairs;

/// <param name="OtherId">The other of the two.</param>
/// <param name="Side">The reader's.</param>
/// <param name="Topics">What the mentor brings, in words.</param>
/// <param name="Reason">Why these two, a sentence both may read.</param>
/// <param name="TopicsBack">In a reciprocal programme, what the mentee brings, in words; otherwise null.</param>
public sealed record NewPair(
    Guid ProgrammeId, Guid OtherId, Side Side, IReadOnlyList<string> Topics, string Reason, IReadOnlyList<string>? TopicsBack = null) : Notice(ProgrammeId)
{
    public override IEnumerable<Guid> Named() => [OtherId];

    public override IReadOnlyDictionary<string, object?> Fill(Reader reader) => new Dictionary<string, object?>
    {
        ["other"] = reader.NameOf(OtherId),
        ["asMentor"] = Side == Side.Mentor,
        ["bothWays"] = TopicsBack is not null,
        ["topics"] = TopicsBack is null ? Topics : [.. Topics.Union(TopicsBack)],
        ["own"] = Side == Side.Mentor ? Topics : TopicsBack,
        ["others"] = Side == Side.Mentor ? TopicsBack : Topics,
        ["reason"] = Reason,
    };
}

public sealed class TellBothWhenPairFormed(NotificationsDb db, Postbox postbox) : IConsumer<PairFormed>
{
    /// <summary>A pair is formed once; facts that follow under a higher version are not news.</summary>
    private const long Once = 1;

    public async Task Consume(ConsumeContext<PairFormed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await postbox.Put(fact.PairId, Once, [(fact.MentorId, Notice(fact.MenteeId, Side.Mentor)), (fact.MenteeId, Notice(fact.MentorId, Side.Mentee))], ct);
        await db.SaveChangesAsync(ct);

        NewPair Notice(Guid other, Side side) => new(
            fact.ProgrammeId,
            other,
            side,
            [.. fact.Topics.Select(topic => topic.Label)],
            fact.Reason,
            fact.TopicsBack is { } back ? [.. back.Select(topic => topic.Label)] : null);
    }
}
