using System.Diagnostics;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Proposals;

/// <summary>
/// Neither yes nor no yet: all there is to know, and three working days anew, once for each who is asked. Nobody else is told, so that
/// hesitating shows no more than taking one's time.
/// </summary>
internal static class AskForMore
{
    public static async Task<IResult> Handle(Guid id, Caller caller, MatchingDb db, Asking asking, CancellationToken ct)
    {
        var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (proposal?.SideOf(caller.PersonId) is not { } side) return Problems.NotFound();
        switch (proposal.AskForMore(side))
        {
            case ProposalAnswer.HasMoreTime:
                await asking.Await(proposal, await asking.WorkingDayOf(proposal, ct), ct);
                await db.SaveChangesAsync(ct);
                return Results.Ok(await ProposalReads.Full(proposal, side, db, ct));
            case ProposalAnswer.NotOpen:
                return ProposalRefusals.NotOpen();
            case ProposalAnswer.MoreWasAsked:
                return ProposalRefusals.MoreWasAsked();
            case var answer:
                throw new UnreachableException($"Asking for more does not lead to {answer}.");
        }
    }
}
