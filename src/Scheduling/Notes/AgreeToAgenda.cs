using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>The other of the two agrees to the agenda as it is.</summary>
public static class AgreeToAgenda
{
    /// <param name="Version">What one has read.</param>
    public sealed record Request(long Version);

    public static async Task<IResult> Handle(Guid id, [FromBody] Request request, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await OwnSession.Of(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        if (own.Pair.Ended)
            return EndPartnership.Ended();
        if (!ReadAgenda.Open(own, clock))
            return WriteAgenda.Closed();
        var agenda = await db.Agendas.SingleOrDefaultAsync(agenda => agenda.SessionId == id, ct);
        if (agenda is null || agenda.Version != request.Version)
            return Problems.Of(409, "agenda-changed", "The agenda is another one by now. Read it again and agree to what it says.");
        agenda.Agree(own.Side);
        await db.SaveChangesAsync(ct);
        // Without what it says: an answer to a repeatable request is kept, and would be kept in the clear.
        return Results.NoContent();
    }
}
