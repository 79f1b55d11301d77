using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <param name="Rules">Stages by title; a title's rule goes before the grade's.</param>
/// <param name="Grades">Stages by grade: from which grade up each begins. Whoever has neither rule is established.</param>
public sealed record StageMapping(IReadOnlyList<TitleStage> Rules, IReadOnlyList<GradeStage>? Grades = null);

public sealed record TitleStage(string Title, CareerStage Stage);

/// <summary>What a mapping would do.</summary>
/// <param name="Changes">How many people would go from which stage to which.</param>
/// <param name="Unmapped">Titles of people whose stage neither rule gives, the most frequent first, 100 at most.</param>
/// <param name="People">Who they are.</param>
public sealed record StagePreview(long Changed, IReadOnlyList<StageChanges> Changes, IReadOnlyList<UnmappedTitle> Unmapped, Page<StageChange> People);

public sealed record StageChanges(CareerStage From, CareerStage To, long Count);

/// <param name="Title">Null for people without one.</param>
public sealed record UnmappedTitle(string? Title, long People);

public sealed record StageChange(Guid Id, string Name, string? Title, int? Grade, CareerStage From, CareerStage To);

/// <summary>The unit says which stage its titles and grades stand for; everybody whose stage follows from them is looked at again.</summary>
public static class MapStages
{
    private const int MostRules = 5_000;
    private const int LongestTitle = 300;
    private const int MostUnmapped = 100;
    private const int FactsAtOnce = 2_000;

    /// <summary>
    /// Everybody whose stage was not told by name, with the stage that follows: {0} titles and {1} their stages, {2} stages by grade. The titles
    /// are compared here and not by the database (<see cref="SearchText"/>).
    /// </summary>
    private const string Following = """
        select here.id as "Id", here.title as "Title", here.stage as "From", coalesce(t.stage, g.stage, 'established') as "To",
               coalesce(t.stage, g.stage) is not null as "Mapped"
        from people here
        left join unnest({0}, {1}) as t (title, stage) on t.title = here.title
        left join unnest({2}) with ordinality as g (stage, grade) on g.grade = here.grade
        where not here.gone and not here.stage_told
        """;

    public static async Task<IResult> Show(ParticipantsDb db, CancellationToken ct)
    {
        var scale = await db.StageScales.AsNoTracking().SingleOrDefaultAsync(ct) ?? StageScale.Empty();
        var rules = await db.StageRules.AsNoTracking().OrderBy(rule => rule.TitleKey).ToListAsync(ct);
        return Precondition.Ok(new StageMapping([.. rules.Select(rule => new TitleStage(rule.Title, rule.Stage))], scale.Grades), scale.Version);
    }

    /// <summary>Changes nothing.</summary>
    public static async Task<IResult> Preview(StageMapping request, PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        var following = db.Database.SqlQueryRaw<FollowingStage>(Following, await Parameters(request, db, ct));
        var changing = following.Where(row => row.From != row.To);
        var counts = await changing.GroupBy(row => new { row.From, row.To })
            .Select(group => new { group.Key.From, group.Key.To, Count = group.LongCount() }).ToListAsync(ct);
        var unmapped = await following.Where(row => !row.Mapped).GroupBy(row => row.Title)
            .Select(group => new { Title = group.Key, Count = group.LongCount() })
            .OrderByDescending(row => row.Count).ThenBy(row => row.Title).Take(MostUnmapped).ToListAsync(ct);
        var after = page.AfterId ?? Guid.Empty;
        var rows = await changing.Join(db.People, row => row.Id, person => person.Id, (row, person) => new { row, person })
            .Where(both => both.person.Id > after).OrderBy(both => both.person.Id).Take(page.Take).ToListAsync(ct);
        var people = Page.Of(rows, page, both => Cursor.Of(both.person.Id));
        return Results.Ok(new StagePreview(
            counts.Sum(row => row.Count),
            [.. counts.Select(row => new StageChanges(Stage(row.From), Stage(row.To), row.Count)).OrderBy(change => change.From).ThenBy(change => change.To)],
            [.. unmapped.Select(row => new UnmappedTitle(row.Title, row.Count))],
            Page.Of<StageChange>(
                [.. people.Items.Select(both => new StageChange(
                    both.person.Id, both.person.Name, both.person.Title, both.person.Grade, Stage(both.row.From), Stage(both.row.To)))],
                people.Next)));
    }

    public static async Task<IResult> Replace(StageMapping request, Precondition precondition, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // An import that has read the old mapping must not write by it once there is a new one.
        await ReportingLineLock.Take(db, ct);
        var scale = await db.StageScales.SingleOrDefaultAsync(ct);
        if (precondition.Refusal(scale?.Version ?? 0) is { } stale)
            return stale;
        if (scale is null)
            db.StageScales.Add(scale = StageScale.Empty());
        scale.Replace(request.Grades ?? []);
        await db.StageRules.ExecuteDeleteAsync(ct);
        db.StageRules.AddRange(request.Rules.Select(rule => StageRule.For(rule.Title, rule.Stage)));
        await db.SaveChangesAsync(ct);

        var changed = await db.Database.SqlQueryRaw<Guid>($"""
            with changed as (
                update people p set stage = s."To", version = version + 1
                from ({Following}) s
                where p.id = s."Id" and s."From" <> s."To"
                returning p.id, p.known_elsewhere)
            select id as "Value" from changed where known_elsewhere
            """, await Parameters(request, db, ct)).ToListAsync(ct);
        foreach (var batch in changed.Chunk(FactsAtOnce))
        {
            foreach (var person in await db.People.AsNoTracking().Where(p => batch.Contains(p.Id)).ToListAsync(ct))
                outbox.Publish(person.ToFact());
            await PublishParticipants.For(db, outbox, batch, ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync(ct);
        return await Show(db, ct);
    }

    private static async Task<object[]> Parameters(StageMapping request, ParticipantsDb db, CancellationToken ct)
    {
        var titles = await db.People.Where(person => !person.Gone && !person.StageTold && person.Title != null).Select(person => person.Title!).Distinct().ToListAsync(ct);
        var byTitle = request.Rules.ToDictionary(rule => SearchText.Of(rule.Title), rule => Kebab.Of(rule.Stage), StringComparer.Ordinal);
        var mapped = titles.Select(title => (Title: title, Stage: byTitle.GetValueOrDefault(SearchText.Of(title)))).Where(row => row.Stage is not null).ToList();
        var scale = StageScale.Empty();
        scale.Replace(request.Grades ?? []);
        return [mapped.Select(row => row.Title).ToArray(), mapped.Select(row => row.Stage!).ToArray(), scale.ByGrade()];
    }

    private static CareerStage Stage(string name) => Kebab.Parse<CareerStage>(name);

    private static Dictionary<string, string[]> Validate(StageMapping request)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.Rules.Count > MostRules)
            errors["rules"] = [$"may be {MostRules} at most"];
        else if (request.Rules.Any(rule => string.IsNullOrWhiteSpace(rule.Title) || rule.Title.Length > LongestTitle))
            errors["rules"] = [$"must each name a title of 1 to {LongestTitle} characters"];
        else if (request.Rules.GroupBy(rule => SearchText.Of(rule.Title), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            errors["rules"] = [$"must name each title once; '{twice.First().Title}' is there more than once"];
        if (request.Grades is { } grades)
        {
            if (grades.Any(grade => grade.From is < Person.LowestGrade or > Person.HighestGrade))
                errors["grades"] = [$"must begin at whole numbers from {Person.LowestGrade}, the lowest, to {Person.HighestGrade}"];
            else if (grades.Select(grade => grade.From).Distinct().Count() != grades.Count)
                errors["grades"] = ["must name each grade once"];
        }
        return errors;
    }

    /// <param name="From">As stored.</param>
    /// <param name="To">As it would be stored.</param>
    private sealed record FollowingStage(Guid Id, string? Title, string From, string To, bool Mapped);
}
