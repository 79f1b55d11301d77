using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Topics;

/// <param name="Labels">The label in other languages, by their primary tag.</param>
public sealed record AddTopicRequest(
    string Slug,
    string Label,
    Focus Focus,
    string? Description = null,
    string? Broader = null,
    IReadOnlyList<string>? Alternatives = null,
    IReadOnlyDictionary<string, string>? Labels = null);

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
        BroaderRetired,
    }

    public static async Task<IResult> Handle(AddTopicRequest request, HttpContext http, ParticipantsDb db, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        var broader = request.Broader is { } named ? await FindTopic.Current(db, named, ct) : null;
        if (request.Broader is not null && broader is null)
            return Problem(Refusal.BroaderUnknown);
        if (broader?.RetiredAt is not null)
            return Problem(Refusal.BroaderRetired);
        var topic = Topic.Create(
            request.Slug, request.Label.Trim(), request.Focus, request.Description, broader?.Slug, request.Alternatives,
            labels: request.Labels?.ToDictionary(label => label.Key, label => label.Value.Trim()));
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
            $"{http.Request.Path.Value!.TrimEnd('/')}/{topic.Slug}",
            TopicView.Of(topic, TopicLabels.Wanted(http)));
    }

    private static IResult Problem(Refusal refusal) => refusal switch
    {
        Refusal.TopicExists => Problems.Of(409, "topic-exists", "A topic with this slug exists already in this unit."),
        Refusal.BroaderUnknown => Problems.Of(422, "topic-unknown", "The broader topic does not exist in this unit.",
            new Dictionary<string, string[]> { ["broader"] = ["is not a topic of this unit"] }),
        Refusal.BroaderRetired => Problems.Of(422, "topic-retired", "The broader topic is retired; name one that may still be chosen.",
            new Dictionary<string, string[]> { ["broader"] = ["is retired"] }),
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
        if (request.Labels is { } labels && labels.Any(label =>
            !TopicLabels.Languages.Contains(label.Key) || string.IsNullOrWhiteSpace(label.Value) || label.Value.Length > LongestLabel))
            errors["labels"] = [$"may be in {string.Join(", ", TopicLabels.Languages)}, each of 1 to {LongestLabel} characters"];
        return errors;
    }
}
