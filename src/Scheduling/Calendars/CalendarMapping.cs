using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Calendars;

internal static class CalendarMapping
{
    public static void MapCalendars(this ModelBuilder model)
    {
        model.Entity<CalendarFeed>(feed =>
        {
            feed.ToTenantTable("calendar_feeds", f => f.Id);
            feed.HasIndex(TenantTables.UnitId, nameof(CalendarFeed.PersonId), nameof(CalendarFeed.Place)).IsUnique().HasDatabaseName("ux_calendar_feeds_place");
        });
        model.Entity<CalendarEntry>(entry =>
        {
            // No reference to the session: when that is erased with the one, the other's entry is still to be taken out.
            entry.ToTenantTable("calendar_entries", e => new { e.SessionId, e.PersonId });
            entry.HasIndex(TenantTables.UnitId, nameof(CalendarEntry.PersonId)).HasDatabaseName("ix_calendar_entries_person");
        });
        model.Entity<BusyTime>(time =>
        {
            time.ToTenantTable("busy_times", t => new { t.FeedId, t.StartsAt });
            time.HasOne<CalendarFeed>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(BusyTime.FeedId)).OnDelete(DeleteBehavior.Cascade);
            time.HasIndex(TenantTables.UnitId, nameof(BusyTime.PersonId), nameof(BusyTime.EndsAt)).HasDatabaseName("ix_busy_times_person");
        });
    }
}
