using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

internal static class NoteMapping
{
    public static void MapNotes(this ModelBuilder model)
    {
        model.Entity<PairKey>(key =>
        {
            key.ToTenantTable("pair_keys", k => k.PartnershipId);
            key.HasOne<Partnership>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(PairKey.PartnershipId));
        });
        model.Entity<Note>(note =>
        {
            note.ToTenantTable("notes", n => new { n.SessionId, n.OwnerId });
            note.Property(n => n.Version).IsConcurrencyToken();
            note.HasOne<Session>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Note.SessionId));
        });
        model.Entity<Agenda>(agenda =>
        {
            agenda.ToTenantTable("agendas", a => a.SessionId);
            agenda.Property(a => a.Version).IsConcurrencyToken();
            agenda.HasOne<Session>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Agenda.SessionId));
        });
        model.Entity<Glass>(glass =>
        {
            glass.ToTenantTable("glasses", g => g.Id);
            glass.Property(g => g.Version).IsConcurrencyToken();
            glass.HasOne<Partnership>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Glass.PartnershipId));
        });
    }
}
