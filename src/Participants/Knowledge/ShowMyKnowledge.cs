using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Knowledge;

public sealed record MyKnowledge(
    IReadOnlyList<MyOffer> Offers,
    IReadOnlyList<MyNeed> Needs,
    IReadOnlyList<string> Interests,
    IReadOnlyList<string> Channels,
    TimeOnly DayStartsAt,
    TimeOnly DayEndsAt,
    IReadOnlyList<string> WorkingStyle,
    IReadOnlyList<string> LivedExperience);

public sealed record MyOffer(string Topic, string Label, int Level, string? Evidence);

public sealed record MyNeed(string Topic, string Label, int Level, bool Priority);

/// <summary>One's own knowledge; nobody else reads it here.</summary>
public static class ShowMyKnowledge
{
    public static async Task<IResult> Handle(Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var profile = await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == caller.PersonId, ct) ?? Profile.Empty(caller.PersonId);
        return Precondition.Ok(await View(profile, db, ct), profile.Version);
    }

    internal static async Task<MyKnowledge> View(Profile profile, ParticipantsDb db, CancellationToken ct)
    {
        var known = await db.KnownTopics.AsNoTracking()
            .Where(known => known.PersonId == profile.PersonId)
            .Join(db.Topics, known => known.Topic, topic => topic.Slug, (known, topic) => new { Known = known, topic.Label })
            .OrderBy(row => row.Known.Topic)
            .ToListAsync(ct);
        return new MyKnowledge(
            [.. known.Where(row => row.Known.Kind == KnowledgeKind.Offer).Select(row => new MyOffer(row.Known.Topic, row.Label, row.Known.Level, row.Known.Evidence))],
            [.. known.Where(row => row.Known.Kind == KnowledgeKind.Need).Select(row => new MyNeed(row.Known.Topic, row.Label, row.Known.Level, row.Known.Priority))],
            profile.Interests,
            profile.Channels,
            profile.DayStartsAt,
            profile.DayEndsAt,
            profile.WorkingStyle,
            profile.LivedExperience);
    }
}
