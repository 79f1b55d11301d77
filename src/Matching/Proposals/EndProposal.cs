using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;
using ITimer = Mentoring.Messaging.ITimer;

namespace Mentoring.Matching.Proposals;

/// <summary>In the morning, what does not proceed ends for everybody, whatever the cause.</summary>
internal sealed class EndProposal(MatchingDb db, Asking asking) : ITimer
{
    public static string Name => Asking.Ending;

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.Proposals.SingleOrDefaultAsync(proposal => proposal.Id == id, ct) is not { IsOpen: true, EndsAt: not null } proposal) return;
        await asking.End(proposal, ct);
        await db.SaveChangesAsync(ct);
    }
}
