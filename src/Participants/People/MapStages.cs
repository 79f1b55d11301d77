using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

public sealed record StageMapping(IReadOnlyList<TitleStage> Rules);

public sealed record TitleStage(string Title, CareerStage Stage);

/// <summary>The unit says which stage its titles stand for; everybody whose stage follows from a title is looked at again.</summary>
public static class MapStages
{
    private const int MostRules = 5_000;
    private const int LongestTitle = 300;

    public static async Task<IResult> Show(ParticipantsDb db, CancellationToken ct)
    {
        var rules = await db.StageRules.AsNoTracking().OrderBy(rule => rule.TitleKey).ToListAsync(ct);
        return Results.Ok(new StageMapping([.. rules.Select(rule => new TitleStage(rule.Title, rule.Stage))]));
    }

    public static async Task<IResult> Replace(StageMapping request, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.StageRules.ExecuteDeleteAsync(ct);
        db.StageRules.AddRange(request.Rules.Select(rule => StageRule.For(rule.Title, rule.Stage)));
        await db.SaveChangesAsync(ct);

        var titles = await db.People.Where(person => !person.Gone && !person.StageTold && person.Title != null).Select(person => person.Title!).Distinct().ToListAsync(ct);
        var changed = await db.Database.SqlQuery<Guid>($"""
            with titles as (select title, title_key from unnest({titles.ToArray()}, {titles.Select(SearchText.Of).ToArray()}) as t (title, title_key)),
                 changed as (
                    update people p set stage = s.stage, version = version + 1
                    from (
                        select here.id, coalesce(r.stage, 'established') as stage
                        from people here left join titles t on t.title = here.title left join stage_rules r on r.title_key = t.title_key
                        where not here.gone and not here.stage_told) s
                    where p.id = s.id and p.stage <> s.stage
                    returning p.id, p.known_elsewhere)
            select id as "Value" from changed where known_elsewhere
            """).ToListAsync(ct);
        foreach (var person in await db.People.AsNoTracking().Where(p => changed.Contains(p.Id)).ToListAsync(ct))
            outbox.Publish(person.ToFact());
        await PublishParticipants.For(db, outbox, changed, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return await Show(db, ct);
    }

    private static Dictionary<string, string[]> Validate(StageMapping request)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.Rules.Count > MostRules)
            errors["rules"] = [$"may be {MostRules} at most"];
        else if (request.Rules.Any(rule => string.IsNullOrWhiteSpace(rule.Title) || rule.Title.Length > LongestTitle))
            errors["rules"] = [$"must each name a title of 1 to {LongestTitle} characters"];
        else if (request.Rules.GroupBy(rule => SearchText.Of(rule.Title), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            errors["rules"] = [$"must name each title once; '{twice.First().Title}' is there more than once"];
        return errors;
    }
}
