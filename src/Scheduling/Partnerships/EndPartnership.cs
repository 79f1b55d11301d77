using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Either of the two ends it early; no reason is asked, and who it was is not kept. The answer leads to the question whether one would like to be
/// matched again, as the notice to both does: it is about one's own enrolment, so neither learns what the other says.
/// </summary>
public static class EndPartnership
{
    public static async Task<IResult> Handle(Guid id, Caller caller, SchedulingDb db, Endings endings, HttpResponse response, CancellationToken ct)
    {
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair?.SideOf(caller.PersonId) is null)
            return Problems.NotFound();
        await using var change = await Atomically.Begin(db, ct);
        if (!await endings.End(pair, early: true, ct))
            return Ended();
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        response.Headers.Link = $"</api/v1/units/{caller.Unit}/enrolments/mine>; rel=\"next\"; title=\"Would you like to be matched again?\"";
        return Results.NoContent();
    }

    public static IResult Ended() => Problems.Of(409, "partnership-ended", "This partnership has ended.");
}
