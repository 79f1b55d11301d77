using System.Buffers.Binary;
using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>The waiting list of a programme: who is ready and has a place free, the longest waiting first. The next run considers them, whoever joined when.</summary>
internal static class ReadWaiting
{
    /// <param name="Person">Who waits.</param>
    /// <param name="Side">As what.</param>
    /// <param name="Wave">For a mentee, the wave.</param>
    /// <param name="Since">When they enrolled.</param>
    /// <param name="Words">What they wait for.</param>
    public sealed record Waiting(NamedPerson Person, Side Side, string? Wave, DateTimeOffset Since, string Words);

    public static async Task<IResult> Handle(string programme, PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var known = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == programme, ct);
        if (known is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, known.Id)) return Problems.RoleMissing();

        var (mentors, mentees) = (known.Settings.Mentors.Capacity, known.Settings.Mentees.Capacity);
        var after = page.AfterId ?? Guid.Empty;
        var found = await db.Participants.AsNoTracking()
            .Where(p => p.ProgrammeId == known.Id && p.Ready && (p.Prepared || p.Side == Side.Mentee) && p.Id.CompareTo(after) > 0)
            .Where(p => db.Places.Count(place => place.ProgrammeId == p.ProgrammeId && place.Side == p.Side && place.PersonId == p.PersonId)
                < (p.Side == Side.Mentor ? mentors : mentees))
            .OrderBy(p => p.Id).Take(page.Take)
            .Select(p => new { p.Id, p.PersonId, p.Side, p.Wave }).ToListAsync(ct);
        var names = await NamedPerson.Read(db, found.Select(p => p.PersonId), ct);
        var locked = known.Settings.Waves.Where(wave => !wave.Unlocked).Select(wave => wave.Name).ToHashSet();
        var shown = found.Take(page.Limit).Select(p => new Waiting(
            names(p.PersonId), p.Side, p.Wave, EnrolledAt(p.Id),
            p.Wave is { } wave && locked.Contains(wave) ? $"Waits until wave “{wave}” opens." : "Waits for the next run.")).ToList();
        return Results.Ok(Page.Of(shown, found.Count > page.Limit ? Cursor.Of(found[page.Limit - 1].Id) : null));
    }

    /// <summary>An enrolment's id begins with its moment (RFC 9562, version 7).</summary>
    private static DateTimeOffset EnrolledAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }
}
