using Mentoring.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

/// <summary>The code comes in the body: an address is written into logs.</summary>
internal static class FollowInsight
{
    public sealed record Request(string Code);

    public sealed record Followed(string Title, InsightState State, DateOnly? DueOn, InsightAnswer? Answer, string? AnswerText);

    public static async Task<IResult> Handle([FromBody] Request request, FeedbackDb db, CancellationToken ct)
    {
        var hash = SecretCode.Hash(request.Code);
        return await db.Insights.AsNoTracking().SingleOrDefaultAsync(insight => insight.CodeHash == hash, ct) is { } insight
            ? Results.Ok(new Followed(insight.Title, ReadInsights.StateOf(insight), insight.DueOn, insight.Answer, insight.AnswerText))
            : Problems.NotFound();
    }
}
