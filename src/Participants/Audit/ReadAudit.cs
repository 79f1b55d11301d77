using System.Globalization;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Audit;

/// <summary>The unit's chain, the oldest first, and whether it holds.</summary>
public static class ReadAudit
{
    public static async Task<IResult> Chain(PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        var after = 0L;
        if (page.AfterKey is { } key && !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Problems.Invalid("after", "must be a cursor from the 'next' of a page");
        var found = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Sequence > after)
            .OrderBy(entry => entry.Sequence)
            .Take(page.Take)
            .ToListAsync(ct);
        return Results.Ok(Page.Of(
            [.. found.Select(entry => new Line(entry.Sequence, entry.ActionId, entry.Actor, entry.Code, entry.SubjectId, entry.At, Convert.ToHexStringLower(entry.Hash)))],
            page,
            line => Cursor.Of(line.Sequence.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>Walks the whole chain. The head's hash, written down elsewhere, also shows when the chain's end was cut off.</summary>
    public static async Task<IResult> Verify(ParticipantsDb db, UnitContext unit, CancellationToken ct)
    {
        AuditEntry? last = null;
        await foreach (var entry in db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!entry.Follows(last, unit.UnitId))
                return Results.Ok(new Verdict(Intact: false, last?.Sequence ?? 0, BrokenAt: entry.Sequence, Head: null));
            last = entry;
        }
        return Results.Ok(new Verdict(Intact: true, last?.Sequence ?? 0, BrokenAt: null, Convert.ToHexStringLower(last?.Hash ?? AuditEntry.Genesis(unit.UnitId))));
    }

    /// <param name="Actor">An alias, the same for one person throughout the unit's chain; the empty id for an operator.</param>
    public sealed record Line(long Sequence, Guid ActionId, Guid Actor, string Code, Guid SubjectId, DateTimeOffset At, string Hash);

    /// <param name="Entries">How many hold, from the first on.</param>
    /// <param name="BrokenAt">The first that does not; null when all hold.</param>
    /// <param name="Head">The last one's hash.</param>
    public sealed record Verdict(bool Intact, long Entries, long? BrokenAt, string? Head);
}
