using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Knowledge;

/// <summary>The whole of it: what is left out is no longer offered or needed.</summary>
public sealed record TellMyKnowledgeRequest(
    IReadOnlyList<OfferRequest> Offers,
    IReadOnlyList<NeedRequest> Needs,
    IReadOnlyList<string>? Interests = null,
    IReadOnlyList<string>? Channels = null,
    TimeOnly? DayStartsAt = null,
    TimeOnly? DayEndsAt = null);

public sealed record OfferRequest(string Topic, int Level, string? Evidence = null);

public sealed record NeedRequest(string Topic, int Level, bool Priority = false);

/// <summary>A person tells what they offer and need. Whoever is enrolled shares it with the programme from then on.</summary>
public static class TellMyKnowledge
{
    private const int MostTopics = 50;
    private const int MostInterests = 30;
    private const int LongestInterest = 100;

    public static async Task<IResult> Handle(
        TellMyKnowledgeRequest request, Caller caller, Precondition precondition, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        if (!await db.People.AnyAsync(person => person.Id == caller.PersonId && !person.Gone, ct))
            return Problems.NotFound();

        var profile = await db.Profiles.SingleOrDefaultAsync(p => p.PersonId == caller.PersonId, ct);
        if (precondition.Refusal(profile?.Version ?? 0) is { } stale)
            return stale;
        var named = request.Offers.Select(offer => offer.Topic).Concat(request.Needs.Select(need => need.Topic)).Distinct().ToArray();
        var topics = await db.Topics.Where(topic => named.Contains(topic.Slug)).Select(topic => topic.Slug).ToListAsync(ct);
        if (named.Except(topics).ToArray() is { Length: > 0 } unknown)
        {
            return Problems.Of(422, "topic-unknown", "Choose topics of this unit.",
                unknown.ToDictionary(topic => topic, string[] (_) => ["is not a topic of this unit"]));
        }

        if (profile is null)
            db.Profiles.Add(profile = Profile.Empty(caller.PersonId));
        profile.Tell(
            [.. (request.Interests ?? []).Select(interest => interest.Trim())],
            request.Channels is { Count: > 0 } channels ? channels : Profile.AllChannels,
            request.DayStartsAt ?? profile.DayStartsAt,
            request.DayEndsAt ?? profile.DayEndsAt);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.KnownTopics.Where(known => known.PersonId == caller.PersonId).ExecuteDeleteAsync(ct);
        db.KnownTopics.AddRange(request.Offers.Select(offer => KnownTopic.Offer(caller.PersonId, offer.Topic, offer.Level, offer.Evidence)));
        db.KnownTopics.AddRange(request.Needs.Select(need => KnownTopic.Need(caller.PersonId, need.Topic, need.Level, need.Priority)));
        await db.SaveChangesAsync(ct);
        await PublishParticipants.For(db, outbox, [caller.PersonId], ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Precondition.Ok(await ShowMyKnowledge.View(profile, db, ct), profile.Version);
    }

    private static Dictionary<string, string[]> Validate(TellMyKnowledgeRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        Check("offers", [.. request.Offers.Select(offer => (offer.Topic, offer.Level))]);
        Check("needs", [.. request.Needs.Select(need => (need.Topic, need.Level))]);
        if (request.Offers.Any(offer => offer.Evidence?.Length > KnownTopic.LongestEvidence))
            errors["offers"] = [$"may have evidence of {KnownTopic.LongestEvidence} characters at most"];
        if (request.Interests is { } interests && (interests.Count > MostInterests || interests.Any(word => string.IsNullOrWhiteSpace(word) || word.Length > LongestInterest)))
            errors["interests"] = [$"may be {MostInterests} at most, each of 1 to {LongestInterest} characters"];
        if (request.Channels is { } channels && (channels.Except(Profile.AllChannels).Any() || channels.Distinct().Count() != channels.Count))
            errors["channels"] = [$"must be among {string.Join(", ", Profile.AllChannels)}, each once"];
        if (request is { DayStartsAt: { } from, DayEndsAt: { } to } && from == to)
            errors["dayEndsAt"] = ["must differ from dayStartsAt"];
        return errors;

        void Check(string field, IReadOnlyCollection<(string Topic, int Level)> topics)
        {
            if (topics.Count > MostTopics)
                errors[field] = [$"may be {MostTopics} at most"];
            else if (topics.Any(topic => topic.Level is < KnownTopic.LowestLevel or > KnownTopic.HighestLevel))
                errors[field] = [$"must have levels from {KnownTopic.LowestLevel} to {KnownTopic.HighestLevel}"];
            else if (topics.Select(topic => topic.Topic).Distinct().Count() != topics.Count)
                errors[field] = ["must name each topic once"];
        }
    }
}
