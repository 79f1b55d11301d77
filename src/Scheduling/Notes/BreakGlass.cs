using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>Two safeguarding contacts together open what a pair wrote for one another. Nobody who is one of the pair can.</summary>
public static class BreakGlass
{
    /// <param name="Cause"><c>law</c> or <c>safety</c>; the two are told which.</param>
    /// <param name="Reason">For whoever else safeguards, who has to agree.</param>
    public sealed record Request(string Cause, string Reason);

    public static async Task<IResult> Ask(Guid id, [FromBody] Request request, Caller caller, SchedulingDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.Cause is not (Glass.Law or Glass.Safety))
            errors["cause"] = [$"must be {Glass.Law} or {Glass.Safety}"];
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > Glass.LongestReason)
            errors["reason"] = [$"needs 1 to {Glass.LongestReason} characters"];
        if (errors.Count > 0)
            return Problems.Invalid(errors);
        if (await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == id, ct) is not { } pair)
            return Problems.NotFound();
        if (pair.SideOf(caller.PersonId) is not null)
            return OwnPair();

        var glass = Glass.Ask(id, request.Cause, request.Reason, caller.PersonId, clock.GetUtcNow());
        db.Glasses.Add(glass);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "pair-notes-asked-for", id, glass.AskedAt));
        await db.SaveChangesAsync(ct);
        return Results.Created($"/api/v1/units/{caller.Unit}/partnerships/glass/{glass.Id}", ReadGlass.Show(glass, pair, clock.GetUtcNow()));
    }

    public static async Task<IResult> Open(Guid glassId, Caller caller, SchedulingDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Glasses.SingleOrDefaultAsync(glass => glass.Id == glassId, ct) is not { } glass)
            return Problems.NotFound();
        var pair = await db.Partnerships.AsNoTracking().SingleAsync(pair => pair.Id == glass.PartnershipId, ct);
        if (pair.SideOf(caller.PersonId) is not null)
            return OwnPair();
        var now = clock.GetUtcNow();
        if (glass.Open(caller.PersonId, now) is { } refusal)
        {
            return refusal switch
            {
                GlassRefusal.NeedsAnother => Problems.Of(422, "glass-needs-another", "You asked for it yourself. Another safeguarding contact has to open it."),
                GlassRefusal.NotWaiting => Problems.Of(409, "glass-not-waiting", "It was opened before, or nobody opened it within a week. Ask for it anew."),
            };
        }
        outbox.Publish(glass.ToOpened(pair));
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "pair-notes-opened", glass.PartnershipId, now));
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(ReadGlass.Show(glass, pair, now), glass.Version);
    }

    private static IResult OwnPair() => Problems.Of(422, "glass-own-pair", "You are one of this pair. Leave it to the other safeguarding contacts.");
}
