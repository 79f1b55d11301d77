using Mentoring.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Concerns;

/// <summary>The code comes in the body: an address is written into logs.</summary>
internal static class FollowConcern
{
    public sealed record Request(string Code);

    public sealed record Followed(DateOnly RaisedOn, string? Reply);

    public static async Task<IResult> Handle([FromBody] Request request, FeedbackDb db, CancellationToken ct)
    {
        var hash = SecretCode.Hash(request.Code);
        return await db.Concerns.AsNoTracking().SingleOrDefaultAsync(concern => concern.CodeHash == hash, ct) is { } concern
            ? Results.Ok(new Followed(concern.RaisedOn, concern.Reply))
            : Problems.NotFound();
    }
}
