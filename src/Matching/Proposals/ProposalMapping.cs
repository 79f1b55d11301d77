using Mentoring.Matching.Pool;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Proposals;

internal static class ProposalMapping
{
    public static void MapProposals(this ModelBuilder model)
    {
        model.Entity<Proposal>(proposal =>
        {
            proposal.ToTenantTable("proposals", p => p.Id);
            proposal.Property(p => p.State).HasConversion<string>();
            proposal.Property(p => p.FirstSide).HasConversion<string>();
            proposal.Property(p => p.Topics).HasJson();
            proposal.Property(p => p.TopicsBack).HasJson();
            proposal.Property(p => p.Exchange).HasJson();
            // An answer, an expiry and a withdrawal may come at the same moment: one of them wins.
            proposal.Property(p => p.Version).IsConcurrencyToken();
            proposal.Ignore(p => p.Couple);
            proposal.HasIndex(TenantTables.UnitId, nameof(Proposal.ProgrammeId)).HasDatabaseName("ix_proposals_programme");
            proposal.HasIndex(TenantTables.UnitId, nameof(Proposal.MentorId)).HasDatabaseName("ix_proposals_mentor");
            proposal.HasIndex(TenantTables.UnitId, nameof(Proposal.MenteeId)).HasDatabaseName("ix_proposals_mentee");
            proposal.HasOne<KnownProgramme>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Proposal.ProgrammeId));
        });
        model.Entity<Place>(place =>
        {
            place.ToTenantTable("places", p => new { p.ProgrammeId, p.Side, p.PersonId, p.Number });
            place.Property(p => p.Side).HasConversion<string>();
            place.HasIndex(TenantTables.UnitId, nameof(Place.HeldBy)).HasDatabaseName("ix_places_held_by");
        });
    }
}
