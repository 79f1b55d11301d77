using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

[assembly: AssemblyFixture(typeof(Mentoring.Feedback.Tests.FeedbackService))]
// One clock for all: a test that lets a week pass must not do so in the middle of another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Mentoring.Feedback.Tests;

/// <summary>Feedback as it is, on real servers.</summary>
public sealed class FeedbackService() : ServiceFactory<FeedbackDb>("feedback")
{
    /// <summary>A programme of so many pairs, in a unit of its own, known to Feedback from the facts of others.</summary>
    public async Task<Cohort> Running(
        int pairs, int k = 5, IReadOnlyList<Gate>? gates = null, IReadOnlyList<Measure>? measures = null, string? project = null)
    {
        var cohort = new Cohort(this, TestUnit.New(), pairs);
        await Publish(cohort.Unit, new ProgrammeOpened(cohort.Programme, 1, Facts.Programme(Cohort.Slug, cohort.Sponsor, k, gates, measures, project)));
        await Publish(cohort.Unit, Facts.Person(cohort.Sponsor, "Sponsor", CareerStage.Executive));
        await Publish(cohort.Unit, Facts.Person(cohort.Manager, "Manager", CareerStage.Established));
        foreach (var (pair, i) in cohort.Pairs.Select((pair, i) => (pair, i)))
        {
            await Publish(cohort.Unit, Facts.Person(pair.Mentor, $"Mentor {i}", CareerStage.Early));
            await Publish(cohort.Unit, Facts.Person(pair.Mentee, $"Mentee {i}", CareerStage.Executive));
            await Publish(cohort.Unit, Facts.Participant(Guid.CreateVersion7(), cohort.Programme, pair.Mentor, Side.Mentor));
            await Publish(cohort.Unit, Facts.Participant(Guid.CreateVersion7(), cohort.Programme, pair.Mentee, Side.Mentee));
            await Publish(cohort.Unit, new PairFormed(pair.Id, 1, cohort.Programme, pair.Mentor, pair.Mentee, "all", [], "A good match."));
        }
        await Eventually.Holds(async () =>
        {
            Assert.Equal(1, await In(cohort.Unit, db => db.Programmes.CountAsync()));
            Assert.Equal(2 + 2 * pairs, await In(cohort.Unit, db => db.People.CountAsync()));
            Assert.Equal(2 * pairs, await In(cohort.Unit, db => db.Participants.CountAsync()));
            Assert.Equal(pairs, await In(cohort.Unit, db => db.Pairs.CountAsync(pair => pair.FormedAt != null)));
        });
        return cohort;
    }
}

public sealed record CohortPair(Guid Id, Guid Mentor, Guid Mentee);

/// <summary>Who there is, and what they can do.</summary>
public sealed class Cohort(FeedbackService feedback, TestUnit unit, int pairs)
{
    public const string Slug = "ai";

    public TestUnit Unit { get; } = unit;
    public Guid Programme { get; } = Guid.CreateVersion7();
    public Guid Sponsor { get; } = Guid.CreateVersion7();
    public Guid Manager { get; } = Guid.CreateVersion7();
    public IReadOnlyList<CohortPair> Pairs { get; } =
        [.. Enumerable.Range(0, pairs).Select(_ => new CohortPair(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()))];

    public IEnumerable<Guid> Mentors => Pairs.Select(pair => pair.Mentor);
    public IEnumerable<Guid> Mentees => Pairs.Select(pair => pair.Mentee);

    public HttpClient As(Guid person) => feedback.As(Unit, person);
    public HttpClient AsManager() => feedback.As(Unit, Manager, [], (Programme, Roles.ProgrammeManager));
    public HttpClient AsSponsor() => feedback.As(Unit, Sponsor, [], (Programme, Roles.Sponsor));
    public HttpClient AsSafeguarding() => feedback.As(Unit, Guid.CreateVersion7(), Roles.Safeguarding);

    /// <summary>A session of the pair, known to Feedback.</summary>
    public async Task<Guid> Session(CohortPair pair, DateTimeOffset startsAt, bool held = true)
    {
        var id = Guid.CreateVersion7();
        if (held)
            await feedback.Publish(Unit, new SessionHeld(id, 2, pair.Id, Programme, pair.Mentor, pair.Mentee, "all", startsAt));
        else
            await feedback.Publish(Unit, new SessionBooked(id, 1, pair.Id, Programme, pair.Mentor, pair.Mentee, startsAt, startsAt.AddHours(1), "video", null, 0));
        await Eventually.Holds(async () => Assert.True(await feedback.In(Unit, db => db.Sessions.AnyAsync(session => session.Id == id))));
        return id;
    }

    public async Task<Guid> OpenSurvey(string kind = "baseline", TimeSpan? closesIn = null)
    {
        using var manager = AsManager();
        var answer = await manager.PostAsJsonAsync(Unit.At("surveys"), new { programme = Slug, kind, closesAt = feedback.Clock.GetUtcNow() + (closesIn ?? TimeSpan.FromDays(7)) });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Json()).GetProperty("id").GetGuid();
    }

    /// <summary>Answers everything with the highest value, save the questions named.</summary>
    public async Task<HttpResponseMessage> Answer(Guid person, Guid survey, params (string Code, int Answer)[] save)
    {
        using var client = As(person);
        var open = (await client.GetFromJsonAsync<JsonElement>(Unit.At("surveys/mine"))).GetProperty("items").EnumerateArray()
            .Single(item => item.GetProperty("id").GetGuid() == survey);
        var answers = open.GetProperty("questions").EnumerateArray().ToDictionary(q => q.GetProperty("code").GetString()!, q => q.GetProperty("most").GetInt32());
        foreach (var (code, answer) in save.Where(one => answers.ContainsKey(one.Code)))
            answers[code] = answer;
        return await client.PostAsJsonAsync(Unit.At($"surveys/{survey}/answers"), new { answers });
    }

    /// <summary>Everybody answers a new survey.</summary>
    public async Task Survey(string kind, params (string Code, int Answer)[] save)
    {
        var survey = await OpenSurvey(kind);
        foreach (var person in Mentors.Concat(Mentees))
            Assert.Equal(HttpStatusCode.NoContent, (await Answer(person, survey, save)).StatusCode);
    }

    /// <summary>A new review's gates, by name.</summary>
    public async Task<Dictionary<string, JsonElement>> Gates()
    {
        using var manager = AsManager();
        var answer = await manager.PostAsJsonAsync(Unit.At("reviews"), new { programme = Slug });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Json()).GetProperty("gates").EnumerateArray().ToDictionary(gate => gate.GetProperty("gate").GetString()!);
    }

    public async Task<JsonElement> Results(Guid survey)
    {
        using var manager = AsManager();
        return await manager.GetFromJsonAsync<JsonElement>(Unit.At($"surveys/{survey}/results"));
    }

    public async Task<Guid> RaiseInsight(Guid person, string title = "Tools")
    {
        using var client = As(person);
        var answer = await client.PostAsJsonAsync(Unit.At("insights"), new { programme = Slug, title, text = "We wait three weeks for a licence." });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Json()).GetProperty("id").GetGuid();
    }

    public async Task<string> RaiseAnonymously(Guid person, string title)
    {
        using var client = As(person);
        var answer = await client.PostAsJsonAsync(Unit.At("insights"), new { programme = Slug, title, text = "Nobody dares to say it.", anonymous = true });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Json()).GetProperty("code").GetString()!;
    }

    public async Task<HttpResponseMessage> Assign(Guid insight, Guid owner, int days = 7)
    {
        using var manager = AsManager();
        return await manager.PostAsJsonAsync(
            Unit.At($"insights/{insight}/assign"), new { ownerId = owner, dueOn = DateOnly.FromDateTime(feedback.Clock.GetUtcNow().UtcDateTime).AddDays(days) });
    }

    public async Task<List<JsonElement>> Insights()
    {
        using var manager = AsManager();
        return [.. (await manager.GetFromJsonAsync<JsonElement>(Unit.At($"insights?programme={Slug}"))).GetProperty("items").EnumerateArray()];
    }
}

internal static class Answers
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer) => JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());

    public static async Task Refused(this HttpResponseMessage answer, HttpStatusCode status, string code) =>
        Assert.Equal((status, code), (answer.StatusCode, (await answer.Json()).GetProperty("code").GetString()));
}
