using Mentoring.Contracts.Feedback;
using Mentoring.Feedback.Programmes;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

/// <summary>
/// Under a name an insight is there at once. Without one it is written with nothing about its raiser, and nothing is published: it waits
/// for <see cref="ShowAnonymousInsights"/>, whose beat is set by no request.
/// </summary>
internal static class RaiseInsight
{
    public sealed record Request(string Programme, string Title, string Text, bool Anonymous = false)
    {
        public Dictionary<string, string[]> Validate()
        {
            var errors = new Dictionary<string, string[]>();
            if (string.IsNullOrWhiteSpace(Title) || Title.Length > Insight.LongestTitle)
                errors["title"] = [$"must have 1 to {Insight.LongestTitle} characters"];
            if (string.IsNullOrWhiteSpace(Text) || Text.Length > Insight.LongestText)
                errors["text"] = [$"must have 1 to {Insight.LongestText} characters"];
            return errors;
        }
    }

    public sealed record Raised(Guid Id, string Title);

    /// <param name="Code">The only way to follow it; told once and not kept.</param>
    public sealed record RaisedAnonymously(string Code);

    public static async Task<IResult> Handle([FromBody] Request request, Caller caller, FeedbackDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (request.Validate() is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        if (await db.Programmes.AsNoTracking().BySlug(request.Programme, ct) is not { } programme
            || await db.Participants.StandingOf(caller.PersonId, programme.Id, ct) is null)
            return Problems.NotFound();
        if (programme.Closed)
            return Problems.Of(409, "programme-closed", "The programme has ended; it takes no more insights.");
        return request.Anonymous
            ? await Anonymously(request, programme, caller.PersonId, db, ct)
            : await UnderTheirName(request, programme, caller, db, outbox, clock.GetUtcNow(), ct);
    }

    private static async Task<IResult> UnderTheirName(
        Request request, KnownProgramme programme, Caller caller, FeedbackDb db, Outbox outbox, DateTimeOffset now, CancellationToken ct)
    {
        var insight = Insight.Raise(
            Guid.CreateVersion7(now), programme.Id, request.Title.Trim(), request.Text.Trim(), caller.PersonId, DateOnly.FromDateTime(now.UtcDateTime));
        db.Add(insight);
        outbox.Publish(new InsightRaised(insight.Id, insight.Version, programme.Id, insight.Title, OwnerId: null, DueOn: null));
        await db.SaveChangesAsync(ct);
        return Results.Created((string?)null, new Raised(insight.Id, insight.Title));
    }

    private static async Task<IResult> Anonymously(Request request, KnownProgramme programme, Guid me, FeedbackDb db, CancellationToken ct)
    {
        await using var change = await Atomically.Begin(db, ct);
        // Shared with other raisers, not with the showing of a batch: an insight and the count of its raiser fall into the same batch.
        var key = await db.ProgrammeKeys.FromSql($"select * from programme_keys where programme_id = {programme.Id} for share").AsNoTracking().SingleAsync(ct);
        var pseudonym = key.Pseudonym(me, ProgrammeKey.Purpose.Insight);
        var (code, hash) = SecretCode.Draw();
        await db.Database.ExecuteSqlAsync($"""
            insert into anonymous_raisers (unit_id, programme_id, pseudonym) values ({db.Unit.UnitId}, {programme.Id}, {pseudonym})
            on conflict do nothing
            """, ct);
        db.Add(Insight.RaiseAnonymously(AnonymousId.Draw(), programme.Id, request.Title.Trim(), request.Text.Trim(), hash));
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Created((string?)null, new RaisedAnonymously(code));
    }
}
