using Mentoring.ServiceDefaults;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// One of the two says whether to go on after the planned end; until then the answer may be changed. Nobody else learns it, the other of the
/// two included: only what comes of both answers is told.
/// </summary>
public static class AnswerContinuation
{
    public const string Yes = "yes";
    public const string No = "no";

    /// <param name="Answer"><c>yes</c> or <c>no</c>.</param>
    public sealed record Request(string Answer);

    /// <param name="Answer">One's own.</param>
    /// <param name="Until">The planned end: until then it may be changed.</param>
    public sealed record View(string Answer, DateTimeOffset Until);

    private enum Refusal
    {
        Ended,
        NotAsked,
        Closed,
    }

    public static async Task<IResult> Handle(
        Guid id, [FromBody] Request request, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        if (request.Answer is not (Yes or No))
            return Problems.Invalid("answer", $"must be {Yes} or {No}");
        // The answers do not touch the partnership, so the end, which counts them, is kept out by its lock.
        await using var change = await Atomically.Begin(db, ct);
        var pair = await db.Partnerships.FromSql($"select * from partnerships where id = {id} for update").AsNoTracking().SingleOrDefaultAsync(ct);
        if (pair?.SideOf(caller.PersonId) is null)
            return Problems.NotFound();
        if (Refuse(pair, clock.GetUtcNow()) is { } refusal)
            return ToProblem(refusal);

        if (await db.ContinuationAnswers.FindAsync([db.Unit.UnitId, id, caller.PersonId], ct) is not { } answer)
            db.ContinuationAnswers.Add(answer = new ContinuationAnswer { PartnershipId = id, PersonId = caller.PersonId });
        answer.GoesOn = request.Answer == Yes;
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Ok(new View(Show(answer.GoesOn), pair.EndsAt!.Value));
    }

    internal static string Show(bool goesOn) => goesOn ? Yes : No;

    private static Refusal? Refuse(Partnership pair, DateTimeOffset now) =>
        pair.MayAnswer(now) ? null
        : pair.Ended ? Refusal.Ended
        : pair.AskedAt is null ? Refusal.NotAsked
        : Refusal.Closed;

    private static IResult ToProblem(Refusal refusal) => refusal switch
    {
        Refusal.Ended => EndPartnership.Ended(),
        Refusal.NotAsked => Problems.Of(409, "continuation-not-asked", "Both are asked two weeks before the planned end. Answer then."),
        Refusal.Closed => Problems.Of(409, "continuation-closed", "The planned end has come. Look at the partnership to see what came of it."),
    };
}
