using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Reflections;

/// <summary>Only the two of a session reflect on it. Nothing is published and nothing is audited.</summary>
internal static class WriteReflection
{
    public sealed record Request(Guid SessionId, string Text, Pulse? Pulse = null)
    {
        public Dictionary<string, string[]> Validate()
        {
            var errors = new Dictionary<string, string[]>();
            if (string.IsNullOrWhiteSpace(Text) || Text.Length > Reflection.LongestText)
                errors["text"] = [$"must have 1 to {Reflection.LongestText} characters"];
            if (Pulse is { } pulse && new[] { pulse.Useful, pulse.Safe, pulse.Trust }.Any(value => value is < 1 or > 5))
                errors["pulse"] = ["each must be from 1 to 5"];
            return errors;
        }
    }

    public static async Task<IResult> Handle([FromBody] Request request, Caller caller, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        if (request.Validate() is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        var me = caller.PersonId;
        var session = await db.Sessions.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == request.SessionId && (s.MentorId == me || s.MenteeId == me), ct);
        if (session is null)
            return Problems.NotFound();
        var now = clock.GetUtcNow();
        if (session.StartsAt > now)
            return Problems.Of(422, "not-started", "The session has not begun yet; reflect on it afterwards.");

        var reflection = new Reflection
        {
            Id = Guid.CreateVersion7(now),
            SessionId = session.Id,
            AuthorId = me,
            Text = request.Text.Trim(),
            Pulse = request.Pulse,
            WrittenAt = now,
        };
        db.Add(reflection);
        await db.SaveChangesAsync(ct);
        return Results.Created((string?)null, ReadReflections.Shown(reflection));
    }
}
