using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Topics;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Knowledge;

/// <summary>The whole of it: what is left out is no longer offered or needed.</summary>
/// <param name="WorkingStyle">How one likes to work, in self-chosen words.</param>
/// <param name="LivedExperience">
/// What one offers from one's own life, in one's own words. Shown to nobody until one says so when enrolling, and then only to whoever a pair is
/// proposed to.
/// </param>
public sealed record TellMyKnowledgeRequest(
    IReadOnlyList<OfferRequest> Offers,
    IReadOnlyList<NeedRequest> Needs,
    IReadOnlyList<string>? Interests = null,
    IReadOnlyList<string>? Channels = null,
    TimeOnly? DayStartsAt = null,
    TimeOnly? DayEndsAt = null,
    IReadOnlyList<string>? WorkingStyle = null,
    IReadOnlyList<string>? LivedExperience = null);

public sealed record OfferRequest(string Topic, int Level, string? Evidence = null);

public sealed record NeedRequest(string Topic, int Level, bool Priority = false);

/// <summary>A person tells what they offer and need. Whoever is enrolled shares it with the programme from then on.</summary>
public static class TellMyKnowledge
{
    private const int MostTopics = 50;
    private const int MostInterests = 30;
    private const int LongestInterest = 100;
    private const int MostStyles = 10;
    private const int MostExperiences = 5;
    private const int LongestExperience = 500;

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
        await using var change = await Atomically.Begin(db, ct);
        var topics = await FindTopic.Hold(db, [.. request.Offers.Select(offer => offer.Topic), .. request.Needs.Select(need => need.Topic)], ct);
        var kept = await db.KnownTopics.Where(known => known.PersonId == caller.PersonId).Select(known => known.Topic).ToListAsync(ct);
        if (Refuse(request, topics, kept) is { } refused)
            return refused;

        if (profile is null)
            db.Profiles.Add(profile = Profile.Empty(caller.PersonId));
        profile.Tell(
            Trimmed(request.Interests),
            Trimmed(request.WorkingStyle),
            Trimmed(request.LivedExperience),
            request.Channels is { Count: > 0 } channels ? channels : Profile.AllChannels,
            request.DayStartsAt ?? profile.DayStartsAt,
            request.DayEndsAt ?? profile.DayEndsAt);
        await db.KnownTopics.Where(known => known.PersonId == caller.PersonId).ExecuteDeleteAsync(ct);
        db.KnownTopics.AddRange(request.Offers.Select(offer => KnownTopic.Offer(caller.PersonId, topics[offer.Topic].Current, offer.Level, offer.Evidence)));
        db.KnownTopics.AddRange(request.Needs.Select(need => KnownTopic.Need(caller.PersonId, topics[need.Topic].Current, need.Level, need.Priority)));
        await db.SaveChangesAsync(ct);
        await PublishParticipants.For(db, outbox, [caller.PersonId], ct);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Precondition.Ok(await ShowMyKnowledge.View(profile, db, ct), profile.Version);
    }

    /// <summary>Topics are named by slugs, also by those of topics that were merged; a retired one may be kept but not chosen.</summary>
    private static IResult? Refuse(TellMyKnowledgeRequest request, IReadOnlyDictionary<string, FindTopic.Named> topics, IReadOnlyCollection<string> kept)
    {
        string[][] sides = [[.. request.Offers.Select(offer => offer.Topic)], [.. request.Needs.Select(need => need.Topic)]];
        if (sides.SelectMany(side => side).Distinct().Where(topic => !topics.ContainsKey(topic)).ToArray() is { Length: > 0 } unknown)
            return Problems.Of(422, "topic-unknown", "Choose topics of this unit.", Because(unknown, "is not a topic of this unit"));
        if (topics.Values.Where(topic => topic.Retired && !kept.Contains(topic.Current)).Select(topic => topic.Slug).ToArray() is { Length: > 0 } retired)
            return Problems.Of(422, "topic-retired", "Choose topics that are not retired.", Because(retired, "is retired"));
        var twice = sides.SelectMany(side => side.GroupBy(topic => topics[topic].Current).Where(same => same.Count() > 1).SelectMany(same => same)).Distinct().ToArray();
        return twice.Length > 0
            ? Problems.Of(422, "topic-merged", "Topics that were merged are one; name it once.", Because(twice, "stands for the same topic as another one named here"))
            : null;

        static Dictionary<string, string[]> Because(IEnumerable<string> slugs, string why) => slugs.ToDictionary(topic => topic, string[] (_) => [why]);
    }

    private static IReadOnlyList<string> Trimmed(IReadOnlyList<string>? words) => [.. (words ?? []).Select(word => word.Trim())];

    private static Dictionary<string, string[]> Validate(TellMyKnowledgeRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        Check("offers", [.. request.Offers.Select(offer => (offer.Topic, offer.Level))]);
        Check("needs", [.. request.Needs.Select(need => (need.Topic, need.Level))]);
        if (request.Offers.Any(offer => offer.Evidence?.Length > KnownTopic.LongestEvidence))
            errors["offers"] = [$"may have evidence of {KnownTopic.LongestEvidence} characters at most"];
        Words("interests", request.Interests, MostInterests, LongestInterest);
        Words("workingStyle", request.WorkingStyle, MostStyles, LongestInterest);
        Words("livedExperience", request.LivedExperience, MostExperiences, LongestExperience);
        if (request.Channels is { } channels && (channels.Except(Profile.AllChannels).Any() || channels.Distinct().Count() != channels.Count))
            errors["channels"] = [$"must be among {string.Join(", ", Profile.AllChannels)}, each once"];
        if (request is { DayStartsAt: { } from, DayEndsAt: { } to } && from == to)
            errors["dayEndsAt"] = ["must differ from dayStartsAt"];
        return errors;

        void Words(string field, IReadOnlyList<string>? words, int most, int longest)
        {
            if (words is not null && (words.Count > most || words.Any(word => string.IsNullOrWhiteSpace(word) || word.Length > longest)))
                errors[field] = [$"may be {most} at most, each of 1 to {longest} characters"];
        }

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
