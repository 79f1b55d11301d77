using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pairs;

/// <summary>Every open pair once more, and what the programme manager has to ask it.</summary>
internal sealed class RepublishPairs(MatchingDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        await foreach (var pair in db.Pairs.AsNoTracking().Where(pair => pair.EndedAt == null).OrderBy(pair => pair.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            outbox.Publish(pair.Formed());
            if (pair.AuthorityBroken)
                outbox.Publish(pair.Broken());
        }
        await db.SaveChangesAsync(ct);
    }
}
