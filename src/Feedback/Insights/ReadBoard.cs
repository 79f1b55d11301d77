using Mentoring.Feedback.People;
using Mentoring.Feedback.Programmes;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

/// <summary>Public in the unit. Nobody reads here who raised something.</summary>
internal static class ReadBoard
{
    public sealed record Board(IReadOnlyList<Item> Items, string? Next, Credibility Credibility);

    public sealed record Item(
        Guid Id,
        string Title,
        string Text,
        Named? Owner,
        InsightAnswer Answer,
        string AnswerText,
        InsightEffect Effect,
        string? Evidence,
        DateOnly RaisedOn,
        DateOnly AnsweredOn,
        bool InTime);

    /// <summary>Of the insights that were to be answered by now, how many were, in time.</summary>
    public sealed record Credibility(int Due, int InTime);

    public static async Task<IResult> Handle(string programme, PageRequest page, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Programmes.AsNoTracking().BySlug(programme, ct) is not { } known)
            return Problems.NotFound();
        var answered =
            from insight in db.Insights.AsNoTracking()
            where insight.ProgrammeId == known.Id && insight.Answer != null
            join owner in db.People on insight.OwnerId equals (Guid?)owner.Id into owners
            from owner in owners.DefaultIfEmpty()
            orderby insight.Id
            select new { Insight = insight, Owner = owner };
        if (page.AfterId is { } after)
            answered = answered.Where(found => found.Insight.Id > after);
        var items = Page.Of(
            (await answered.Take(page.Take).ToListAsync(ct)).ConvertAll(found => Of(found.Insight, found.Owner)), page, item => Cursor.Of(item.Id));
        return Results.Ok(new Board(items.Items, items.Next, await CredibilityOf(known.Id, db, clock, ct)));
    }

    public static async Task<Credibility> CredibilityOf(Guid programmeId, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var due = db.Insights.Where(i => i.ProgrammeId == programmeId && i.DueOn != null && (i.AnsweredOn != null || i.DueOn < today));
        return new Credibility(await due.CountAsync(ct), await due.CountAsync(i => i.AnsweredOn != null && !i.Overdue, ct));
    }

    private static Item Of(Insight insight, KnownPerson? owner) => new(
        insight.Id,
        insight.Title,
        insight.Text,
        owner is null ? null : new Named(owner.Id, owner.Name),
        insight.Answer!.Value,
        insight.AnswerText!,
        insight.Effect!.Value,
        insight.Evidence,
        insight.RaisedOn!.Value,
        insight.AnsweredOn!.Value,
        insight.InTime);
}
