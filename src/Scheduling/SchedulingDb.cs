using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Momentum;
using Mentoring.Scheduling.Notes;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.People;
using Mentoring.Scheduling.Programmes;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling;

public sealed class SchedulingDb(DbContextOptions<SchedulingDb> options, UnitContext unit) : DbContext(options), ITenantDb
{
    public UnitContext Unit => unit;

    public DbSet<Partnership> Partnerships => Set<Partnership>();

    public DbSet<EarlierCharter> EarlierCharters => Set<EarlierCharter>();

    public DbSet<ContinuationAnswer> ContinuationAnswers => Set<ContinuationAnswer>();

    public DbSet<Preparation> Preparations => Set<Preparation>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SessionFeed> Feeds => Set<SessionFeed>();

    public DbSet<BookedTimes> BookedTimes => Set<BookedTimes>();

    public DbSet<PairMomentum> Momentum => Set<PairMomentum>();

    public DbSet<MomentumTransition> Transitions => Set<MomentumTransition>();

    public DbSet<OfferedHours> Hours => Set<OfferedHours>();

    public DbSet<LocationHolidays> Holidays => Set<LocationHolidays>();

    public DbSet<Rota> Rotas => Set<Rota>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<BusyTime> BusyTimes => Set<BusyTime>();

    public DbSet<CalendarEntry> CalendarEntries => Set<CalendarEntry>();

    public DbSet<PairKey> PairKeys => Set<PairKey>();

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Agenda> Agendas => Set<Agenda>();

    public DbSet<Glass> Glasses => Set<Glass>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Delegation> Delegations => Set<Delegation>();

    public DbSet<ProgrammeTerms> Programmes => Set<ProgrammeTerms>();

    /// <summary>Sessions of those pairs in which the person is one of the two, or somebody of <paramref name="mentees"/> is the mentee. Found by the pair: an index for each side would cost every booking.</summary>
    public IQueryable<Session> SessionsOf(Guid person, params Guid[] mentees) =>
        from pair in Partnerships
        where pair.MentorId == person || pair.MenteeId == person || mentees.Contains(pair.MenteeId)
        join session in Sessions on pair.Id equals session.PartnershipId
        select session;

    public async Task<Prepared> PreparedOf(Partnership pair, CancellationToken ct)
    {
        var done = await Preparations
            .Where(done => done.ProgrammeId == pair.ProgrammeId
                && ((done.PersonId == pair.MentorId && done.Side == Side.Mentor) || (done.PersonId == pair.MenteeId && done.Side == Side.Mentee)))
            .Select(done => done.Side)
            .ToListAsync(ct);
        return new Prepared(done.Contains(Side.Mentor), done.Contains(Side.Mentee));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Side>().HaveConversion<string>();
        configurationBuilder.Properties<SessionState>().HaveConversion<string>();
        configurationBuilder.Properties<Level>().HaveConversion<string>();
        configurationBuilder.Properties<AlarmStep>().HaveConversion<string>();
        configurationBuilder.Properties<CalendarKind>().HaveConversion<string>();
        configurationBuilder.Properties<ReadingProblem>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.MapPartnerships();
        modelBuilder.MapSessions();
        modelBuilder.MapMomentum();
        modelBuilder.MapAvailability();
        modelBuilder.MapCalendars();
        modelBuilder.MapNotes();
        modelBuilder.MapCopies();
        modelBuilder.UseSnakeCase();
        modelBuilder.AddMessagingTables();
    }
}
