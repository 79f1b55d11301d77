using System.Diagnostics;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pairs;
using Mentoring.Matching.Pool;
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

        // A large run takes a while to approve, and whatever ends proposals meanwhile does not see those that are just being made.
        if (proposal.AskedSide == side && !await StillHolds(proposal, db, ct))
        {
            await asking.EndNextMorning(proposal, ct);
            await db.SaveChangesAsync(ct);
            return ProposalRefusals.NotOpen();
        }
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

    /// <summary>Both still take part, and neither stands above the other by now.</summary>
    private static async Task<bool> StillHolds(Proposal proposal, MatchingDb db, CancellationToken ct)
    {
        var programme = await db.Programmes.AsNoTracking().SingleAsync(programme => programme.Id == proposal.ProgrammeId, ct);
        var there = await db.Participants.CountAsync(
            one => one.ProgrammeId == proposal.ProgrammeId
                && ((one.Side == Side.Mentor && one.PersonId == proposal.MentorId) || (one.Side == Side.Mentee && one.PersonId == proposal.MenteeId)),
            ct);
        if (programme.Closed || there < 2) return false;
        var chains = await db.ReportingLines.AsNoTracking().Where(line => line.PersonId == proposal.MentorId || line.PersonId == proposal.MenteeId)
            .ToDictionaryAsync(line => line.PersonId, line => line.Chain, ct);
        return !ReportingLine.IsAuthority(programme.Settings, proposal.Couple, ChainOf(proposal.MentorId), ChainOf(proposal.MenteeId), proposal.SameChain);

        Guid[] ChainOf(Guid person) => chains.GetValueOrDefault(person) ?? [];
    }
}
