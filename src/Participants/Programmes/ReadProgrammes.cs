using System.Linq.Expressions;
using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>Everybody in the unit sees what is open or over; a draft is seen by its makers only, as is the file with the names in it.</summary>
public static class ReadProgrammes
{
    public static async Task<IResult> List(PageRequest page, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var after = page.AfterKey ?? "";
        var found = await db.Programmes.AsNoTracking()
            .Where(VisibleTo(caller))
            .Where(programme => string.Compare(programme.Slug, after) > 0)
            .OrderBy(programme => programme.Slug)
            .Take(page.Take)
            .ToListAsync(ct);
        return Results.Ok(Page.Of(
            [.. found.Select(programme => new ProgrammeLine(
                programme.Id, programme.Slug, programme.Settings.Name, programme.State, programme.Settings.Direction, programme.Settings.Gap.Sentence ?? programme.Settings.Gap.Area))],
            page,
            line => Cursor.Of(line.Slug)));
    }

    public static async Task<IResult> One(string slug, Caller caller, ParticipantsDb db, CancellationToken ct) =>
        await Find(slug, caller, db.Programmes.AsNoTracking(), ct) is { } programme
            ? Precondition.Ok(await View(programme, db, ct), programme.Version)
            : Problems.NotFound();

    /// <summary>The programme of this address that the caller may see; drafts are their makers'.</summary>
    public static async Task<Programme?> Find(string slug, Caller caller, IQueryable<Programme> programmes, CancellationToken ct) =>
        await programmes.Where(VisibleTo(caller)).SingleOrDefaultAsync(programme => programme.Slug == slug, ct)
        // A draft's managers may know of their role sooner than their passport does.
        ?? (await programmes.SingleOrDefaultAsync(programme => programme.Slug == slug, ct) is { } draft && MakesIt(caller, draft) ? draft : null);

    public static bool MakesIt(Caller caller, Programme programme) =>
        caller.Is(Roles.UnitAdmin) || caller.Is(Roles.ProgrammeManager, programme.Id) || (caller.Kind == CallerKind.Person && programme.ManagerIds.Contains(caller.PersonId));

    public static bool IsSponsor(Caller caller, Programme programme) =>
        caller.Is(Roles.Sponsor, programme.Id) || (caller.Kind == CallerKind.Person && programme.SponsorId == caller.PersonId);

    public static async Task<ProgrammeView> View(Programme programme, ParticipantsDb db, CancellationToken ct)
    {
        var pairs = await UnlockWaves.Progress(db, programme.Id, ct);
        var settings = programme.Settings;
        Guid[] named =
        [
            programme.SponsorId, .. programme.AccountableIds.Values, .. programme.Waves.Select(wave => wave.By?.PersonId).OfType<Guid>(),
            .. programme.Expansions.Select(done => done.ById),
        ];
        // Whoever has been erased has no name any more; what they did stays.
        var names = await db.People.AsNoTracking().Where(person => named.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
        return new ProgrammeView(
            programme.Id,
            programme.Slug,
            settings.Name,
            settings.Purpose,
            programme.State,
            settings.Template,
            settings.Direction,
            programme.GapToFact(),
            names.GetValueOrDefault(programme.SponsorId),
            programme.AccountableIds.ToDictionary(region => region.Key, region => names.GetValueOrDefault(region.Value)),
            settings.Mentors,
            settings.Mentees,
            settings.Cadence,
            settings.Places,
            settings.Booking,
            settings.Length,
            settings.SessionMinutes,
            settings.Review,
            settings.Measures,
            new PreparationView(settings.MentorModules, settings.MenteeModules),
            new MatchingView(
                settings.Mode, settings.HardRules, settings.Grades, settings.SameChainAtDistance, settings.NotUnderDirectReport, settings.Prefer),
            settings.CharterClauses,
            settings.K,
            settings.CommentsK,
            settings.Forum,
            settings.Project,
            settings.AgendaStarters,
            settings.Guests,
            settings.RoleNames,
            [.. programme.Waves.Select(wave => new WaveView(
                wave.Name, wave.UnlockedAt is not null, wave.UnlockedAt, wave.Why, programme.LockedBecause(wave, pairs),
                wave.By is { } by ? new UnlockedByView(by.Cause, by.PersonId is { } person ? names.GetValueOrDefault(person) : null, by.ReviewId) : null))],
            new ExpansionView(
                settings.Gates,
                programme.LatestReview,
                [.. programme.Expansions.Select(done => new ExpansionDone(done.ReviewId, done.At, done.OverrideReason, names.GetValueOrDefault(done.ById)))],
                settings.Opens,
                settings.Report),
            programme.CreatedAt,
            programme.OpenedAt,
            programme.ClosedAt);
    }

    private static Expression<Func<Programme, bool>> VisibleTo(Caller caller)
    {
        if (caller.Is(Roles.UnitAdmin))
            return programme => true;
        var held = caller.ProgrammeRoles.Select(role => role.ProgrammeId).Distinct().ToArray();
        return programme => programme.State != ProgrammeState.Draft || held.Contains(programme.Id);
    }
}

public sealed record ProgrammeLine(Guid Id, string Slug, string Name, ProgrammeState State, Direction Direction, string? Gap);

/// <summary>A programme as everybody in the unit may see it: names of those who answer for it, and nobody's address.</summary>
/// <param name="Sponsor">By name; null once erased.</param>
/// <param name="Accountable">Region → name of the executive who answers for it.</param>
/// <param name="Warnings">Told to whoever creates it: wording that may read as correction of a person. Null when only read.</param>
public sealed record ProgrammeView(
    Guid Id,
    string Slug,
    string Name,
    string? Purpose,
    ProgrammeState State,
    string? Template,
    Direction Direction,
    Gap Gap,
    string? Sponsor,
    IReadOnlyDictionary<string, string?> Accountable,
    SideSettings Mentors,
    SideSettings Mentees,
    IReadOnlyDictionary<string, string> Cadence,
    IReadOnlyList<string> Places,
    string Booking,
    string Length,
    int SessionMinutes,
    string Review,
    IReadOnlyList<MeasureSettings> Measures,
    PreparationView Preparation,
    MatchingView Matching,
    IReadOnlyList<string> CharterClauses,
    int K,
    int CommentsK,
    ForumSettings? Forum,
    string? Project,
    IReadOnlyList<string> AgendaStarters,
    GuestSettings? Guests,
    IReadOnlyDictionary<string, string> RoleNames,
    IReadOnlyList<WaveView> Waves,
    ExpansionView Expansion,
    DateTimeOffset CreatedAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<WordingWarning>? Warnings = null);

public sealed record PreparationView(IReadOnlyList<string> Mentor, IReadOnlyList<string> Mentee);

/// <param name="Mode">How pairs are found: <c>whole-pool</c>, or <c>self-chosen</c> from suggestions.</param>
/// <param name="Hard">Rules a pair may not break, by name.</param>
/// <param name="Grades">How many grades lie between the two; null where the programme does not ask.</param>
/// <param name="SameChainAtDistance">The fewest levels between the two in one chain; null where chains must be disjoint.</param>
/// <param name="NotUnderDirectReport">The mentor may not stand under somebody who reports to the mentee.</param>
/// <param name="Prefer">Criterion → weight in points.</param>
public sealed record MatchingView(
    MatchingMode Mode,
    IReadOnlyList<string> Hard,
    GradeSettings? Grades,
    int? SameChainAtDistance,
    bool NotUnderDirectReport,
    IReadOnlyDictionary<string, int> Prefer);

/// <param name="UnlockedWhy">The condition that was met; kept ever after.</param>
/// <param name="LockedBecause">What it waits for and how far that has come; null once unlocked.</param>
/// <param name="UnlockedBy">By what, and by whom where it was somebody's act; null while locked.</param>
public sealed record WaveView(
    string Name, bool Unlocked, DateTimeOffset? UnlockedAt, string? UnlockedWhy, string? LockedBecause, UnlockedByView? UnlockedBy);

/// <param name="Cause">What kind of fact or act.</param>
/// <param name="Person">The name of whoever opened or overrode; null where facts alone did it.</param>
/// <param name="ReviewId">The review that was read, or overridden.</param>
public sealed record UnlockedByView(UnlockCause Cause, string? Person, Guid? ReviewId);

/// <param name="Gates">What a review must show.</param>
/// <param name="LatestReview">The newest one heard of.</param>
/// <param name="Done">Each expansion, with the sponsor's words where a gate was red.</param>
/// <param name="Report">Which figures a review carries besides its gates; empty for all there are.</param>
/// <param name="Opens">The slug of the programme that an expansion opens; null where it opens a wave, or nothing.</param>
public sealed record ExpansionView(IReadOnlyList<GateSettings> Gates, Review? LatestReview, IReadOnlyList<ExpansionDone> Done, string? Opens, IReadOnlyList<string> Report);

/// <param name="By">By name; null once erased.</param>
public sealed record ExpansionDone(Guid ReviewId, DateTimeOffset At, string? OverrideReason, string? By);
