using System.Buffers.Binary;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Proposals;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>
/// The waiting list of a programme: who is ready and has a place free, the longest waiting first. The next run considers them, whoever joined
/// when. Its managers see it whole, everybody else the own place and nobody else's name.
/// </summary>
internal static class ReadWaiting
{
    /// <param name="Position">On this side, from 1. A run takes the best pairs, not the first: it says how long others have waited, no more.</param>
    /// <param name="Person">Who waits.</param>
    /// <param name="Side">As what.</param>
    /// <param name="Wave">For a mentee, the wave.</param>
    /// <param name="Since">When they enrolled.</param>
    /// <param name="Words">What they wait for.</param>
    public sealed record Waiting(int Position, NamedPerson Person, Side Side, string? Wave, DateTimeOffset Since, string Words);

    /// <summary>One's own place; see <see cref="Waiting"/>.</summary>
    /// <param name="Programme">Slug.</param>
    public sealed record MyPlace(string Programme, int Position, Side Side, string? Wave, DateTimeOffset Since, string Words);

    public static async Task<IResult> Handle(string programme, PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var known = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == programme, ct);
        if (known is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, known.Id)) return Problems.RoleMissing();

        var after = page.AfterId ?? Guid.Empty;
        var waiting = Of(known, db);
        var found = await waiting.Where(p => p.Id.CompareTo(after) > 0).OrderBy(p => p.Id).Take(page.Take)
            .Select(p => new { p.Id, p.PersonId, p.Side, p.Wave }).ToListAsync(ct);
        // Where this page begins on either side; from there on it is counted.
        var before = (await waiting.Where(p => p.Id.CompareTo(after) <= 0).GroupBy(p => p.Side).Select(side => new { side.Key, Count = side.Count() }).ToListAsync(ct))
            .ToDictionary(side => side.Key, side => side.Count);
        var names = await NamedPerson.Read(db, found.Select(p => p.PersonId), ct);
        var shown = found.Take(page.Limit).Select(p => new Waiting(
            before[p.Side] = before.GetValueOrDefault(p.Side) + 1, names(p.PersonId), p.Side, p.Wave, EnrolledAt(p.Id), Words(known, p.Wave))).ToList();
        return Results.Ok(Page.Of(shown, found.Count > page.Limit ? Cursor.Of(found[page.Limit - 1].Id) : null));
    }

    /// <summary>In every programme and on every side in which the caller waits: a handful, so one page.</summary>
    public static async Task<IResult> Mine(Caller caller, MatchingDb db, CancellationToken ct)
    {
        var taking = await db.Participants.AsNoTracking().Where(p => p.PersonId == caller.PersonId).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.ProgrammeId, p.Side, p.Wave }).ToListAsync(ct);
        var programmes = await db.Programmes.AsNoTracking().Where(p => taking.Select(one => one.ProgrammeId).Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var places = new List<MyPlace>();
        foreach (var one in taking)
        {
            if (!programmes.TryGetValue(one.ProgrammeId, out var programme)) continue;
            var waiting = Of(programme, db, caller.PersonId).Where(p => p.Side == one.Side);
            if (!await waiting.AnyAsync(p => p.Id == one.Id, ct)) continue;
            places.Add(new MyPlace(
                programme.Slug, await waiting.CountAsync(p => p.Id.CompareTo(one.Id) <= 0, ct), one.Side, one.Wave, EnrolledAt(one.Id), Words(programme, one.Wave)));
        }
        return Results.Ok(Page.Of(places, next: null));
    }

    /// <param name="programme">Which.</param>
    /// <param name="db">Ours.</param>
    /// <param name="reader">Who is shown the own place: as waiting, while somebody else is asked about a pair with them. Coming back to the list would tell of that answer.</param>
    private static IQueryable<Participant> Of(KnownProgramme programme, MatchingDb db, Guid? reader = null)
    {
        var (mentors, mentees) = (programme.Settings.Mentors.Capacity, programme.Settings.Mentees.Capacity);
        return db.Participants.AsNoTracking()
            .Where(p => !programme.Closed && p.ProgrammeId == programme.Id && p.Ready && (p.Prepared || p.Side == Side.Mentee))
            .Where(p => db.Places.Count(place => place.ProgrammeId == p.ProgrammeId && place.Side == p.Side && place.PersonId == p.PersonId
                    && !(p.PersonId == reader && db.Proposals.Any(proposal => proposal.Id == place.HeldBy && proposal.State == ProposalState.AskingFirst && proposal.FirstSide != place.Side)))
                < (p.Side == Side.Mentor ? mentors : mentees));
    }

    private static string Words(KnownProgramme programme, string? wave) =>
        programme.Settings.Waves.Any(known => known.Name == wave && !known.Unlocked) ? $"Waits until wave “{wave}” opens." : "Waits for the next run.";

    /// <summary>An enrolment's id begins with its moment (RFC 9562, version 7).</summary>
    private static DateTimeOffset EnrolledAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }
}
