using Mentoring.Matching.Pool;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

internal static class RunMapping
{
    public static void MapRuns(this ModelBuilder model)
    {
        model.Entity<MatchingRun>(run =>
        {
            run.ToTenantTable("matching_runs", r => r.Id);
            run.Property(r => r.State).HasConversion<string>();
            run.Property(r => r.Phase).HasConversion<string>();
            run.Property(r => r.Policy).HasJson();
            run.Property(r => r.Locks).HasJson();
            run.Property(r => r.Bans).HasJson();
            run.Property(r => r.Result).HasJson();
            run.HasIndex(TenantTables.UnitId, nameof(MatchingRun.ProgrammeId)).HasDatabaseName("ix_matching_runs_programme");
            Belongs<KnownProgramme, MatchingRun>(model, nameof(MatchingRun.ProgrammeId));
        });
        model.Entity<RunPool>(pool =>
        {
            pool.ToTenantTable("run_pools", p => p.RunId);
            Belongs<MatchingRun, RunPool>(model, nameof(RunPool.RunId));
        });
        model.Entity<RunPair>(pair =>
        {
            pair.ToTenantTable("run_pairs", p => new { p.RunId, p.Rank });
            pair.Property(p => p.Points).HasJson();
            pair.Property(p => p.Topics).HasJson();
            pair.Property(p => p.TopicsBack).HasJson();
            pair.Property(p => p.Gains).HasJson();
            Belongs<MatchingRun, RunPair>(model, nameof(RunPair.RunId));
        });
        model.Entity<RunUnmatched>(unmatched =>
        {
            unmatched.ToTenantTable("run_unmatched", u => new { u.RunId, u.Rank });
            unmatched.Property(u => u.Side).HasConversion<string>();
            Belongs<MatchingRun, RunUnmatched>(model, nameof(RunUnmatched.RunId));
        });
    }

    private static void Belongs<TOwner, TOwned>(ModelBuilder model, string foreignKey)
        where TOwner : class
        where TOwned : class => model.Entity<TOwned>()
            .HasOne<TOwner>().WithMany().HasForeignKey(TenantTables.UnitId, foreignKey).OnDelete(DeleteBehavior.Cascade);
}
