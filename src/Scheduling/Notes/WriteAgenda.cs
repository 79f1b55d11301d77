using System.Text.Json;
using Mentoring.Messaging;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>Either of the two writes what to talk about, until the session starts; whoever writes agrees, the other has to agree anew.</summary>
public static class WriteAgenda
{
    /// <param name="Points">All of them, in order; a point that was there stays its author's.</param>
    public sealed record Request(IReadOnlyList<string> Points);

    public static async Task<IResult> Handle(
        Guid id, [FromBody] Request request, Precondition precondition, Caller caller, SchedulingDb db, PairSeal seal, TimeProvider clock, CancellationToken ct)
    {
        if (request.Points.Count > Agenda.MostPoints
            || request.Points.Any(point => string.IsNullOrWhiteSpace(point) || point.Length > Agenda.LongestPoint)
            || request.Points.Distinct().Count() != request.Points.Count)
            return Problems.Invalid("points", $"are at most {Agenda.MostPoints}, none twice, each of 1 to {Agenda.LongestPoint} characters");
        if (await OwnSession.Of(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        if (own.Pair.Ended)
            return EndPartnership.Ended();
        if (!ReadAgenda.Open(own, clock))
            return Closed();

        await using var whole = await Atomically.Begin(db, ct);
        var agenda = await db.Agendas.SingleOrDefaultAsync(agenda => agenda.SessionId == id, ct);
        // The first time there is nothing that could be overwritten unseen.
        if (agenda is not null && precondition.Refusal(agenda.Version) is { } refusal)
            return refusal;
        var before = await seal.PointsOf(own.Pair.Id, agenda, ct);
        var points = Agenda.Next(before, request.Points, own.Side);
        if (agenda is not null && points.SequenceEqual(before))
            return await db.Show(agenda, points, own, clock, ct);

        var box = await seal.Seal(own.Pair.Id, JsonSerializer.Serialize(points, Json.Options), Agenda.What(id), ct);
        if (agenda is null)
            db.Agendas.Add(agenda = new Agenda { SessionId = id, Sealed = box });
        agenda.Rewrite(box, own.Side);
        await db.SaveChangesAsync(ct);
        await whole.Commit(ct);
        return await db.Show(agenda, points, own, clock, ct);
    }

    internal static IResult Closed() => Problems.Of(422, "agenda-closed", "This session has started, or does not take place: its agenda stays as it is. What came of it belongs in the notes.");
}
