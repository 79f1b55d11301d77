using MassTransit;
using Mentoring.Contracts.Matching;

namespace Mentoring.Feedback.Pairs;

public sealed class CountPairWhenPairFormed(FeedbackDb db, TimeProvider clock) : IConsumer<PairFormed>
{
    public async Task Consume(ConsumeContext<PairFormed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var pair = await PairCopy.Find(fact.PairId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, db, ct);
        pair.FormedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
    }
}

internal static class PairCopy
{
    /// <summary>The pair, made if this is the first that is heard of it: an end may arrive before the beginning.</summary>
    public static async Task<Pair> Find(Guid id, Guid programmeId, Guid mentorId, Guid menteeId, FeedbackDb db, CancellationToken ct)
    {
        if (await db.FindInUnit<Pair>(id, ct) is { } known)
            return known;
        var pair = new Pair { Id = id, ProgrammeId = programmeId, MentorId = mentorId, MenteeId = menteeId };
        db.Add(pair);
        return pair;
    }
}
