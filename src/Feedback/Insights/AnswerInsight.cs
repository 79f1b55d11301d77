using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Feedback;
using Mentoring.Feedback.Programmes;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

internal static class AnswerInsight
{
    /// <param name="Text">What was done, is planned, or why it was declined: public in the unit.</param>
    /// <param name="Evidence">What shows the effect: a link, a document, a figure.</param>
    public sealed record Request(InsightAnswer Answer, string Text, InsightEffect Effect = InsightEffect.None, string? Evidence = null)
    {
        public Dictionary<string, string[]> Validate()
        {
            var errors = new Dictionary<string, string[]>();
            if (string.IsNullOrWhiteSpace(Text) || Text.Length > Insight.LongestText)
                errors["text"] = [$"must have 1 to {Insight.LongestText} characters: a public answer has a reason"];
            if (Evidence?.Length > Insight.LongestText)
                errors["evidence"] = [$"must have at most {Insight.LongestText} characters"];
            return errors;
        }
    }

    public static async Task<IResult> Handle(
        Guid id, [FromBody] Request request, Caller caller, FeedbackDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (request.Validate() is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        if (await db.Insights.SingleOrDefaultAsync(i => i.Id == id && i.RaisedOn != null, ct) is not { } insight)
            return Problems.NotFound();

        var now = clock.GetUtcNow();
        var refusal = insight.Reply(
            caller.PersonId, request.Answer, request.Text.Trim(), request.Effect, request.Evidence?.Trim(), DateOnly.FromDateTime(now.UtcDateTime));
        if (refusal is { } why)
            return Refuse(why, sees: caller.Oversees(insight.ProgrammeId));

        outbox.Publish(new InsightAnswered(
            insight.Id, insight.Version, insight.ProgrammeId, insight.Title, caller.PersonId, request.Answer.Kebab(), request.Effect.Kebab(), insight.InTime));
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "insight-answered", insight.Id, now));
        await timers.Clear(EscalateWhenInsightDue.Name, insight.Id.ToString(), ct);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    private static IResult Refuse(AnswerRefusal why, bool sees) => why switch
    {
        AnswerRefusal.NotTheOwner when sees => Problems.RoleMissing("Only the owner of an insight answers it."),
        AnswerRefusal.NotTheOwner => Problems.NotFound(),
        AnswerRefusal.AlreadyAnswered => Problems.Of(409, "insight-answered", "The insight has its public answer."),
        AnswerRefusal.DeclinedWithEffect => Problems.Invalid("effect", "must be none where the insight is declined"),
    };
}
