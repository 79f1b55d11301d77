using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Topics;

/// <param name="Into">The slug of the topic that is to stand for both.</param>
public sealed record MergeTopicRequest(string Into);

/// <summary>
/// Two topics turn out to be one. Everything that refers to the one that ends is rewritten in the same transaction: what people offer and need
/// (who has both keeps the higher level), narrower topics, and programmes that are not over; other services are told. Its slug and its names
/// still find the other.
/// </summary>
public static class MergeTopic
{
    private const int FactsAtOnce = 2_000;

    public static async Task<IResult> Handle(
        string slug, MergeTopicRequest request, HttpContext http, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await Atomically.Begin(db, ct);
        // Against those who write a reference at this moment: they hold what they refer to (FindTopic.Hold).
        string[] both = [slug, request.Into ?? ""];
        await db.Database.ExecuteSqlAsync($"select from topics where slug = any ({both}) order by slug for update", ct);
        if (await db.Topics.SingleOrDefaultAsync(topic => topic.Slug == slug, ct) is not { } ending)
            return Problems.NotFound();
        if (await db.Topics.SingleOrDefaultAsync(topic => topic.Slug == request.Into, ct) is not { } staying)
        {
            return Problems.Of(422, "topic-unknown", "The topic to merge into does not exist in this unit.",
                new Dictionary<string, string[]> { ["into"] = ["is not a topic of this unit"] });
        }
        if (ending.MergeInto(staying, clock.GetUtcNow()) is { } refusal)
        {
            // Asked for again: it is so.
            return refusal == MergeRefusal.AlreadyMerged && ending.MergedInto == staying.Slug
                ? Results.Ok(TopicView.Of(staying, TopicLabels.Wanted(http)))
                : Problem(refusal);
        }
        await db.SaveChangesAsync(ct);
        await RewriteTree(db, slug, staying.Slug, ct);
        var people = await RewriteKnowledge(db, slug, staying.Slug, ct);
        foreach (var programme in await db.Programmes.Where(programme => programme.State != ProgrammeState.Closed).ToListAsync(ct))
        {
            if (programme.TopicMerged(slug, staying.Slug) && programme.State == ProgrammeState.Open)
                outbox.Publish(new ProgrammeChanged(programme.Id, programme.Version, programme.ToFact()));
        }
        await db.SaveChangesAsync(ct);
        var view = TopicView.Of(staying, TopicLabels.Wanted(http));
        foreach (var batch in people.Chunk(FactsAtOnce))
        {
            await PublishParticipants.For(db, outbox, batch, ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
        await change.Commit(ct);
        return Results.Ok(view);
    }

    /// <summary>The narrower topics of the one that ends come under the other; where that one was below it itself, it takes its place first.</summary>
    private static async Task RewriteTree(ParticipantsDb db, string slug, string into, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            update topics t set broader = (select ending.broader from topics ending where ending.slug = {slug})
            where t.slug = {into} and exists (
                with recursive above (slug, broader) as (
                    select slug, broader from topics where slug = {into}
                    union
                    select wider.slug, wider.broader from topics wider join above on wider.slug = above.broader)
                select from above where above.slug = {slug})
            """, ct);
        await db.Database.ExecuteSqlAsync($"update topics set broader = {into} where broader = {slug} and slug <> {into}", ct);
        await db.Database.ExecuteSqlAsync($"update topics set broader = null where slug = {slug}", ct);
        await db.Database.ExecuteSqlAsync($"update topics set merged_into = {into} where merged_into = {slug}", ct);
    }

    private static async Task<List<Guid>> RewriteKnowledge(ParticipantsDb db, string slug, string into, CancellationToken ct)
    {
        var people = await db.Database.SqlQuery<Guid>($"""select distinct person_id as "Value" from known_topics where topic = {slug}""").ToListAsync(ct);
        await db.Database.ExecuteSqlAsync($"""
            update known_topics kept set
                level = greatest(kept.level, ending.level), priority = kept.priority or ending.priority, evidence = coalesce(kept.evidence, ending.evidence)
            from known_topics ending
            where ending.topic = {slug} and kept.topic = {into} and kept.person_id = ending.person_id and kept.kind = ending.kind
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            delete from known_topics ending using known_topics kept
            where ending.topic = {slug} and kept.topic = {into} and kept.person_id = ending.person_id and kept.kind = ending.kind
            """, ct);
        await db.Database.ExecuteSqlAsync($"update known_topics set topic = {into} where topic = {slug}", ct);
        // Whoever is looking at their own knowledge meanwhile must not overwrite this unseen.
        var ids = people.ToArray();
        await db.Database.ExecuteSqlAsync($"update profiles set version = version + 1 where person_id = any ({ids})", ct);
        return people;
    }

    private static IResult Problem(MergeRefusal refusal) => refusal switch
    {
        MergeRefusal.SameTopic => Problems.Of(422, "topic-same", "A topic cannot be merged into itself; name another one."),
        MergeRefusal.AlreadyMerged => Problems.Of(409, "topic-merged", "This topic was merged into another one before; merge that one."),
        MergeRefusal.OtherRetired => Problems.Of(422, "topic-retired", "The topic to merge into is retired; name one that may still be chosen."),
    };
}
