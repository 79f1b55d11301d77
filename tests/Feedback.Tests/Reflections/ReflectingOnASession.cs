using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Testing;

namespace Mentoring.Feedback.Tests.Reflections;

public sealed class ReflectingOnASession(FeedbackService feedback)
{
    private static object On(Guid session) => new { sessionId = session, text = "I talked too much.", pulse = new { useful = 4, safe = 5, trust = 3 } };

    [Fact]
    public async Task Its_author_reads_it_and_nobody_else_does()
    {
        var cohort = await feedback.Running(pairs: 1);
        var pair = cohort.Pairs[0];
        var session = await cohort.Session(pair, feedback.Clock.GetUtcNow().AddHours(-2));
        using var mentor = cohort.As(pair.Mentor);
        Assert.Equal(HttpStatusCode.Created, (await mentor.PostAsJsonAsync(cohort.Unit.At("reflections"), On(session))).StatusCode);

        var mine = (await mentor.GetFromJsonAsync<JsonElement>(cohort.Unit.At("reflections/mine"))).GetProperty("items");
        Assert.Equal("I talked too much.", Assert.Single(mine.EnumerateArray()).GetProperty("text").GetString());
        foreach (var other in new[] { cohort.As(pair.Mentee), cohort.AsManager(), cohort.AsSponsor(), cohort.AsSafeguarding() })
            Assert.Equal(0, (await other.GetFromJsonAsync<JsonElement>(cohort.Unit.At("reflections/mine"))).GetProperty("items").GetArrayLength());
        Assert.Empty(feedback.Bus.All<Contracts.Audit.ActionAudited>(cohort.Unit));
    }

    [Fact]
    public async Task A_stranger_and_another_unit_get_what_a_missing_session_gets()
    {
        var cohort = await feedback.Running(pairs: 1);
        var session = await cohort.Session(cohort.Pairs[0], feedback.Clock.GetUtcNow().AddHours(-2));
        var elsewhere = TestUnit.New();
        using var stranger = cohort.As(Guid.CreateVersion7());
        using var foreigner = feedback.As(elsewhere, cohort.Pairs[0].Mentor);

        await (await stranger.PostAsJsonAsync(cohort.Unit.At("reflections"), On(session))).Refused(HttpStatusCode.NotFound, "not-found");
        await (await stranger.PostAsJsonAsync(cohort.Unit.At("reflections"), On(Guid.CreateVersion7()))).Refused(HttpStatusCode.NotFound, "not-found");
        await (await foreigner.PostAsJsonAsync(elsewhere.At("reflections"), On(session))).Refused(HttpStatusCode.NotFound, "not-found");
        await (await foreigner.PostAsJsonAsync(cohort.Unit.At("reflections"), On(session))).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Before_it_has_begun_there_is_nothing_to_reflect_on()
    {
        var cohort = await feedback.Running(pairs: 1);
        var session = await cohort.Session(cohort.Pairs[0], feedback.Clock.GetUtcNow().AddHours(2), held: false);
        using var mentee = cohort.As(cohort.Pairs[0].Mentee);
        await (await mentee.PostAsJsonAsync(cohort.Unit.At("reflections"), On(session))).Refused(HttpStatusCode.UnprocessableEntity, "not-started");
    }

    [Fact]
    public async Task A_pulse_out_of_range_is_refused_by_field()
    {
        var cohort = await feedback.Running(pairs: 1);
        using var mentee = cohort.As(cohort.Pairs[0].Mentee);
        var answer = await mentee.PostAsJsonAsync(
            cohort.Unit.At("reflections"), new { sessionId = Guid.CreateVersion7(), text = " ", pulse = new { useful = 6, safe = 1, trust = 1 } });
        await answer.Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(["pulse", "text"], (await answer.Json()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }
}
