using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pairs;

internal static class PairReads
{
    /// <param name="Id">Scheduling's partnership bears the same.</param>
    /// <param name="Programme">The programme's slug.</param>
    /// <param name="Wave">The mentee's wave.</param>
    /// <param name="Topics">What the mentor brings.</param>
    /// <param name="TopicsBack">In a reciprocal programme, what the mentee brings; otherwise null.</param>
    /// <param name="Reason">Why these two.</param>
    /// <param name="Attention">What the programme manager has to decide; null for nothing, and for the two themselves.</param>
    public sealed record PairView(
        Guid Id,
        string Programme,
        NamedPerson Mentor,
        NamedPerson Mentee,
        string Wave,
        IReadOnlyList<TopicLevel> Topics,
        IReadOnlyList<TopicLevel>? TopicsBack,
        string Reason,
        DateTimeOffset FormedAt,
        string? Attention);

    public static async Task<IResult> OfMine(PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        return Results.Ok(await Read(db, db.Pairs.Where(pair => pair.MentorId == me || pair.MenteeId == me), page, forManager: false, ct));
    }

    public static async Task<IResult> OfProgramme(string programme, PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var known = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == programme, ct);
        if (known is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, known.Id)) return Problems.RoleMissing();
        return Results.Ok(await Read(db, db.Pairs.Where(pair => pair.ProgrammeId == known.Id), page, forManager: true, ct));
    }

    private static async Task<Page<PairView>> Read(MatchingDb db, IQueryable<Pair> pairs, PageRequest page, bool forManager, CancellationToken ct)
    {
        var after = page.AfterId ?? Guid.Empty;
        var found = await pairs.AsNoTracking()
            .Where(pair => pair.EndedAt == null && pair.Id.CompareTo(after) > 0)
            .OrderBy(pair => pair.Id).Take(page.Take).ToListAsync(ct);
        var programmeIds = found.Select(pair => pair.ProgrammeId).Distinct().ToList();
        var slugs = await db.Programmes.AsNoTracking().Where(p => programmeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Slug, ct);
        var names = await NamedPerson.Read(db, found.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }), ct);
        var items = found.Select(pair => new PairView(
            pair.Id,
            slugs[pair.ProgrammeId],
            names(pair.MentorId),
            names(pair.MenteeId),
            pair.Wave,
            pair.Topics,
            pair.TopicsBack,
            pair.Reason,
            pair.FormedAt,
            forManager && pair.AuthorityBroken
                ? "A reorganisation has put one of the two above the other. Ask both how to go on."
                : null)).ToList();
        return Page.Of(items, page, item => Cursor.Of(item.Id));
    }
}
