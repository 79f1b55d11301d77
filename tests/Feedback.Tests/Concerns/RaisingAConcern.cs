using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mentoring.Feedback.Tests.Concerns;

public sealed class RaisingAConcern(FeedbackService feedback)
{
    [Fact]
    public async Task Safeguarding_reads_it_and_nobody_else_does()
    {
        var cohort = await feedback.Running(pairs: 1);
        using var mentor = cohort.As(cohort.Pairs[0].Mentor);
        var raised = await mentor.PostAsJsonAsync(cohort.Unit.At("concerns"), new { text = "I am put under pressure." });
        Assert.Equal((HttpStatusCode.Created, null), (raised.StatusCode, raised.Headers.Location));
        var code = (await raised.Json()).GetProperty("code").GetString();

        foreach (var other in new[] { mentor, cohort.AsManager(), cohort.AsSponsor(), feedback.As(cohort.Unit, Guid.CreateVersion7(), Tenancy.Roles.UnitAdmin) })
            await (await other.GetAsync(cohort.Unit.At("concerns"))).Refused(HttpStatusCode.Forbidden, "role-missing");
        using var safeguarding = cohort.AsSafeguarding();
        var concern = Assert.Single((await safeguarding.GetFromJsonAsync<JsonElement>(cohort.Unit.At("concerns"))).GetProperty("items").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, concern.GetProperty("from").ValueKind);
        Assert.DoesNotContain(cohort.Pairs[0].Mentor.ToString(), await Row(cohort), StringComparison.Ordinal);

        await safeguarding.PostAsJsonAsync(cohort.Unit.At($"concerns/{concern.GetProperty("id").GetGuid()}/reply"), new { text = "Thank you. Call us." });
        var followed = await (await mentor.PostAsJsonAsync(cohort.Unit.At("concerns/follow"), new { code })).Json();
        Assert.Equal("Thank you. Call us.", followed.GetProperty("reply").GetString());
        Assert.Equal(0L, await feedback.AsOwner<long>($"select count(*) from platform.outbox where unit_id = '{cohort.Unit.Id}'"));
        Assert.Empty(feedback.Bus.All<Contracts.Audit.ActionAudited>(cohort.Unit));
    }

    [Fact]
    public async Task Who_asks_to_be_contacted_is_named_to_safeguarding()
    {
        var cohort = await feedback.Running(pairs: 1);
        using var mentor = cohort.As(cohort.Pairs[0].Mentor);
        await mentor.PostAsJsonAsync(cohort.Unit.At("concerns"), new { text = "Please call me.", contactMe = true });
        using var safeguarding = cohort.AsSafeguarding();
        var concern = (await safeguarding.GetFromJsonAsync<JsonElement>(cohort.Unit.At("concerns"))).GetProperty("items")[0];
        Assert.Equal("Mentor 0", concern.GetProperty("from").GetProperty("name").GetString());
    }

    [Fact]
    public async Task No_span_of_it_is_recorded()
    {
        var cohort = await feedback.Running(pairs: 1);
        using var mentor = cohort.As(cohort.Pairs[0].Mentor);
        var recorded = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            ActivityStopped = span =>
            {
                if (span.Recorded)
                    recorded.Add(span.TraceId.ToString());
            },
        };
        ActivitySource.AddActivityListener(listener);

        async Task<string> Trace(string path, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, cohort.Unit.At(path)) { Content = JsonContent.Create(body) };
            var trace = ActivityTraceId.CreateRandom().ToString();
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
            await mentor.SendAsync(request);
            return trace;
        }

        var ordinary = await Trace("reflections", new { sessionId = Guid.CreateVersion7(), text = "x" });
        var concern = await Trace("concerns", new { text = "I am put under pressure." });
        var insight = await Trace("insights", new { programme = Cohort.Slug, title = "Untold", text = "x", anonymous = true });
        Assert.Contains(ordinary, recorded);
        Assert.DoesNotContain(concern, recorded);
        Assert.DoesNotContain(insight, recorded);
    }

    private Task<string?> Row(Cohort cohort) => feedback.AsOwner<string>($"select to_jsonb(c)::text from concerns c where unit_id = '{cohort.Unit.Id}'");
}
