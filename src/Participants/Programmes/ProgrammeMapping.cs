using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Programmes;

internal sealed class ProgrammeMapping : IEntityTypeConfiguration<Programme>
{
    public const string SlugIsTaken = "ux_programmes_slug";

    public void Configure(EntityTypeBuilder<Programme> programme)
    {
        programme.ToTenantTable("programmes", p => p.Id);
        programme.Property(p => p.Slug).UseCollation("C");
        programme.Property(p => p.Version).IsConcurrencyToken();
        programme.Property(p => p.State).HasConversion(new KebabConverter<ProgrammeState>());
        programme.Property(p => p.Settings).AsJson();
        programme.Property(p => p.Waves).AsJson();
        programme.Property(p => p.LatestReview).AsJson();
        programme.Property(p => p.Expansions).AsJson();
        programme.Property(p => p.ManagerIds).AsJson();
        programme.Property(p => p.AccountableIds).AsJson().HasDefaultValueSql("'{}'");
        programme.HasIndex(TenantTables.UnitId, nameof(Programme.Slug)).IsUnique().HasDatabaseName(SlugIsTaken);
    }
}

internal sealed class ProgrammeFileVersionMapping : IEntityTypeConfiguration<ProgrammeFileVersion>
{
    public void Configure(EntityTypeBuilder<ProgrammeFileVersion> file)
    {
        file.ToTenantTable("programme_files", f => f.Id);
        file.Property(f => f.Changes).AsJson();
        file.HasOne<Programme>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(ProgrammeFileVersion.ProgrammeId)).OnDelete(DeleteBehavior.Cascade);
        file.HasIndex(TenantTables.UnitId, nameof(ProgrammeFileVersion.ProgrammeId), nameof(ProgrammeFileVersion.Number)).IsUnique();
    }
}

internal sealed class ProgrammePairMapping : IEntityTypeConfiguration<ProgrammePair>
{
    public void Configure(EntityTypeBuilder<ProgrammePair> pair)
    {
        pair.ToTenantTable("programme_pairs", p => p.PairId);
        pair.HasIndex(TenantTables.UnitId, nameof(ProgrammePair.ProgrammeId));
    }
}

internal sealed class ProgrammeSessionMapping : IEntityTypeConfiguration<ProgrammeSession>
{
    public void Configure(EntityTypeBuilder<ProgrammeSession> session)
    {
        session.ToTenantTable("programme_sessions", s => s.SessionId);
        session.HasIndex(TenantTables.UnitId, nameof(ProgrammeSession.ProgrammeId), nameof(ProgrammeSession.PairId));
    }
}
