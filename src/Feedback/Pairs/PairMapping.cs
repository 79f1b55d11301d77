using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Pairs;

internal static class PairMapping
{
    public static void MapPairs(this ModelBuilder model)
    {
        model.Entity<Pair>(pair =>
        {
            pair.ToTenantTable("pairs", p => p.Id);
            pair.HasIndex(TenantTables.UnitId, nameof(Pair.ProgrammeId)).HasDatabaseName("ix_pairs_programme");
            pair.HasIndex(TenantTables.UnitId, nameof(Pair.MentorId)).HasDatabaseName("ix_pairs_mentor");
            pair.HasIndex(TenantTables.UnitId, nameof(Pair.MenteeId)).HasDatabaseName("ix_pairs_mentee");
        });
        model.Entity<LostProposal>(proposal =>
        {
            proposal.ToTenantTable("lost_proposals", p => p.Id);
            proposal.HasIndex(TenantTables.UnitId, nameof(LostProposal.ProgrammeId)).HasDatabaseName("ix_lost_proposals_programme");
        });
        model.Entity<PairSession>(session =>
        {
            session.ToTenantTable("sessions", s => s.Id);
            session.Property(s => s.State).HasConversion<string>();
            session.Property(s => s.BySide).HasConversion<string>();
            session.HasIndex(TenantTables.UnitId, nameof(PairSession.ProgrammeId)).HasDatabaseName("ix_sessions_programme");
        });
    }
}
