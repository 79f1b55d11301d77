using Mentoring.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace Mentoring.Feedback.Concerns;

internal static class ReplyToConcern
{
    public sealed record Request(string Text);

    public static async Task<IResult> Handle(Guid id, [FromBody] Request request, FeedbackDb db, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Text) || request.Text.Length > Concern.LongestText)
            return Problems.Invalid("text", $"must have 1 to {Concern.LongestText} characters");
        if (await db.FindInUnit<Concern>(id, ct) is not { } concern)
            return Problems.NotFound();
        concern.Reply = request.Text.Trim();
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }
}
