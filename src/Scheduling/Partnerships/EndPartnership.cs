using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Either of the two ends it early; no reason is asked, and who it was is not kept.</summary>
public static class EndPartnership
{
    public static async Task<IResult> Handle(Guid id, Caller caller, SchedulingDb db, Endings endings, CancellationToken ct)
    {
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair?.SideOf(caller.PersonId) is null)
            return Problems.NotFound();
        if (!await endings.End(pair, early: true, ct))
            return Ended();
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    public static IResult Ended() => Problems.Of(409, "partnership-ended", "This partnership has ended.");
}
