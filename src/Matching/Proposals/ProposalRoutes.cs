using Mentoring.Messaging;
using Mentoring.Tenancy;

namespace Mentoring.Matching.Proposals;

internal static class ProposalRoutes
{
    public static void MapProposals(this RouteGroupBuilder unit)
    {
        var proposals = unit.MapGroup("/proposals").WithTags("Proposals");
        proposals.MapGet("/mine", ProposalReads.OfMine).RequireKind(CallerKind.Person).Produces<ServiceDefaults.Page<ProposalReads.MyProposal>>();
        proposals.MapGet("/{id:guid}", ProposalReads.InFull).RequireKind(CallerKind.Person).Produces<ProposalReads.ProposalInFull>();
        proposals.MapPost("/{id:guid}/ask-for-more", AskForMore.Handle).RequireKind(CallerKind.Person).Produces<ProposalReads.ProposalInFull>();
        // Neither, as one without the other would tell as much.
        proposals.MapPost("/{id:guid}/accept", AcceptProposal.Handle).RequireKind(CallerKind.Person).LeaveNoTrace();
        proposals.MapPost("/{id:guid}/decline", DeclineProposal.Handle).RequireKind(CallerKind.Person).LeaveNoTrace();
        proposals.MapGet("/", ProposalReads.OfProgramme).RequireRole(Roles.ProgrammeManager).Produces<ServiceDefaults.Page<ProposalReads.ManagedProposal>>();
    }
}
