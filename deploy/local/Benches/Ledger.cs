using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mentoring.Benches;

/// <summary>The smallest database a service could have, with everything that Tenancy and Messaging add to one.</summary>
internal sealed class LedgerDb(DbContextOptions<LedgerDb> options, UnitContext unit) : DbContext(options), ITenantDb
{
    public UnitContext Unit => unit;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Entry>().ToTenantTable("entries", entry => entry.Id);
        modelBuilder.UseSnakeCase();
        modelBuilder.AddMessagingTables();
    }
}

internal sealed class Entry
{
    public required Guid Id { get; init; }

    public required string Text { get; init; }
}

/// <summary>The fact that tells of an entry.</summary>
internal sealed record EntryWritten(Guid EntryId, long Version, string Text);

/// <summary>What the model says: a database that lives for a minute has no history.</summary>
[DbContext(typeof(LedgerDb))]
[Migration("1_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var options = new DbContextOptionsBuilder<LedgerDb>().UseNpgsql("Host=localhost").Options;
        using var db = new LedgerDb(options, new UnitContext());
        migrationBuilder.Sql(db.Database.GenerateCreateScript());
    }
}
