using Mentoring.Feedback.People;
using Mentoring.Feedback.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

public enum InsightState
{
    /// <summary>Anonymous, until enough others have raised one.</summary>
    Waiting,
    Raised,
    Owned,
    Overdue,
    Answered,
}

internal static class ReadInsights
{
    /// <param name="RaisedBy">For the programme's managers, where it was raised under a name.</param>
    public sealed record Item(
        Guid Id,
        string Programme,
        string Title,
        string Text,
        bool Anonymous,
        Named? RaisedBy,
        DateOnly RaisedOn,
        InsightState State,
        Named? Owner,
        DateOnly? DueOn,
        InsightAnswer? Answer,
        string? AnswerText,
        InsightEffect? Effect,
        string? Evidence,
        DateOnly? AnsweredOn);

    public static async Task<IResult> Handle(PageRequest page, Caller caller, FeedbackDb db, CancellationToken ct, string? programme = null)
    {
        var known = programme is null ? null : await db.Programmes.AsNoTracking().BySlug(programme, ct);
        if (programme is not null && known is null)
            return Problems.NotFound();
        var me = caller.PersonId;
        var manages = known is not null && caller.Manages(known.Id);
        var all = known is not null && caller.Oversees(known.Id);

        var shown =
            from insight in db.Insights.AsNoTracking()
            where insight.RaisedOn != null && (all || insight.OwnerId == me) && (known == null || insight.ProgrammeId == known.Id)
            join of in db.Programmes on insight.ProgrammeId equals of.Id
            join owner in db.People on insight.OwnerId equals (Guid?)owner.Id into owners
            from owner in owners.DefaultIfEmpty()
            join raiser in db.People on insight.RaiserId equals (Guid?)raiser.Id into raisers
            from raiser in raisers.DefaultIfEmpty()
            orderby insight.Id
            select new { Insight = insight, of.Slug, Owner = owner, Raiser = raiser };
        if (page.AfterId is { } after)
            shown = shown.Where(found => found.Insight.Id > after);
        var items = await shown.Take(page.Take).ToListAsync(ct);
        return Results.Ok(Page.Of(
            items.ConvertAll(found => Of(found.Insight, found.Slug, NameOf(found.Owner), manages ? NameOf(found.Raiser) : null)),
            page,
            item => Cursor.Of(item.Id)));
    }

    public static InsightState StateOf(Insight insight) => insight switch
    {
        { IsShown: false } => InsightState.Waiting,
        { Answer: not null } => InsightState.Answered,
        { Overdue: true } => InsightState.Overdue,
        { OwnerId: not null } => InsightState.Owned,
        _ => InsightState.Raised,
    };

    private static Named? NameOf(KnownPerson? person) => person is null ? null : new Named(person.Id, person.Name);

    private static Item Of(Insight insight, string programme, Named? owner, Named? raiser) => new(
        insight.Id,
        programme,
        insight.Title,
        insight.Text,
        insight.Anonymous,
        raiser,
        insight.RaisedOn!.Value,
        StateOf(insight),
        owner,
        insight.DueOn,
        insight.Answer,
        insight.AnswerText,
        insight.Effect,
        insight.Evidence,
        insight.AnsweredOn);
}
