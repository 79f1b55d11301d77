using System.Globalization;
using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Every version of a charter, for the two alone. Those from before versions were kept are missing.</summary>
public static class ReadCharterVersions
{
    /// <param name="WrittenBy">Null for the suggestion it began with, and where it was not kept.</param>
    /// <param name="WrittenAt">UTC; null where it was not kept.</param>
    /// <param name="SignedByMentor">While it held: given to it, or to an earlier one that differs in rhythm and places alone.</param>
    /// <param name="SignedByMentee">Likewise.</param>
    /// <param name="Current">It is the one that holds.</param>
    public sealed record Line(int Version, Side? WrittenBy, DateTimeOffset? WrittenAt, bool SignedByMentor, bool SignedByMentee, bool Current);

    /// <param name="Text">All of it.</param>
    /// <param name="Differences">Against the version before; null where there is none before it, or it was not kept.</param>
    public sealed record View(
        int Version,
        Side? WrittenBy,
        DateTimeOffset? WrittenAt,
        bool SignedByMentor,
        bool SignedByMentee,
        bool Current,
        CharterText Text,
        IReadOnlyList<CharterDifference>? Differences);

    /// <summary>The newest first.</summary>
    public static async Task<IResult> List(Guid id, PageRequest page, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        if (await Find(id, caller, db, ct) is not { } current)
            return Problems.NotFound();
        var before = int.MaxValue;
        if (page.AfterKey is { } key && !int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return Problems.Invalid("after", "must be the `next` of the page before");
        var earlier = await db.EarlierCharters.AsNoTracking().Where(version => version.PartnershipId == id && version.Version < before)
            .OrderByDescending(version => version.Version).Take(page.Take).Select(version => version.Charter).ToListAsync(ct);
        var lines = (current.Version < before ? earlier.Prepend(current) : earlier).Take(page.Take)
            .Select(charter => new Line(
                charter.Version, charter.WrittenBy, charter.WrittenAt, charter.SignedByMentor, charter.SignedByMentee, charter.Version == current.Version));
        return Results.Ok(Page.Of<Line>([.. lines], page, last => Cursor.Of(last.Version.ToString(CultureInfo.InvariantCulture))));
    }

    public static async Task<IResult> One(Guid id, int version, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        if (await Find(id, caller, db, ct) is not { } current)
            return Problems.NotFound();
        var wanted = new[] { version, version - 1 };
        var kept = await db.EarlierCharters.AsNoTracking().Where(earlier => earlier.PartnershipId == id && wanted.Contains(earlier.Version))
            .ToDictionaryAsync(earlier => earlier.Version, earlier => earlier.Charter, ct);
        if ((version == current.Version ? current : kept.GetValueOrDefault(version)) is not { } charter)
            return Problems.NotFound();
        return Results.Ok(new View(
            charter.Version,
            charter.WrittenBy,
            charter.WrittenAt,
            charter.SignedByMentor,
            charter.SignedByMentee,
            charter == current,
            charter.Text,
            kept.TryGetValue(version - 1, out var before) ? CharterDifferences.Between(before.Text, charter.Text) : null));
    }

    /// <summary>The one that holds; null for everybody else, and where there is none yet.</summary>
    private static async Task<Charter?> Find(Guid id, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var pair = await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == id, ct);
        return pair?.SideOf(caller.PersonId) is null ? null : pair.Charter;
    }
}
