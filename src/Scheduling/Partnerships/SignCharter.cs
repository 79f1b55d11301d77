using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Signs the version one has read. The second signature completes the charter.</summary>
public static class SignCharter
{
    public sealed record Request(int Version);

    public static async Task<IResult> Handle(
        Guid id, [FromBody] Request request, Caller caller, SchedulingDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        // Both may sign at the same moment, and neither should be told to try again: the second waits for the first.
        await using var change = await Atomically.Begin(db, ct);
        var pair = await db.Partnerships.FromSql($"select * from partnerships where id = {id} for update").SingleOrDefaultAsync(ct);
        if (pair?.SideOf(caller.PersonId) is not { } side)
            return Problems.NotFound();
        if (pair.Ended)
            return EndPartnership.Ended();
        var now = clock.GetUtcNow();
        if (await db.WithCharter(pair, now, ct) is null)
            return ReadCharter.NotThereYet();

        var (completed, refusal) = pair.Sign(side, request.Version, now);
        if (refusal is { } refused)
            return ToProblem(refused);
        await timers.Clear(TellOfRevision.Name, TellOfRevision.KeyFor(pair, side), ct);
        if (completed)
        {
            outbox.Publish(pair.ToCharterSigned());
            await timers.Set(ActivatePartnership.Name, pair.Id.ToString(), now, ct: ct);
        }
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Precondition.Ok(ReadCharter.Show(pair.Charter!, side, pair.ReviewAt), pair.Charter!.Version);
    }

    private static IResult ToProblem(SigningRefusal refusal) => refusal switch
    {
        SigningRefusal.Stale => Problems.Of(409, "charter-stale", "The charter has another version by now. Read it again and sign that one."),
        SigningRefusal.GapMissing => Problems.Of(422, "gap-missing",
            "This programme names only an area. Write into the charter which gap the two of you work on and how you will measure it, then sign."),
    };
}
