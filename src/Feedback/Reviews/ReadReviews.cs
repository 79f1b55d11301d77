using Mentoring.Contracts.Feedback;
using Mentoring.Feedback.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Reviews;

internal static class ReadReviews
{
    public sealed record Item(Guid Id, string Programme, DateTimeOffset WrittenAt, bool Green, IReadOnlyList<GateReading> Gates, ReviewFigures Figures);

    public static async Task<IResult> OfProgramme(string programme, PageRequest page, Caller caller, FeedbackDb db, CancellationToken ct)
    {
        if (await db.Programmes.AsNoTracking().BySlug(programme, ct) is not { } known)
            return Problems.NotFound();
        if (!caller.Oversees(known.Id))
            return Problems.RoleMissing();
        var reviews = db.Reviews.AsNoTracking().Where(review => review.ProgrammeId == known.Id);
        if (page.AfterId is { } after)
            reviews = reviews.Where(review => review.Id < after);
        var found = await reviews.OrderByDescending(review => review.Id).Take(page.Take).ToListAsync(ct);
        return Results.Ok(Page.Of(found.ConvertAll(review => Shown(review, known.Slug)), page, item => Cursor.Of(item.Id)));
    }

    public static async Task<IResult> One(Guid id, Caller caller, FeedbackDb db, CancellationToken ct)
    {
        var found = await (
            from review in db.Reviews.AsNoTracking()
            join programme in db.Programmes on review.ProgrammeId equals programme.Id
            where review.Id == id
            select new { Review = review, programme.Slug }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Problems.NotFound();
        return caller.Oversees(found.Review.ProgrammeId) ? Results.Ok(Shown(found.Review, found.Slug)) : Problems.RoleMissing();
    }

    public static Item Shown(Review review, string programme) => new(review.Id, programme, review.WrittenAt, review.Green, review.Gates, review.Figures);
}
