using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Mentoring.CivilService;
using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>
/// Real input through the public API: 500 and 500 people of the sample by which the mentor matching of the UK civil service is tried, one or
/// two grades apart. That matcher pairs 483 of the 484 that can be, in 21 to 24 seconds on two processors, and asks for people's identity;
/// here everybody signs in, opts in and prepares, and a programme manager starts a run. Nobody's identity is asked for or taken.
/// </summary>
internal sealed class CivilServiceBench(OwnPlatform platform, string gateway, Person admin, Person manager)
{
    private const int Feasible = 484;
    private const int AtOnce = 8;
    private const string Domain = "nordlicht.example";
    private const string Unit = MatchingBench.Unit;

    /// <summary>What is right in a module is the same for everybody: found by trying, once, by whoever comes first.</summary>
    private readonly ConcurrentDictionary<string, Lazy<Task<int[]>>> _answers = [];

    public async Task Measure(bool bothDirections, int rounds, Table table, Progress progress, CancellationToken ct)
    {
        progress.Say("civil service: importing 1,000 people");
        var (status, refusal) = await admin.Ask(HttpMethod.Post, $"/api/v1/units/{Unit}/people/imports", new StringContent(Sample.MentorsFile, null, "text/csv"), ct);
        if (status != 422 || refusal["errors"]?["characteristics"] is null)
            throw new BenchFailed($"The file with people's characteristics was not refused by that name: {status} {refusal}");
        await admin.Import($"/api/v1/units/{Unit}/people/imports", Sample.ToImport(Sample.Everybody, Domain), ct);

        await Measure("traditional", "mentor above", Sample.Mentors, Sample.Mentees, rounds, table, progress, ct);
        if (bothDirections) await Measure("reverse", "mentor below", Sample.Mentees, Sample.Mentors, rounds, table, progress, ct);
    }

    private async Task Measure(
        string direction, string words, IReadOnlyList<CivilServant> mentors, IReadOnlyList<CivilServant> mentees, int rounds, Table table, Progress progress, CancellationToken ct)
    {
        var programme = $"civil-service-{direction}";
        await admin.PostText($"/api/v1/units/{Unit}/programmes", $$"""
            name: {{programme}}
            gap: { area: What a grade or two makes a difference to }
            direction: {{direction}}
            sponsor: sponsor@{{Domain}}
            managers: [manager@{{Domain}}]
            mentors: { stages: [early, established, senior, executive], capacity: 1 }
            mentees: { stages: [early, established, senior, executive], capacity: 1 }
            measures:
              - { name: confidence, instrument: gap-self-rating, side: mentee, baseline: 2.0, target: 3.0 }
            matching:
              grades: { atLeast: 1, atMost: 2 }
              hard: [authority, common-language, overlapping-hours]
              prefer: { reach: 60, grade: 20, time: 20 }
            """, "application/yaml", ct);
        await admin.Post($"/api/v1/units/{Unit}/programmes/{programme}/open", new { }, ct);

        progress.Say($"civil service, {words}: 1,000 people opt in, and the mentors prepare");
        var people = mentors.Select(person => (person, Side: "mentor")).Concat(mentees.Select(person => (person, Side: "mentee")));
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (one, cancel) =>
        {
            using var person = await Person.SignIn(platform.State, gateway, $"{one.person.ExternalId}@{Domain}", cancel);
            await person.Post($"/api/v1/units/{Unit}/enrolments", new { programme, side = one.Side, consent = true }, cancel);
            if (one.Side == "mentor") await Prepare(person, programme, cancel);
        });

        var runs = new List<JsonNode>();
        for (var round = 0; round < rounds; round++)
        {
            progress.Say($"civil service, {words}: run {round + 1} of {rounds}");
            runs.Add(await UntilAllAreThere(programme, mentors.Count, ct));
        }
        var pairs = runs[^1]["result"]!["pairs"]!.GetValue<double>();
        if (pairs < Feasible) throw new BenchFailed($"{pairs} pairs of {Feasible} that are possible: {runs[^1]["result"]}");
        var shown = (await manager.Read($"/api/v1/units/{Unit}/matching-runs/{runs[^1]["id"]}/pairs?limit=1", ct))["items"]![0]!;
        progress.Say($"civil service, {words}: {shown["mentor"]!["name"]} and {shown["mentee"]!["name"]}, {shown["score"]} points: "
            + string.Join(" ", shown["points"]!.AsArray().Select(points => $"{points!["words"]} ({points["points"]})")));
        table.Add($"civil service, {words}: paired of {Feasible} possible", "pairs", Figure.Once(pairs), Aim.AtLeast(Feasible));
        table.Add($"civil service, {words}: whole run", "s", Figure.MedianOf([.. runs.Select(MatchingBench.Seconds)]), Aim.AtMost(1));
        table.Space();
    }

    /// <summary>Facts travel: a run that does not see everybody yet is started again.</summary>
    private async Task<JsonNode> UntilAllAreThere(string programme, int mentors, CancellationToken ct)
    {
        while (true)
        {
            var run = await MatchingBench.RunOnce(manager, programme, ct);
            if (run["result"]!["mentors"]!.GetValue<int>() == mentors && run["result"]!["mentees"]!.GetValue<int>() == Sample.Everybody.Count - mentors) return run;
        }
    }

    private async Task Prepare(Person person, string programme, CancellationToken ct)
    {
        var modules = await person.Read($"/api/v1/units/{Unit}/preparation/modules?programme={programme}&side=mentor", ct);
        foreach (var module in modules["items"]!.AsArray())
        {
            var name = module!["name"]!.GetValue<string>();
            var answers = await _answers.GetOrAdd(name, _ => new Lazy<Task<int[]>>(() => Try(person, programme, module, ct))).Value;
            await person.Post($"/api/v1/units/{Unit}/preparation/modules/{name}/complete", new { programme, side = "mentor", answers }, ct);
        }
    }

    private static async Task<int[]> Try(Person person, string programme, JsonNode module, CancellationToken ct)
    {
        var options = module["check"]!.AsArray().Select(question => question!["options"]!.AsArray().Count).ToArray();
        var answers = new int[options.Length];
        while (true)
        {
            var (status, answer) = await person.Ask(HttpMethod.Post, $"/api/v1/units/{Unit}/preparation/modules/{module["name"]}/complete",
                System.Net.Http.Json.JsonContent.Create(new { programme, side = "mentor", answers }), ct);
            if (status < 300) return answers;
            // The refusal names the questions; the next option is tried for those.
            foreach (var (field, _) in answer["errors"]?.AsObject() ?? throw new BenchFailed($"Preparing was refused: {answer}"))
            {
                var question = int.Parse(new string([.. field.Where(char.IsDigit)]), CultureInfo.InvariantCulture);
                answers[question] = (answers[question] + 1) % options[question];
            }
        }
    }
}
