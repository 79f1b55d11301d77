using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Audit;
using Mentoring.Participants.Circle;
using Mentoring.Participants.Delegates;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.GapMap;
using Mentoring.Participants.Guests;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Knowledge;
using Mentoring.Participants.MachineClients;
using Mentoring.Participants.People;
using Mentoring.Participants.Programmes;
using Mentoring.Participants.Scim;
using Mentoring.Participants.Topics;
using Mentoring.Participants.Units;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants;

public sealed class ParticipantsDb(DbContextOptions<ParticipantsDb> options, UnitContext unit) : DbContext(options), ITenantDb
{
    public UnitContext Unit => unit;

    public DbSet<Unit> Units => Set<Unit>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<MachineClient> MachineClients => Set<MachineClient>();

    public DbSet<Person> People => Set<Person>();
    public DbSet<ErasedPerson> ErasedPeople => Set<ErasedPerson>();
    public DbSet<ProvisionedAccount> ProvisionedAccounts => Set<ProvisionedAccount>();
    public DbSet<StageRule> StageRules => Set<StageRule>();
    public DbSet<StageScale> StageScales => Set<StageScale>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportUpload> ImportUploads => Set<ImportUpload>();
    public DbSet<HeaderMapping> HeaderMappings => Set<HeaderMapping>();
    public DbSet<ImportError> ImportErrors => Set<ImportError>();

    public DbSet<Topic> Topics => Set<Topic>();
    public DbSet<KnownTopic> KnownTopics => Set<KnownTopic>();
    public DbSet<Profile> Profiles => Set<Profile>();
    public DbSet<DelegateList> Delegates => Set<DelegateList>();
    public DbSet<GapCount> GapCounts => Set<GapCount>();

    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<ProgrammeFileVersion> ProgrammeFiles => Set<ProgrammeFileVersion>();
    public DbSet<ProgrammePair> ProgrammePairs => Set<ProgrammePair>();
    public DbSet<ProgrammeSession> ProgrammeSessions => Set<ProgrammeSession>();
    public DbSet<Participant> Participants => Set<Participant>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<GuestOffer> GuestOffers => Set<GuestOffer>();
    public DbSet<HostedGuest> HostedGuests => Set<HostedGuest>();
    public DbSet<CircleMember> CircleMembers => Set<CircleMember>();
    public DbSet<Alumnus> Alumni => Set<Alumnus>();
    public DbSet<CircleMeeting> CircleMeetings => Set<CircleMeeting>();
    public DbSet<Accompaniment> Accompaniments => Set<Accompaniment>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<AuditAlias> AuditAliases => Set<AuditAlias>();

    // A membership has a handful of sign-ons and roles: one query for both is cheaper than two.
    protected override void OnConfiguring(DbContextOptionsBuilder builder) =>
        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MultipleCollectionIncludeWarning));

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<CareerStage>().HaveConversion<KebabConverter<CareerStage>>();
        conventions.Properties<Focus>().HaveConversion<KebabConverter<Focus>>();
        conventions.Properties<KnowledgeKind>().HaveConversion<KebabConverter<KnowledgeKind>>();
        conventions.Properties<ImportKind>().HaveConversion<KebabConverter<ImportKind>>();
        conventions.Properties<ImportState>().HaveConversion<KebabConverter<ImportState>>();
        conventions.Properties<OnError>().HaveConversion<KebabConverter<OnError>>();
        conventions.Properties<Side>().HaveConversion<KebabConverter<Side>>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasPostgresExtension("pg_trgm");
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ParticipantsDb).Assembly);
        modelBuilder.UseSnakeCase();
        modelBuilder.AddMessagingTables();
    }
}
