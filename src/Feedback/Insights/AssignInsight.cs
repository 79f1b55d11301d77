using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Feedback;
using Mentoring.Feedback.People;
using Mentoring.Feedback.Programmes;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

internal static class AssignInsight
{
    public sealed record Request(Guid OwnerId, DateOnly DueOn);

    public static async Task<IResult> Handle(
        Guid id, [FromBody] Request request, Caller caller, FeedbackDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Insights.SingleOrDefaultAsync(i => i.Id == id && i.RaisedOn != null, ct) is not { } insight)
            return Problems.NotFound();
        if (!caller.Manages(insight.ProgrammeId))
            return Problems.RoleMissing();
        var programme = await db.Programmes.AsNoTracking().SingleAsync(p => p.Id == insight.ProgrammeId, ct);
        var owner = await db.FindInUnit<KnownPerson>(request.OwnerId, ct);
        var mentors = await db.Pairs.Where(pair => pair.MenteeId == request.OwnerId).Select(pair => pair.MentorId).Distinct().ToListAsync(ct);

        var now = clock.GetUtcNow();
        var refusal = insight.Assign(
            request.OwnerId, request.DueOn, Ownership.Refuses(owner, programme, insight, mentors), DateOnly.FromDateTime(now.UtcDateTime));
        if (refusal is { } why)
            return Refuse(why);

        outbox.Publish(new InsightRaised(insight.Id, insight.Version, insight.ProgrammeId, insight.Title, insight.OwnerId, insight.DueOn));
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "insight-assigned", insight.Id, now));
        if (!insight.Overdue)
            await timers.Set(EscalateWhenInsightDue.Name, insight.Id.ToString(), EscalateWhenInsightDue.After(request.DueOn), ct: ct);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    private static IResult Refuse(AssignRefusal why) => why switch
    {
        AssignRefusal.AlreadyAnswered => Problems.Of(409, "insight-answered", "The insight has its public answer; its owner stays."),
        AssignRefusal.OwnerWithoutAuthority => Problems.Of(422, "owner-without-authority",
            "The owner must be able to act on it: choose somebody senior or executive, or the programme's sponsor."),
        AssignRefusal.OwnerIsOwnMentee => Problems.Of(422, "owner-is-own-mentee", "The owner must not be the raiser's own mentee. Choose somebody else."),
        AssignRefusal.OwnerIsSomebodysMentee => Problems.Of(422, "owner-is-a-mentee",
            "An anonymous insight is owned by somebody who is nobody's mentee: refusing the raiser's own mentee alone would tell who raised it."),
        AssignRefusal.DueInThePast => Problems.Invalid("dueOn", "must be today or later"),
    };
}
