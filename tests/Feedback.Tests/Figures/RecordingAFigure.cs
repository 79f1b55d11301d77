using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Tests.Figures;

/// <summary>What no survey asks: fixes closed, a priority's own figure, how many stay.</summary>
public sealed class RecordingAFigure(FeedbackService feedback)
{
    private static readonly Measure[] Measures =
    [
        new("fluency", "gap-self-rating", Side.Mentee, 2.1m, 3.5m),
        new("candour", "rating", Side.Mentor, 2.8m, 3.6m),
        new("fixes-closed", "count", null, 0, 5),
        new("complaints-a-week", "count", null, 9, 4),
        new("first-time-right", "rate", null, 0.7m, 0.8m),
        new("priority-figure", "business-figure", null, 12.5m, 20),
        new("mentor-retention", "retention", Side.Mentor, 0.85m, 0.9m),
    ];

    private static readonly Gate[] Gates =
    [
        new("measure", "fixes-closed", 5, NotBelowBaseline: false),
        new("measure", "complaints-a-week", 4, NotBelowBaseline: true),
        new("measure", "priority-figure", null, NotBelowBaseline: true),
        new("retention", null, null, NotBelowBaseline: true),
    ];

    private Task<Cohort> Running() => feedback.Running(pairs: 1, measures: Measures, gates: Gates);

    private DateOnly Today => DateOnly.FromDateTime(feedback.Clock.GetUtcNow().UtcDateTime);

    private Body Of(string measure, decimal value, int daysAgo = 0) => new(Cohort.Slug, measure, value, Today.AddDays(-daysAgo), "The register of fixes, page 3");

    private Body Retention(decimal value, int people = 10, decimal comparison = 0.88m, int comparisonPeople = 40) =>
        Of("mentor-retention", value) with { People = people, Comparison = new(comparison, comparisonPeople) };

    private async Task<JsonElement> Record(Cohort cohort, Body body)
    {
        using var manager = cohort.AsManager();
        feedback.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await manager.PostAsJsonAsync(cohort.Unit.At("figures"), body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Json();
    }

    private static async Task<List<JsonElement>> History(Cohort cohort, string query = "")
    {
        using var sponsor = cohort.AsSponsor();
        return [.. (await sponsor.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"figures?programme={Cohort.Slug}{query}"))).GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task Reviews_read_the_newest_and_say_value_need_baseline_and_day()
    {
        var cohort = await Running();
        Assert.Contains("No figure of it has been recorded", (await cohort.Gates())["measure:fixes-closed"].GetProperty("words").GetString(), StringComparison.Ordinal);

        await Record(cohort, Of("fixes-closed", 3, daysAgo: 30));
        await Record(cohort, Of("complaints-a-week", 5));
        await Record(cohort, Of("priority-figure", 12.4m));
        await Record(cohort, Retention(0.87m));
        var red = await cohort.Gates();
        Assert.All(red.Values, gate => Assert.False(gate.GetProperty("green").GetBoolean(), gate.GetRawText()));
        Assert.Equal(3m, red["measure:fixes-closed"].GetProperty("value").GetDecimal());
        Assert.Equal($"The figure of fixes closed is 3, 5 needed, 0 at baseline, as of {Today.AddDays(-30):yyyy-MM-dd}.", red["measure:fixes-closed"].GetProperty("words").GetString());
        Assert.Equal($"The figure of complaints a week is 5, at most 4 allowed, 9 at baseline, as of {Today:yyyy-MM-dd}.", red["measure:complaints-a-week"].GetProperty("words").GetString());
        Assert.Equal($"The figure of mentor retention is 87 %, 88 % in the comparison group, as of {Today:yyyy-MM-dd}.", red["retention"].GetProperty("words").GetString());

        await Record(cohort, Of("fixes-closed", 5, daysAgo: 2));
        // An earlier day that is brought in later is history, not the newest.
        await Record(cohort, Of("fixes-closed", 1, daysAgo: 60));
        await Record(cohort, Of("complaints-a-week", 4));
        await Record(cohort, Of("priority-figure", 12.5m));
        await Record(cohort, Retention(0.88m));
        using var manager = cohort.AsManager();
        var review = await (await manager.PostAsJsonAsync(cohort.Unit.At("reviews"), new { programme = Cohort.Slug })).Json();
        Assert.True(review.GetProperty("green").GetBoolean(), review.GetRawText());
    }

    [Fact]
    public async Task A_correction_is_another_figure_of_the_same_day_and_the_history_stays()
    {
        var cohort = await Running();
        await Record(cohort, Of("fixes-closed", 50));
        var corrected = await Record(cohort, Of("fixes-closed", 5));
        Assert.True(corrected.GetProperty("newest").GetBoolean());
        await Record(cohort, Of("priority-figure", 13));

        Assert.Equal([(5m, true), (50m, false)], (await History(cohort, "&measure=fixes-closed")).Select(item => (item.GetProperty("value").GetDecimal(), item.GetProperty("newest").GetBoolean())));
        Assert.Equal(5m, (await cohort.Gates())["measure:fixes-closed"].GetProperty("value").GetDecimal());
        var item = (await History(cohort))[1];
        Assert.Equal(("fixes-closed", "The register of fixes, page 3", Today), (
            item.GetProperty("measure").GetString(), item.GetProperty("source").GetString(), item.GetProperty("asOf").Deserialize<DateOnly>()));

        using var manager = cohort.AsManager();
        var first = await manager.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"figures?programme={Cohort.Slug}&limit=2"));
        var second = await manager.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"figures?programme={Cohort.Slug}&limit=2&after={first.GetProperty("next").GetString()}"));
        Assert.Equal((2, 1, JsonValueKind.Null), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength(), second.GetProperty("next").ValueKind));
        Assert.NotEqual(HttpStatusCode.OK, (await manager.DeleteAsync(cohort.Unit.At($"figures/{corrected.GetProperty("id").GetGuid()}"))).StatusCode);
    }

    [Fact]
    public async Task It_is_audited_and_names_nobody()
    {
        var cohort = await Running();
        var id = (await Record(cohort, Of("fixes-closed", 5))).GetProperty("id").GetGuid();
        var audited = await feedback.Bus.Of<ActionAudited>(cohort.Unit);
        Assert.Equal((cohort.Manager, "figure-recorded", id), (audited.ActorId, audited.Code, audited.SubjectId));
        Assert.Equal(0L, await feedback.AsOwner<long>($"select count(*) from figures f where to_jsonb(f)::text like '%{cohort.Manager}%'"));
    }

    [Fact]
    public async Task Repeated_with_its_key_it_is_recorded_once()
    {
        var cohort = await Running();
        using var manager = cohort.AsManager();
        manager.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => manager.PostAsJsonAsync(cohort.Unit.At("figures"), Of("fixes-closed", 5))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single(await History(cohort));
    }

    [Fact]
    public async Task Retention_is_of_at_least_k_people_on_both_sides_of_the_comparison()
    {
        var cohort = await Running();
        using var manager = cohort.AsManager();
        await Refused(Retention(0.9m, people: 4), HttpStatusCode.UnprocessableEntity, "too-few-people");
        await Refused(Retention(0.9m, comparisonPeople: 4), HttpStatusCode.UnprocessableEntity, "too-few-people");
        await Refused(Retention(0.9m, people: -10), HttpStatusCode.UnprocessableEntity, "too-few-people");
        await Refused(Of("mentor-retention", 0.9m), HttpStatusCode.BadRequest, "invalid", "people", "comparison");
        await Refused(Retention(1.01m, comparison: -0.1m), HttpStatusCode.BadRequest, "invalid", "value", "comparison.value");
        await Refused(Of("fixes-closed", 5) with { People = 10, Comparison = new(0.8m, 40) }, HttpStatusCode.BadRequest, "invalid", "people", "comparison");

        // There is no field for who they are.
        var names = new { programme = Cohort.Slug, measure = "mentor-retention", value = 0.9, asOf = Today, source = "HR", people = new[] { "Mentor 1" } };
        await (await manager.PostAsJsonAsync(cohort.Unit.At("figures"), names)).Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.Empty(await History(cohort));

        var recorded = await Record(cohort, Retention(0.9m, people: 5, comparisonPeople: 5));
        Assert.Equal((5, 0.88m, 5), (
            recorded.GetProperty("people").GetInt32(), recorded.GetProperty("comparison").GetProperty("value").GetDecimal(), recorded.GetProperty("comparison").GetProperty("people").GetInt32()));

        async Task Refused(Body body, HttpStatusCode status, string code, params string[] fields)
        {
            var answer = await manager.PostAsJsonAsync(cohort.Unit.At("figures"), body);
            await answer.Refused(status, code);
            if (fields.Length > 0)
                Assert.Equal(fields.Order(), (await answer.Json()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        }
    }

    [Fact]
    public async Task What_is_no_figure_of_the_measure_is_refused_with_the_field()
    {
        var cohort = await Running();
        using var manager = cohort.AsManager();
        await Refused(Of("fixes-closed", -1), "value");
        await Refused(Of("fixes-closed", 1.5m), "value");
        await Refused(Of("first-time-right", 1.2m), "value");
        await Refused(Of("first-time-right", 0.1234567m), "value");
        await Refused(Of("priority-figure", 1_000_000_000_001m), "value");
        await Refused(Of("priority-figure", -1_000_000_000_001m), "value");
        await Refused(Of("fixes-closed", 5, daysAgo: -1), "asOf");
        await Refused(Of("fixes-closed", 5) with { AsOf = new DateOnly(26, 1, 12) }, "asOf");
        await Refused(Of("fixes-closed", 5) with { Source = " " }, "source");
        await Refused(Of("fixes-closed", 5) with { Source = new string('x', 501) }, "source");
        await Refused(Of("fixes-closed", 5) with { Source = "a\0b" }, "source");

        foreach (var broken in new[] { "\"NaN\"", "NaN", "1e400", "null", "\"5\"", "[5]" })
        {
            using var body = new StringContent(
                $$"""{"programme":"{{Cohort.Slug}}","measure":"fixes-closed","value":{{broken}},"asOf":"{{Today:yyyy-MM-dd}}","source":"HR"}""", Encoding.UTF8, "application/json");
            Assert.Equal(HttpStatusCode.BadRequest, (await manager.PostAsync(cohort.Unit.At("figures"), body)).StatusCode);
        }
        foreach (var missing in new[] { "value", "asOf", "source", "measure", "programme" })
        {
            var body = new Dictionary<string, object> { ["programme"] = Cohort.Slug, ["measure"] = "fixes-closed", ["value"] = 5, ["asOf"] = Today, ["source"] = "HR" };
            body.Remove(missing);
            Assert.Equal(HttpStatusCode.BadRequest, (await manager.PostAsJsonAsync(cohort.Unit.At("figures"), body)).StatusCode);
        }
        Assert.Empty(await History(cohort));

        async Task Refused(Body body, string field)
        {
            var answer = await manager.PostAsJsonAsync(cohort.Unit.At("figures"), body);
            await answer.Refused(HttpStatusCode.BadRequest, "invalid");
            Assert.Equal(field, Assert.Single((await answer.Json()).GetProperty("errors").EnumerateObject()).Name);
        }
    }

    [Theory]
    [InlineData("fluency", "measure-is-surveyed")]
    [InlineData("candour", "measure-is-surveyed")]
    [InlineData("harmony", "measure-unknown")]
    public async Task Only_what_people_are_not_asked_for_is_recorded(string measure, string code)
    {
        var cohort = await Running();
        using var manager = cohort.AsManager();
        var answer = await manager.PostAsJsonAsync(cohort.Unit.At("figures"), Of(measure, 1));
        await answer.Refused(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("fixes-closed", (await answer.Json()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_for_managers_and_sponsors_of_a_programme_that_runs()
    {
        var cohort = await Running();
        using var sponsor = cohort.AsSponsor();
        using var mentor = cohort.As(cohort.Pairs[0].Mentor);
        using var other = feedback.As(cohort.Unit, Guid.CreateVersion7(), [], (Guid.CreateVersion7(), "programme-manager"));
        var body = Of("fixes-closed", 5);
        foreach (var stranger in new[] { mentor, other })
        {
            await (await stranger.PostAsJsonAsync(cohort.Unit.At("figures"), body)).Refused(HttpStatusCode.Forbidden, "role-missing");
            await (await stranger.GetAsync(cohort.Unit.At($"figures?programme={Cohort.Slug}"))).Refused(HttpStatusCode.Forbidden, "role-missing");
        }
        await (await sponsor.PostAsJsonAsync(cohort.Unit.At("figures"), body with { Programme = "no-such" })).Refused(HttpStatusCode.NotFound, "not-found");
        await (await sponsor.GetAsync(cohort.Unit.At("figures?programme=no-such"))).Refused(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(HttpStatusCode.Created, (await sponsor.PostAsJsonAsync(cohort.Unit.At("figures"), body)).StatusCode);

        // The same slug in another unit is another programme.
        var elsewhere = await Running();
        Assert.Empty(await History(elsewhere));

        await feedback.Publish(cohort.Unit, new ProgrammeClosed(cohort.Programme, 2));
        await Eventually.Holds(async () => Assert.True(await feedback.In(cohort.Unit, db => db.Programmes.AnyAsync(programme => programme.Closed))));
        await (await sponsor.PostAsJsonAsync(cohort.Unit.At("figures"), body)).Refused(HttpStatusCode.Conflict, "programme-closed");
        Assert.Single(await History(cohort));
    }

    private sealed record Body(string Programme, string Measure, decimal Value, DateOnly AsOf, string Source, int? People = null, BodyComparison? Comparison = null);

    private sealed record BodyComparison(decimal Value, int People);
}
