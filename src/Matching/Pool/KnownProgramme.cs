using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Matching.Pool;

/// <summary>A copy of a programme, kept by its facts.</summary>
public sealed class KnownProgramme
{
    internal const string Copy = "programme";

    public required Guid Id { get; init; }

    /// <summary>What a person reads in addresses.</summary>
    public required string Slug { get; set; }

    public required Programme Settings { get; set; }

    /// <summary>A closed programme proposes nobody any more; its pairs are Scheduling's to end.</summary>
    public bool Closed { get; set; }

    internal static async Task Keep(Guid id, long version, Programme settings, MatchingDb db, Inbox inbox, CancellationToken ct)
    {
        if (!await inbox.IsNewest(Copy, id, version, ct)) return;
        if (await db.Programmes.FindAsync([db.Unit.UnitId, id], ct) is { } known)
        {
            known.Slug = settings.Slug;
            known.Settings = settings;
        }
        else
        {
            db.Programmes.Add(new KnownProgramme { Id = id, Slug = settings.Slug, Settings = settings });
        }
        await db.SaveChangesAsync(ct);
    }
}
