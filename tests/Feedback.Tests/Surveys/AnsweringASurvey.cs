using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Participants;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Tests.Surveys;

public sealed class AnsweringASurvey(FeedbackService feedback)
{
    private static List<JsonElement> Rows(JsonElement results) => [.. results.GetProperty("questions").EnumerateArray()];

    private static JsonElement Row(JsonElement results, string code, string? side = null) => Rows(results).Single(row =>
        row.GetProperty("code").GetString() == code && row.GetProperty("side").GetString() == side);

    [Fact]
    public async Task Below_k_there_is_no_number_at_all_and_at_k_there_is()
    {
        var cohort = await feedback.Running(pairs: 6);
        var survey = await cohort.OpenSurvey();
        foreach (var mentee in cohort.Mentees.Take(4))
            Assert.Equal(HttpStatusCode.NoContent, (await cohort.Answer(mentee, survey)).StatusCode);

        Assert.All(Rows(await cohort.Results(survey)), row =>
        {
            Assert.Equal(JsonValueKind.Null, row.GetProperty("answered").ValueKind);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("mean").ValueKind);
            Assert.True(row.GetProperty("suppressed").GetBoolean());
        });

        await cohort.Answer(cohort.Pairs[4].Mentee, survey);
        var results = await cohort.Results(survey);
        var fluency = Row(results, "measure-fluency", "mentee");
        Assert.Equal((5, 5m), (fluency.GetProperty("answered").GetInt32(), fluency.GetProperty("mean").GetDecimal()));
        // The highest answer throughout: 7 on four items, 1 on the three reversed ones.
        Assert.Equal(4.43m, Row(results, "psychological-safety").GetProperty("mean").GetDecimal());
        Assert.True(Row(results, "alliance", "mentor").GetProperty("suppressed").GetBoolean());

        // The sixth waits for others: with it on show at once, its answers would be the difference.
        await cohort.Answer(cohort.Pairs[5].Mentee, survey);
        Assert.Equal(5, Row(await cohort.Results(survey), "alliance").GetProperty("answered").GetInt32());
    }

    [Fact]
    public async Task When_it_closes_the_rests_of_both_sides_are_shown_together()
    {
        var cohort = await feedback.Running(pairs: 8);
        var survey = await cohort.OpenSurvey(closesIn: TimeSpan.FromHours(1));
        foreach (var person in cohort.Mentees.Take(8).Concat(cohort.Mentors.Take(3)))
            await cohort.Answer(person, survey);
        Assert.Equal(5, Row(await cohort.Results(survey), "alliance").GetProperty("answered").GetInt32());

        feedback.Clock.Advance(TimeSpan.FromHours(2));
        await Eventually.Holds(async () => Assert.Equal(11, Row(await cohort.Results(survey), "alliance").GetProperty("answered").GetInt32()));
        var results = await cohort.Results(survey);
        Assert.Equal("closed", results.GetProperty("state").GetString());
        Assert.Equal(5, Row(results, "alliance", "mentee").GetProperty("answered").GetInt32());
        Assert.True(Row(results, "alliance", "mentor").GetProperty("suppressed").GetBoolean());
        using var late = cohort.As(cohort.Pairs[7].Mentor);
        var refused = await late.PostAsJsonAsync(cohort.Unit.At($"surveys/{survey}/answers"), new { answers = new { alliance = 1 } });
        await refused.Refused(HttpStatusCode.Conflict, "survey-closed");
    }

    [Fact]
    public async Task Each_person_answers_once_even_twice_at_once()
    {
        var cohort = await feedback.Running(pairs: 1);
        var survey = await cohort.OpenSurvey();
        var me = cohort.Pairs[0].Mentor;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => cohort.Answer(me, survey)));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode is HttpStatusCode.NoContent));
        foreach (var refused in answers.Where(answer => answer.StatusCode is not HttpStatusCode.NoContent))
            await refused.Refused(HttpStatusCode.Conflict, "already-answered");
        Assert.Equal(1, await feedback.In(cohort.Unit, db => db.AnswerSheets.CountAsync()));
    }

    [Fact]
    public async Task K_people_at_once_are_not_one_too_few_for_each_other()
    {
        var cohort = await feedback.Running(pairs: 10);
        var survey = await cohort.OpenSurvey();
        await Task.WhenAll(cohort.Mentees.Concat(cohort.Mentors).Select(person => cohort.Answer(person, survey)));
        var results = await cohort.Results(survey);
        Assert.True(Row(results, "alliance").GetProperty("answered").GetInt32() >= 15);
    }

    [Fact]
    public async Task Nothing_stored_leads_from_the_answers_to_a_person()
    {
        var cohort = await feedback.Running(pairs: 1);
        var survey = await cohort.OpenSurvey();
        var me = cohort.Pairs[0].Mentor;
        using var client = cohort.As(me);
        client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        var questions = (await client.GetFromJsonAsync<JsonElement>(cohort.Unit.At("surveys/mine"))).GetProperty("items")[0].GetProperty("questions");
        var answers = questions.EnumerateArray().ToDictionary(q => q.GetProperty("code").GetString()!, q => q.GetProperty("least").GetInt32());
        var first = await client.PostAsJsonAsync(cohort.Unit.At($"surveys/{survey}/answers"), new { answers });
        var repeated = await client.PostAsJsonAsync(cohort.Unit.At($"surveys/{survey}/answers"), new { answers });
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, repeated.StatusCode));
        Assert.Equal("", await first.Content.ReadAsStringAsync());

        var row = await feedback.AsOwner<string>($"select to_jsonb(s)::text from answer_sheets s where survey_id = '{survey}'");
        Assert.DoesNotContain(me.ToString(), row, StringComparison.Ordinal);
        var id = await feedback.AsOwner<Guid>($"select id from answer_sheets where survey_id = '{survey}'");
        Assert.Equal(4, id.Version);
        Assert.Equal("date", await feedback.AsOwner<string>(
            "select string_agg(data_type, ',') from information_schema.columns where table_name = 'answer_sheets' and data_type similar to '%(time|date)%'"));
        Assert.Equal("person_id,survey_id,unit_id", await feedback.AsOwner<string>(
            "select string_agg(column_name::text, ',' order by column_name) from information_schema.columns where table_name = 'survey_participations'"));
        Assert.Equal(0L, await feedback.AsOwner<long>(
            $"select count(*) from platform.idempotency i where unit_id = '{cohort.Unit.Id}' and to_jsonb(i)::text like '%{me}%'"));
        Assert.Equal(1L, await feedback.AsOwner<long>($"""
            select count(*) from platform.idempotency where unit_id = '{cohort.Unit.Id}' and caller = '' and length(body_hash) = 0
            and created_at = date_trunc('day', created_at at time zone 'utc') at time zone 'utc'
            """));
    }

    [Fact]
    public async Task Closing_the_programme_destroys_the_key()
    {
        var cohort = await feedback.Running(pairs: 1);
        var survey = await cohort.OpenSurvey();
        await cohort.Answer(cohort.Pairs[0].Mentor, survey);
        await feedback.Publish(cohort.Unit, new ProgrammeClosed(cohort.Programme, 2));
        await Eventually.Holds(async () => Assert.Equal(0, await feedback.In(cohort.Unit, db => db.ProgrammeKeys.CountAsync())));
        using var mentee = cohort.As(cohort.Pairs[0].Mentee);
        var refused = await mentee.PostAsJsonAsync(cohort.Unit.At($"surveys/{survey}/answers"), new { answers = new { alliance = 1 } });
        await refused.Refused(HttpStatusCode.Conflict, "survey-closed");

        // No late fact revives it, and with it a key.
        await feedback.Publish(cohort.Unit, new ProgrammeChanged(cohort.Programme, 3, Facts.Programme(Cohort.Slug, cohort.Sponsor)));
        await feedback.Publish(cohort.Unit, Facts.Person(cohort.Sponsor, "Renamed", CareerStage.Executive, version: 2));
        await Eventually.Holds(async () => Assert.True(await feedback.In(cohort.Unit, db => db.People.AnyAsync(person => person.Name == "Renamed"))));
        Assert.Equal(0, await feedback.In(cohort.Unit, db => db.ProgrammeKeys.CountAsync()));
    }

    [Fact]
    public async Task Opening_one_is_for_its_managers_is_published_and_audited_and_happens_once_a_kind()
    {
        var cohort = await feedback.Running(pairs: 1, k: 1);
        using var manager = cohort.AsManager();
        using var sponsor = cohort.AsSponsor();
        using var foreign = feedback.As(cohort.Unit, Guid.CreateVersion7(), [], (Guid.CreateVersion7(), "programme-manager"));
        var body = new { programme = Cohort.Slug, kind = "middle", closesAt = feedback.Clock.GetUtcNow().AddDays(1) };
        await (await sponsor.PostAsJsonAsync(cohort.Unit.At("surveys"), body)).Refused(HttpStatusCode.Forbidden, "role-missing");
        await (await foreign.PostAsJsonAsync(cohort.Unit.At("surveys"), body)).Refused(HttpStatusCode.Forbidden, "role-missing");
        await (await manager.PostAsJsonAsync(cohort.Unit.At("surveys"), body with { programme = "no-such" })).Refused(HttpStatusCode.NotFound, "not-found");
        await (await manager.PostAsJsonAsync(cohort.Unit.At("surveys"), body with { closesAt = feedback.Clock.GetUtcNow() })).Refused(HttpStatusCode.BadRequest, "invalid");

        var survey = await cohort.OpenSurvey("middle");
        var fact = await feedback.Bus.Of<SurveyOpened>(cohort.Unit);
        Assert.Equal((survey, "middle", 3), (fact.SurveyId, fact.Kind, fact.K));
        Assert.Equal((cohort.Manager, "survey-opened", survey), await Audited());
        await (await manager.PostAsJsonAsync(cohort.Unit.At("surveys"), body)).Refused(HttpStatusCode.Conflict, "survey-exists");

        async Task<(Guid, string, Guid)> Audited()
        {
            var audited = await feedback.Bus.Of<ActionAudited>(cohort.Unit);
            return (audited.ActorId, audited.Code, audited.SubjectId);
        }
    }

    [Fact]
    public async Task Who_takes_no_part_is_not_asked_and_who_does_not_manage_sees_no_results()
    {
        var cohort = await feedback.Running(pairs: 1);
        var survey = await cohort.OpenSurvey();
        using var stranger = cohort.As(Guid.CreateVersion7());
        await (await stranger.PostAsJsonAsync(cohort.Unit.At($"surveys/{survey}/answers"), new { answers = new { alliance = 1 } })).Refused(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, (await stranger.GetFromJsonAsync<JsonElement>(cohort.Unit.At("surveys/mine"))).GetProperty("items").GetArrayLength());
        using var mentor = cohort.As(cohort.Pairs[0].Mentor);
        await (await mentor.GetAsync(cohort.Unit.At($"surveys/{survey}/results"))).Refused(HttpStatusCode.Forbidden, "role-missing");

        var mine = (await mentor.GetFromJsonAsync<JsonElement>(cohort.Unit.At("surveys/mine"))).GetProperty("items")[0];
        Assert.DoesNotContain(mine.GetProperty("questions").EnumerateArray(), q => q.GetProperty("code").GetString() == "measure-fluency");
        await (await mentor.PostAsJsonAsync(cohort.Unit.At($"surveys/{survey}/answers"), new { answers = new { alliance = 9 } })).Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(0, await feedback.In(cohort.Unit, db => db.Participations.CountAsync()));
    }
}
