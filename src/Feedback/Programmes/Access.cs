using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Programmes;

/// <summary>Who may see and do what in one programme.</summary>
internal static class Access
{
    public static Task<KnownProgramme?> BySlug(this IQueryable<KnownProgramme> programmes, string slug, CancellationToken ct) =>
        programmes.SingleOrDefaultAsync(programme => programme.Slug == slug, ct);

    public static bool Manages(this Caller caller, Guid programmeId) => caller.Is(Roles.ProgrammeManager, programmeId);

    /// <summary>Programme managers and sponsors read what is aggregated.</summary>
    public static bool Oversees(this Caller caller, Guid programmeId) => caller.Manages(programmeId) || caller.Is(Roles.Sponsor, programmeId);

    /// <summary>How somebody stands in a programme; null when they take no part.</summary>
    public static async Task<Standing?> StandingOf(this DbSet<Participant> participants, Guid personId, Guid programmeId, CancellationToken ct) =>
        Standings.Of(await participants.Where(p => p.PersonId == personId && p.ProgrammeId == programmeId).Select(p => p.Side).ToListAsync(ct));
}
