using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Proposals;

/// <summary>
/// No, in private: no reason is asked and none is kept, it leaves no trace that an expiry would not leave, and it ends when everything ends.
/// The two are not proposed to one another again.
/// </summary>
internal static class DeclineProposal
{
    public static async Task<IResult> Handle(Guid id, Caller caller, MatchingDb db, Asking asking, CancellationToken ct)
    {
        var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (proposal?.SideOf(caller.PersonId) is not { } side) return Problems.NotFound();
        if (proposal.AskedSide != side) return ProposalRefusals.NotOpen();
        await asking.EndNextMorning(proposal, ct);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }
}
