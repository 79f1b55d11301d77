using Mentoring.Matching.Proposals;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pairs;

/// <summary>What ends when someone is no longer there: open proposals without a pair, pairs by being dissolved; their places are free.</summary>
internal sealed class Leaving(MatchingDb db, Asking asking, Outbox outbox, TimeProvider clock)
{
    /// <summary>
    /// Ends those of a person's open proposals and pairs that the conditions name; part of the next save. Proposals end in the morning like
    /// every other, save where nothing of the person may stay.
    /// </summary>
    public async Task EndAll(Func<Proposal, bool> which, Func<Pair, bool> whichPairs, Guid personId, bool atOnce, CancellationToken ct)
    {
        var proposals = await db.Proposals
            .Where(p => (p.MentorId == personId || p.MenteeId == personId)
                && (p.State == ProposalState.AskingFirst || p.State == ProposalState.AskingSecond)).ToListAsync(ct);
        foreach (var proposal in proposals.Where(which)) await (atOnce ? asking.End(proposal, ct) : asking.EndNextMorning(proposal, ct));

        var pairs = await db.Pairs.Where(p => (p.MentorId == personId || p.MenteeId == personId) && p.EndedAt == null).ToListAsync(ct);
        foreach (var pair in pairs.Where(whichPairs))
        {
            pair.End(clock.GetUtcNow());
            outbox.Publish(pair.Dissolved());
            await asking.FreePlaces(pair.Id, ct);
        }
    }
}
