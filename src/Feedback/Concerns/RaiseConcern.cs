using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Mentoring.Feedback.Concerns;

internal static class RaiseConcern
{
    /// <param name="ContactMe">Name me to the safeguarding contacts; otherwise nothing here says who I am.</param>
    public sealed record Request(string Text, bool ContactMe = false);

    /// <param name="Code">The only way to read a reply; told once and not kept.</param>
    public sealed record Raised(string Code);

    public static async Task<IResult> Handle([FromBody] Request request, Caller caller, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Text) || request.Text.Length > Concern.LongestText)
            return Problems.Invalid("text", $"must have 1 to {Concern.LongestText} characters");
        var (code, hash) = SecretCode.Draw();
        db.Add(new Concern
        {
            Id = AnonymousId.Draw(),
            Text = request.Text.Trim(),
            PersonId = request.ContactMe ? caller.PersonId : null,
            CodeHash = hash,
            RaisedOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
        });
        await db.SaveChangesAsync(ct);
        return Results.Created((string?)null, new Raised(code));
    }
}
