using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Availability;

internal static class AvailabilityMapping
{
    public static void MapAvailability(this ModelBuilder model)
    {
        model.Entity<OfferedHours>(hours =>
        {
            hours.ToTenantTable("offered_hours", h => h.PersonId);
            hours.Property(h => h.Weekly).HasJson();
            hours.Property(h => h.Exceptions).HasJson();
            hours.Property(h => h.Preferences).HasJson();
            hours.Property(h => h.Version).IsConcurrencyToken();
        });
        model.Entity<Rota>(rota =>
        {
            rota.ToTenantTable("rotas", r => new { r.PersonId, r.SourceId });
            rota.Property(r => r.Shifts).HasJson();
            rota.Property(r => r.Version).IsConcurrencyToken();
        });
        model.Entity<LocationHolidays>(holidays =>
        {
            holidays.ToTenantTable("location_holidays", h => h.Location);
            holidays.Property(h => h.Days).HasJson();
            holidays.Property(h => h.Version).IsConcurrencyToken();
        });
    }
}
