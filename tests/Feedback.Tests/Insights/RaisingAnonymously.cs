using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Feedback;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Tests.Insights;

public sealed class RaisingAnonymously(FeedbackService feedback)
{
    private Task<long> StillToShow(Cohort cohort) => feedback.AsOwner<long>($"""
        select count(*) from platform.timers
        where unit_id = '{cohort.Unit.Id}' and name = 'anonymous-insights' and due_at <= '{feedback.Clock.GetUtcNow():O}'
        """);

    private async Task NextDay(Cohort cohort)
    {
        feedback.Clock.Advance(TimeSpan.FromDays(1));
        await Eventually.Holds(async () => Assert.Equal(0L, await StillToShow(cohort)));
    }

    [Fact]
    public async Task It_stays_hidden_until_k_different_people_have_raised_one()
    {
        var cohort = await feedback.Running(pairs: 5);
        foreach (var (mentor, i) in cohort.Mentors.Take(4).Select((mentor, i) => (mentor, i)))
            await cohort.RaiseAnonymously(mentor, $"Untold {i}");
        // One person who fills up the batch would know which words are the others'.
        await cohort.RaiseAnonymously(cohort.Pairs[0].Mentor, "Untold again");
        await NextDay(cohort);
        Assert.Empty(await cohort.Insights());
        Assert.Empty(feedback.Bus.All<InsightRaised>(cohort.Unit));
        var hidden = await feedback.In(cohort.Unit, db => db.Insights.OrderBy(insight => insight.Id).Select(insight => insight.Id).FirstAsync());
        await (await cohort.Assign(hidden, cohort.Sponsor)).Refused(HttpStatusCode.NotFound, "not-found");

        await cohort.RaiseAnonymously(cohort.Pairs[4].Mentee, "Untold 5");
        Assert.Empty(await cohort.Insights());
        await NextDay(cohort);
        var shown = await cohort.Insights();
        Assert.Equal(6, shown.Count);
        Assert.Single(shown.Select(insight => insight.GetProperty("raisedOn").GetString()).Distinct());
        Assert.All(shown, insight => Assert.Equal(JsonValueKind.Null, insight.GetProperty("raisedBy").ValueKind));
        Assert.Equal(0, await feedback.In(cohort.Unit, db => db.AnonymousRaisers.CountAsync()));
        await Eventually.Holds(() =>
        {
            Assert.Equal(6, feedback.Bus.All<InsightRaised>(cohort.Unit).Count);
            return Task.CompletedTask;
        });

        // The next one starts a batch of its own.
        await cohort.RaiseAnonymously(cohort.Pairs[1].Mentor, "One more");
        await NextDay(cohort);
        Assert.Equal(6, (await cohort.Insights()).Count);
    }

    [Fact]
    public async Task Nothing_stored_leads_to_the_raiser()
    {
        var cohort = await feedback.Running(pairs: 1);
        var me = cohort.Pairs[0].Mentor;
        using var client = cohort.As(me);
        client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        var body = new { programme = Cohort.Slug, title = "Untold", text = "Nobody dares to say it.", anonymous = true };
        var answer = await client.PostAsJsonAsync(cohort.Unit.At("insights"), body);
        var code = (await answer.Json()).GetProperty("code").GetString()!;
        Assert.Null(answer.Headers.Location);
        Assert.Equal(HttpStatusCode.Created, (await client.PostAsJsonAsync(cohort.Unit.At("insights"), body)).StatusCode);

        Assert.Equal(1L, await feedback.AsOwner<long>($"select count(*) from insights where unit_id = '{cohort.Unit.Id}'"));
        var row = await feedback.AsOwner<string>($"select to_jsonb(i)::text from insights i where unit_id = '{cohort.Unit.Id}'");
        Assert.DoesNotContain(me.ToString(), row, StringComparison.Ordinal);
        Assert.DoesNotContain(cohort.Pairs[0].Mentee.ToString(), row, StringComparison.Ordinal);
        Assert.Contains("\"raised_on\": null", row, StringComparison.Ordinal);
        Assert.Equal(4, (await feedback.AsOwner<Guid>($"select id from insights where unit_id = '{cohort.Unit.Id}'")).Version);
        Assert.Equal(0L, await feedback.AsOwner<long>(
            $"select count(*) from platform.idempotency i where unit_id = '{cohort.Unit.Id}' and (to_jsonb(i)::text like '%{me}%' or body::text <> '\\x')"));
        Assert.Equal(0L, await feedback.AsOwner<long>($"select count(*) from platform.outbox where unit_id = '{cohort.Unit.Id}'"));

        using var anybody = cohort.As(Guid.CreateVersion7());
        var followed = await (await anybody.PostAsJsonAsync(cohort.Unit.At("insights/follow"), new { code })).Json();
        Assert.Equal("waiting", followed.GetProperty("state").GetString());
        await (await anybody.PostAsJsonAsync(cohort.Unit.At("insights/follow"), new { code = code[1..] })).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Trying_one_owner_after_the_other_does_not_tell_the_raiser()
    {
        var cohort = await feedback.Running(pairs: 5);
        foreach (var mentor in cohort.Mentors)
            await cohort.RaiseAnonymously(mentor, "Untold");
        await NextDay(cohort);
        var insight = (await cohort.Insights())[0].GetProperty("id").GetGuid();
        foreach (var mentee in cohort.Mentees)
            await (await cohort.Assign(insight, mentee)).Refused(HttpStatusCode.UnprocessableEntity, "owner-is-a-mentee");
        Assert.Equal(HttpStatusCode.NoContent, (await cohort.Assign(insight, cohort.Sponsor)).StatusCode);
    }
}
