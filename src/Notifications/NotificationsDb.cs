using Mentoring.Messaging;
using Mentoring.Notifications.Alarms;
using Mentoring.Notifications.Deliveries;
using Mentoring.Notifications.Inbox;
using Mentoring.Notifications.People;
using Mentoring.Notifications.Preferences;
using Mentoring.Notifications.Programmes;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications;

public sealed class NotificationsDb(DbContextOptions<NotificationsDb> options, UnitContext unit) : DbContext(options), ITenantDb
{
    public UnitContext Unit => unit;

    public DbSet<InboxItem> Items => Set<InboxItem>();
    public DbSet<InboxCounter> Counters => Set<InboxCounter>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<DeliveryJob> Jobs => Set<DeliveryJob>();
    public DbSet<Preference> Preferences => Set<Preference>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<ProgrammeRoleHeld> ProgrammeRoles => Set<ProgrammeRoleHeld>();
    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<Participant> Participants => Set<Participant>();
    public DbSet<PairAlarm> Alarms => Set<PairAlarm>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NotificationsDb).Assembly);
        modelBuilder.UseSnakeCase();
        modelBuilder.AddMessagingTables();
    }
}
