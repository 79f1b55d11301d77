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
        proposals.MapPost("/{id:guid}/accept", AcceptProposal.Handle).RequireKind(CallerKind.Person);
        proposals.MapPost("/{id:guid}/decline", DeclineProposal.Handle).RequireKind(CallerKind.Person);
        proposals.MapGet("/", ProposalReads.OfProgramme).RequireRole(Roles.ProgrammeManager).Produces<ServiceDefaults.Page<ProposalReads.ManagedProposal>>();
    }
}
