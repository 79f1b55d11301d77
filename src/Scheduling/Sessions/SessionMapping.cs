using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.People;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

internal static class SessionMapping
{
    public static void MapSessions(this ModelBuilder model)
    {
        model.Entity<Session>(session =>
        {
            session.ToTenantTable("sessions", s => s.Id);
            session.Property(s => s.Version).IsConcurrencyToken();
            session.Ignore(s => s.Time);
            session.HasOne<Partnership>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Session.PartnershipId));
        });
        model.Entity<SessionFeed>(feed =>
        {
            feed.ToTenantTable("session_feeds", f => f.PersonId);
            // No link outlives its person, nor is one made for somebody who is just being erased.
            feed.HasOne<Person>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(SessionFeed.PersonId));
            feed.HasIndex(TenantTables.UnitId, nameof(SessionFeed.Hash)).IsUnique().HasDatabaseName("ix_session_feeds_hash");
        });
        // The person comes first in the key: rows are then written in one order of persons by everybody, and two bookings cannot deadlock.
        model.Entity<BookedTimes>(booked =>
        {
            booked.ToTenantTable("booked_times", b => new { b.PersonId, b.Id });
            booked.Property(b => b.Times).HasColumnType("tstzmultirange");
            booked.HasOne<Partnership>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(BookedTimes.PartnershipId));
        });
    }
}
