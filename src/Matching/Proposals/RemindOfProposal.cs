using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;
using ITimer = Mentoring.Messaging.ITimer;

namespace Mentoring.Matching.Proposals;

/// <summary>On the last day to answer, whoever is asked is asked once more.</summary>
internal sealed class RemindOfProposal(MatchingDb db, Asking asking) : ITimer
{
    public static string Name => Asking.Reminder;

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.Proposals.SingleOrDefaultAsync(proposal => proposal.Id == id, ct) is { IsOpen: true, EndsAt: null } proposal)
            await asking.AskAgain(proposal, ct);
    }
}
