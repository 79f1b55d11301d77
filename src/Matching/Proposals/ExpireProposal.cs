using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;
using ITimer = Mentoring.Messaging.ITimer;

namespace Mentoring.Matching.Proposals;

/// <summary>Three working days without an answer end a proposal, like a decline.</summary>
internal sealed class ExpireProposal(MatchingDb db, Asking asking) : ITimer
{
    public static string Name => Asking.Expiry;

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.Proposals.SingleOrDefaultAsync(proposal => proposal.Id == id, ct) is not { IsOpen: true, EndsAt: null } proposal) return;
        await asking.EndNextMorning(proposal, ct);
        await db.SaveChangesAsync(ct);
    }
}
