using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Topics;

/// <summary>
/// A topic is not to be chosen any more. Who offers or needs it keeps that, and a programme that closes a gap in it runs on; it is found by
/// its slug alone, and the gap map leaves it out. Its narrower topics come under its broader one.
/// </summary>
public static class RetireTopic
{
    public static async Task<IResult> Handle(string slug, HttpContext http, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await Messaging.Atomically.Begin(db, ct);
        await db.Database.ExecuteSqlAsync($"select from topics where slug = {slug} for update", ct);
        if (await db.Topics.SingleOrDefaultAsync(topic => topic.Slug == slug, ct) is not { } topic)
            return Problems.NotFound();
        if (topic.MergedInto is not null)
            return Problems.Of(409, "topic-merged", $"This topic was merged into '{topic.MergedInto}' before; retire that one.");
        if (topic.Retire(clock.GetUtcNow()))
        {
            await db.SaveChangesAsync(ct);
            await db.Database.ExecuteSqlAsync($"update topics set broader = {topic.Broader} where broader = {slug}", ct);
        }
        await change.Commit(ct);
        return Results.Ok(TopicView.Of(topic, TopicLabels.Wanted(http)));
    }
}
