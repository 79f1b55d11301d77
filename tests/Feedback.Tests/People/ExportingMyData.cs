using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Mentoring.Feedback.Tests.People;

public sealed class ExportingMyData(FeedbackService feedback)
{
    [Fact]
    public async Task What_stands_under_ones_own_name_is_in_one_file()
    {
        var cohort = await feedback.Running(pairs: 2);
        var (pair, other) = (cohort.Pairs[0], cohort.Pairs[1]);
        using var mentor = cohort.As(pair.Mentor);
        var session = await cohort.Session(pair, feedback.Clock.GetUtcNow().AddHours(-2));
        await mentor.PostAsJsonAsync(cohort.Unit.At("reflections"), new { sessionId = session, text = "I talked too much." });
        await mentor.PostAsJsonAsync(cohort.Unit.At("concerns"), new { text = "Please call me.", contactMe = true });
        var survey = await cohort.OpenSurvey();
        Assert.Equal(HttpStatusCode.NoContent, (await cohort.Answer(pair.Mentor, survey)).StatusCode);
        var raised = await cohort.RaiseInsight(pair.Mentor);
        Assert.Equal(HttpStatusCode.NoContent, (await cohort.Assign(raised, other.Mentee)).StatusCode);

        using var answer = await mentor.GetAsync(cohort.Unit.At("reflections/mine/export"));

        Assert.Equal(("feedback.json", true), (answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'), answer.Headers.CacheControl?.NoStore));
        var export = await answer.Json();
        Assert.Equal(("feedback", pair.Mentor), (export.GetProperty("service").GetString(), export.GetProperty("personId").GetGuid()));
        var data = export.GetProperty("data");
        Assert.Equal("mentor", Assert.Single(data.GetProperty("sides").EnumerateArray()).GetProperty("side").GetString());
        Assert.Equal("I talked too much.", Assert.Single(data.GetProperty("reflections").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal("Please call me.", Assert.Single(data.GetProperty("concerns").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(survey, Assert.Single(data.GetProperty("answeredSurveys").EnumerateArray()).GetGuid());
        Assert.Equal((raised, "owned"), (
            data.GetProperty("raised")[0].GetProperty("id").GetGuid(), data.GetProperty("raised")[0].GetProperty("state").GetString()));
        Assert.Empty(data.GetProperty("owned").EnumerateArray());
        Assert.Equal(raised, Assert.Single((await Export(cohort, other.Mentee)).GetProperty("owned").EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task What_bears_no_name_and_what_others_wrote_is_not()
    {
        var cohort = await feedback.Running(pairs: 1);
        var pair = cohort.Pairs[0];
        using var mentee = cohort.As(pair.Mentee);
        using var mentor = cohort.As(pair.Mentor);
        var session = await cohort.Session(pair, feedback.Clock.GetUtcNow().AddHours(-2));
        await mentee.PostAsJsonAsync(cohort.Unit.At("reflections"), new { sessionId = session, text = "Of the other." });
        await cohort.RaiseAnonymously(pair.Mentor, "Untold");
        await mentor.PostAsJsonAsync(cohort.Unit.At("concerns"), new { text = "Nobody is to know." });
        var survey = await cohort.OpenSurvey();
        Assert.Equal(HttpStatusCode.NoContent, (await cohort.Answer(pair.Mentor, survey)).StatusCode);

        var data = await Export(cohort, pair.Mentor);

        foreach (var list in new[] { "reflections", "raised", "owned", "concerns" })
            Assert.Empty(data.GetProperty(list).EnumerateArray());
        Assert.DoesNotContain("alliance", data.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Untold", data.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Export(Cohort cohort, Guid person)
    {
        using var client = cohort.As(person);
        return (await client.GetFromJsonAsync<JsonElement>(cohort.Unit.At("reflections/mine/export"))).GetProperty("data");
    }
}
