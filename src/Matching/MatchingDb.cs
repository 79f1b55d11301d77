using Mentoring.Matching.Pairs;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Proposals;
using Mentoring.Matching.Runs;
using Mentoring.Matching.Suggestions;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching;

/// <summary>The pool (copies), runs, proposals and pairs of every unit; row-level security shows the one of the scope.</summary>
public sealed class MatchingDb(DbContextOptions<MatchingDb> options, UnitContext unit) : DbContext(options), ITenantDb
{
    public UnitContext Unit => unit;

    public DbSet<KnownProgramme> Programmes => Set<KnownProgramme>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<ReportingLine> ReportingLines => Set<ReportingLine>();
    public DbSet<Participant> Participants => Set<Participant>();
    public DbSet<Wish> Wishes => Set<Wish>();
    public DbSet<MatchingRun> Runs => Set<MatchingRun>();
    public DbSet<RunPool> RunPools => Set<RunPool>();
    public DbSet<RunPair> RunPairs => Set<RunPair>();
    public DbSet<RunUnmatched> RunUnmatched => Set<RunUnmatched>();
    public DbSet<Proposal> Proposals => Set<Proposal>();
    public DbSet<Place> Places => Set<Place>();
    public DbSet<Pair> Pairs => Set<Pair>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.MapPool();
        modelBuilder.MapSuggestions();
        modelBuilder.MapRuns();
        modelBuilder.MapProposals();
        modelBuilder.MapPairs();
        modelBuilder.UseSnakeCase();
        modelBuilder.AddMessagingTables();
    }
}
