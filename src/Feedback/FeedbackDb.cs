using Mentoring.Feedback.Concerns;
using Mentoring.Feedback.Figures;
using Mentoring.Feedback.Insights;
using Mentoring.Feedback.Pairs;
using Mentoring.Feedback.People;
using Mentoring.Feedback.Programmes;
using Mentoring.Feedback.Projects;
using Mentoring.Feedback.Reflections;
using Mentoring.Feedback.Reviews;
using Mentoring.Feedback.Surveys;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback;

public sealed class FeedbackDb(DbContextOptions<FeedbackDb> options, UnitContext unit) : DbContext(options), ITenantDb
{
    public UnitContext Unit => unit;

    public DbSet<KnownProgramme> Programmes => Set<KnownProgramme>();
    public DbSet<ProgrammeKey> ProgrammeKeys => Set<ProgrammeKey>();
    public DbSet<Participant> Participants => Set<Participant>();
    public DbSet<KnownPerson> People => Set<KnownPerson>();
    public DbSet<Pair> Pairs => Set<Pair>();
    public DbSet<LostProposal> LostProposals => Set<LostProposal>();
    public DbSet<PairSession> Sessions => Set<PairSession>();

    public DbSet<Reflection> Reflections => Set<Reflection>();
    public DbSet<Survey> Surveys => Set<Survey>();
    public DbSet<Participation> Participations => Set<Participation>();
    public DbSet<AnswerSheet> AnswerSheets => Set<AnswerSheet>();
    public DbSet<ShownNumber> ShownNumbers => Set<ShownNumber>();
    public DbSet<Insight> Insights => Set<Insight>();
    public DbSet<AnonymousRaiser> AnonymousRaisers => Set<AnonymousRaiser>();
    public DbSet<Concern> Concerns => Set<Concern>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Attestation> Attestations => Set<Attestation>();
    public DbSet<Figure> Figures => Set<Figure>();
    public DbSet<Project> Projects => Set<Project>();

    public ValueTask<T?> FindInUnit<T>(Guid id, CancellationToken ct)
        where T : class => FindAsync<T>([unit.UnitId, id], ct);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.MapProgrammes();
        modelBuilder.MapPeople();
        modelBuilder.MapPairs();
        modelBuilder.MapReflections();
        modelBuilder.MapSurveys();
        modelBuilder.MapInsights();
        modelBuilder.MapConcerns();
        modelBuilder.MapReviews();
        modelBuilder.MapFigures();
        modelBuilder.MapProjects();
        modelBuilder.UseSnakeCase();
        modelBuilder.AddMessagingTables();
    }
}
