using System.Diagnostics;
using Mentoring.Matching.Pairs;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Proposals;

/// <summary>Yes. The junior's leads to the senior being asked, the senior's to the pair.</summary>
internal static class AcceptProposal
{
    /// <param name="ConfirmsNoAuthority">
    /// The mentee of a pair in one reporting line confirms having no part in the mentor's pay, appraisal or promotion.
    /// </param>
    public sealed record AcceptProposalRequest(bool ConfirmsNoAuthority = false);

    public static async Task<IResult> Handle(
        Guid id, AcceptProposalRequest? request, Caller caller, MatchingDb db, Asking asking, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Id == id, ct);
        if (proposal?.SideOf(caller.PersonId) is not { } side) return Problems.NotFound();

        var answer = proposal.Accept(side, request?.ConfirmsNoAuthority ?? false);
        switch (answer)
        {
            case ProposalAnswer.OtherIsAsked:
                await asking.Ask(proposal, await asking.WorkingDayOf(proposal, ct), ct);
                break;
            case ProposalAnswer.BothAccepted:
                var pair = Pair.From(proposal, clock.GetUtcNow());
                db.Pairs.Add(pair);
                outbox.Publish(pair.Formed());
                await asking.StopWaiting(proposal, ct);
                break;
            case ProposalAnswer.NotOpen:
                return ProposalRefusals.NotOpen();
            case ProposalAnswer.AuthorityConfirmationMissing:
                return ProposalRefusals.AuthorityConfirmationMissing();
            case ProposalAnswer.HasMoreTime or ProposalAnswer.MoreWasAsked:
                throw new UnreachableException("Accepting does not ask for more.");
            default:
                throw new UnreachableException($"An answer without a meaning: {answer}.");
        }
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }
}
