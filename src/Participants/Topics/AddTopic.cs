using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Topics;

public sealed record AddTopicRequest(string Slug, string Label, Focus Focus, string? Description = null, string? Broader = null, IReadOnlyList<string>? Alternatives = null);

/// <summary>A unit adds a topic of its own.</summary>
public static class AddTopic
{
    private const int LongestLabel = 200;
    private const int LongestDescription = 2_000;
    private const int MostAlternatives = 50;

    public enum Refusal
    {
        TopicExists,
        BroaderUnknown,
    }

    public static async Task<IResult> Handle(AddTopicRequest request, HttpContext http, ParticipantsDb db, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        if (request.Broader is { } broader && !await db.Topics.AnyAsync(topic => topic.Slug == broader, ct))
            return Problem(Refusal.BroaderUnknown);
        var topic = Topic.Create(request.Slug, request.Label.Trim(), request.Focus, request.Description, request.Broader, request.Alternatives);
        if (await db.Topics.AnyAsync(known => known.Slug == topic.Slug, ct))
            return Problem(Refusal.TopicExists);
        db.Topics.Add(topic);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "pk_topics" })
        {
            return Problem(Refusal.TopicExists);
        }
        return Results.Created(
            $"{http.Request.Path}?search={topic.Slug}",
            new TopicView(topic.Slug, topic.Label, topic.Focus, topic.Description, topic.Broader, topic.Alternatives, topic.Source));
    }

    private static IResult Problem(Refusal refusal) => refusal switch
    {
        Refusal.TopicExists => Problems.Of(409, "topic-exists", "A topic with this slug exists already in this unit."),
        Refusal.BroaderUnknown => Problems.Of(422, "topic-unknown", "The broader topic does not exist in this unit.",
            new Dictionary<string, string[]> { ["broader"] = ["is not a topic of this unit"] }),
    };

    private static Dictionary<string, string[]> Validate(AddTopicRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (!Participants.Slug.IsValid(request.Slug))
            errors["slug"] = ["must be lower-case letters, digits and single hyphens"];
        if (string.IsNullOrWhiteSpace(request.Label) || request.Label.Length > LongestLabel)
            errors["label"] = [$"must have 1 to {LongestLabel} characters"];
        if (request.Description?.Length > LongestDescription)
            errors["description"] = [$"may have {LongestDescription} characters at most"];
        if (request.Alternatives is { } others && (others.Count > MostAlternatives || others.Any(other => other.Length > LongestLabel || other.Contains('|', StringComparison.Ordinal))))
            errors["alternatives"] = [$"may be {MostAlternatives} at most, each of {LongestLabel} characters without '|'"];
        return errors;
    }
}
