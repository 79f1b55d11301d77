using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>What would come of a file. Nothing is changed.</summary>
public static class PlanProgramme
{
    /// <summary>Only whether it could be created.</summary>
    public static async Task<Plan> Validate(ProgrammeBody body, ParticipantsDb db, CancellationToken ct) =>
        Of(await ProgrammeCheck.Of(body, db, ct), [], forecast: null, existing: null);

    /// <summary>Also whom it could reach.</summary>
    public static async Task<Plan> Handle(ProgrammeBody body, ParticipantsDb db, CancellationToken ct)
    {
        var check = await ProgrammeCheck.Of(body, db, ct);
        if (check.Settings is not { } settings)
            return Of(check, [], forecast: null, existing: null);
        FileProblem[] taken = await db.Programmes.AnyAsync(programme => programme.Slug == settings.Slug, ct)
            ? [new("slug", "programme-exists", $"There is a programme '{settings.Slug}' already. POST …/programmes/{settings.Slug}/plan says what this file would change in it.")]
            : [];
        return Of(check, taken, await ForecastCohort.Of(settings, check.People, db, ct), existing: null);
    }

    /// <summary>What it would change in a programme there is, and how many of those who take part that would touch.</summary>
    public static async Task<IResult> ForExisting(string slug, ProgrammeBody body, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (await ReadProgrammes.Find(slug, caller, db.Programmes.AsNoTracking(), ct) is not { } programme)
            return Problems.NotFound();
        if (!ReadProgrammes.MakesIt(caller, programme))
            return Problems.RoleMissing();
        var check = await ProgrammeCheck.Of(body, db, ct);
        if (check.Settings is not { } settings)
            return Results.Ok(Of(check, [], forecast: null, existing: null));
        var enrolled = await ApplyProgramme.TakingPart(programme.Id, db, ct);
        var changes = ProgrammeChanges.Between(programme, settings, check.People, enrolled, await ApplyProgramme.Gone(programme, db, ct));
        var applicable = programme.State != ProgrammeState.Closed && changes.All(change => change.Safe);
        return Results.Ok(Of(
            check, [], await ForecastCohort.Of(settings, check.People, db, ct), new PlannedChange(programme.State, programme.Version, applicable, enrolled.Count, changes)));
    }

    private static Plan Of(ProgrammeCheck check, FileProblem[] more, CohortForecast? forecast, PlannedChange? existing) => new(
        check.Settings is not null && more.Length == 0,
        [.. check.Problems, .. more],
        check.Settings is { } settings ? WordingCheck.Of(settings) : [],
        forecast,
        existing);
}

/// <param name="Valid">It could be created as it is.</param>
/// <param name="Problems">What stands against that, each with its place in the file.</param>
/// <param name="Warnings">Wording that may read as correction of a person; it does not stand against creating it.</param>
/// <param name="Forecast">Null when only validated, and while there are problems.</param>
/// <param name="Existing">Against the programme there is; null when planned for a new one.</param>
public sealed record Plan(
    bool Valid, IReadOnlyList<FileProblem> Problems, IReadOnlyList<WordingWarning> Warnings, CohortForecast? Forecast, PlannedChange? Existing);

/// <param name="Version">Of the programme as compared: what <c>If-Match</c> of <c>apply</c> names.</param>
/// <param name="Applicable"><c>apply</c> would take it: every change is safe, and the programme is not over.</param>
/// <param name="TakingPart">How many take part now or wait for a place; each change says how many of them it touches.</param>
/// <param name="Changes">Empty where the file says what holds.</param>
public sealed record PlannedChange(ProgrammeState State, long Version, bool Applicable, int TakingPart, IReadOnlyList<SettingChange> Changes);
