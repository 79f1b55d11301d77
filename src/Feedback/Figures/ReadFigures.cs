using Mentoring.Feedback.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Figures;

internal static class ReadFigures
{
    /// <param name="Comparison">With retention.</param>
    /// <param name="Newest">What a review reads: of the latest day, and of that day the last recorded.</param>
    public sealed record Item(
        Guid Id,
        string Programme,
        string Measure,
        decimal Value,
        DateOnly AsOf,
        string Source,
        int? People,
        RecordFigure.ComparisonGroup? Comparison,
        DateTimeOffset RecordedAt,
        bool Newest);

    public static async Task<IResult> Handle(
        string programme, PageRequest page, Caller caller, FeedbackDb db, CancellationToken ct, string? measure = null)
    {
        if (await db.Programmes.AsNoTracking().BySlug(programme, ct) is not { } known)
            return Problems.NotFound();
        if (!caller.Oversees(known.Id))
            return Problems.RoleMissing();
        var figures = db.Figures.AsNoTracking().Where(figure => figure.ProgrammeId == known.Id && (measure == null || figure.Measure == measure));
        if (page.AfterId is { } after)
            figures = figures.Where(figure => figure.Id < after);
        var found = await figures.OrderByDescending(figure => figure.Id).Take(page.Take).ToListAsync(ct);
        var newest = (await db.Newest(known.Id).Select(figure => figure.Id).ToListAsync(ct)).ToHashSet();
        return Results.Ok(Page.Of(found.ConvertAll(figure => Shown(figure, known.Slug, newest.Contains(figure.Id))), page, item => Cursor.Of(item.Id)));
    }

    public static async Task<Item> One(Figure figure, string programme, FeedbackDb db, CancellationToken ct) =>
        Shown(figure, programme, await db.Newest(figure.ProgrammeId).AnyAsync(newest => newest.Id == figure.Id, ct));

    /// <summary>The one figure of each measure that counts: of the latest day, and of that day the last recorded.</summary>
    public static IQueryable<Figure> Newest(this FeedbackDb db, Guid programmeId) =>
        from figure in db.Figures.AsNoTracking()
        where figure.ProgrammeId == programmeId
            && !db.Figures.Any(other => other.ProgrammeId == programmeId && other.Measure == figure.Measure
                && (other.AsOf > figure.AsOf || (other.AsOf == figure.AsOf && other.Id > figure.Id)))
        select figure;

    private static Item Shown(Figure figure, string programme, bool newest) => new(
        figure.Id,
        programme,
        figure.Measure,
        figure.Value,
        figure.AsOf,
        figure.Source,
        figure.People,
        figure is { Comparison: { } comparison, ComparisonPeople: { } people } ? new(comparison, people) : null,
        figure.RecordedAt,
        newest);
}
