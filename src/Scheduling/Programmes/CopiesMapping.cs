using Mentoring.Scheduling.People;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Programmes;

internal static class CopiesMapping
{
    public static void MapCopies(this ModelBuilder model)
    {
        model.Entity<Person>(person => person.ToTenantTable("people", p => p.Id));
        model.Entity<Delegation>(held =>
        {
            held.ToTenantTable("delegations", d => new { d.MenteeId, d.DelegateId });
            held.HasIndex(TenantTables.UnitId, nameof(Delegation.DelegateId)).HasDatabaseName("ix_delegations_delegate");
        });
        model.Entity<ProgrammeTerms>(terms =>
        {
            terms.ToTenantTable("programmes", t => t.Id);
            terms.Property(t => t.Charter).HasJson();
            terms.Property(t => t.AgendaStarters).HasJson();
            terms.Property(t => t.K).HasDefaultValue(5);
            // Not unique: who may use a slug is decided elsewhere, and its facts may arrive in any order.
            terms.HasIndex(TenantTables.UnitId, nameof(ProgrammeTerms.Slug)).HasDatabaseName("ix_programmes_slug");
        });
    }
}
