using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Imports;

/// <summary>
/// A file that comes in parts, so that a broken connection costs the last half megabyte and not the whole. What was received is stored as the
/// pieces of the import that it becomes once it is finished; until then nothing looks at it, and after <see cref="Lifetime"/> it is gone.
/// </summary>
public sealed class ImportUpload
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private ImportUpload()
    {
    }

    /// <summary>Also the id of the import to be.</summary>
    public Guid Id { get; private init; }

    public ImportKind Kind { get; private init; }
    public bool DryRun { get; private init; }
    public OnError OnError { get; private init; }

    /// <summary>Bytes stored; the next part begins there.</summary>
    public long Received { get; private set; }

    /// <summary>Pieces stored, numbered from 0.</summary>
    public int Pieces { get; private set; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public static ImportUpload Begin(ImportKind kind, bool dryRun, OnError onError, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = kind, DryRun = dryRun, OnError = onError, ExpiresAt = now + Lifetime };
}

public sealed class ImportUploadMapping : IEntityTypeConfiguration<ImportUpload>
{
    public void Configure(EntityTypeBuilder<ImportUpload> upload)
    {
        upload.ToTenantTable("import_uploads", u => u.Id);
        upload.Property(u => u.Id).ValueGeneratedNever();
    }
}
