using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mentoring.Messaging.Tests;

/// <summary>The smallest service there is: notes, and a count of those that were heard of.</summary>
public sealed class NotesDb(DbContextOptions<NotesDb> options, UnitContext unit) : DbContext(options), ITenantDb
{
    public UnitContext Unit => unit;

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<HeardNote> Heard => Set<HeardNote>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Note>().ToTenantTable("notes", note => note.Id);
        modelBuilder.Entity<HeardNote>().ToTenantTable("heard_notes", heard => heard.Id);
        modelBuilder.UseSnakeCase();
        modelBuilder.AddMessagingTables();
    }
}

public sealed class Note
{
    public required Guid Id { get; init; }
    public required string Text { get; init; }
}

public sealed class HeardNote
{
    public required Guid Id { get; init; }
    public required string Text { get; set; }
    public int Times { get; set; }
}

/// <summary>A fact of the smallest service.</summary>
public sealed record NoteWritten(Guid NoteId, long Version, string Text);

/// <summary>What the model says, as one migration: the tests of Messaging need no history.</summary>
[DbContext(typeof(NotesDb))]
[Migration("1_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var options = new DbContextOptionsBuilder<NotesDb>().UseNpgsql("Host=localhost").Options;
        using var db = new NotesDb(options, new UnitContext());
        migrationBuilder.Sql(db.Database.GenerateCreateScript());
    }
}
