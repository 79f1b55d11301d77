namespace Mentoring.Demonstration;

/// <summary>Then everybody else: a few hundred pairs, none with authority in it.</summary>
internal sealed class SecondWave(Story story, int meeting)
{
    private string _run = "";
    private List<System.Text.Json.Nodes.JsonNode> _pairs = [];

    public IEnumerable<Step> Steps =>
    [
        new("The second wave is matched: proven optimal, nobody unprepared, no authority inside a pair", Match),
        new("Why not those two? The rule, or exactly what the programme would lose", Explain),
        new("It is approved; juniors answer first, then seniors, and pairs form", Form),
        new($"{meeting} pairs sign their charters and book their series", Meet),
    ];

    private async Task<string> Match()
    {
        var started = await Expectations.Eventually(async () =>
        {
            var answer = await story.Manager.Post(story.At("matching-runs"), new { programme = story.Programme, wave = "executives" });
            return answer.Code == "wave-locked" ? null : answer.Ok(System.Net.HttpStatusCode.Accepted);
        }, "Matching knows of the unlocked wave");
        _run = started.Location!.ToString();
        var run = await Runs.Solved(story.Manager, _run);
        _pairs = await story.Manager.All($"{_run}/pairs");
        var unprepared = story.Cast.OptIns.Where(who => who is { Prepares: false, Side: Data.Side.Mentor }).Select(who => who.Person.Email).ToHashSet();
        foreach (var pair in _pairs)
        {
            var (mentor, mentee) = (story.ByEmail(story.EmailOf(pair["mentor"]!)), story.ByEmail(story.EmailOf(pair["mentee"]!)));
            Expectations.That(!mentor.Chain.Contains(mentee) && !mentee.Chain.Contains(mentor), $"{mentor} and {mentee} are in one chain.");
            Expectations.That(!unprepared.Contains(mentor.Email), $"{mentor} is not prepared.");
            Expectations.That(pair["points"]!.AsArray().Sum(points => points!["points"]!.GetValue<int>()) == pair["score"]!.GetValue<int>(), $"The points do not add up: {pair.ToJsonString()}");
        }
        var certificate = run["result"]["certificate"]!;
        Expectations.That(_pairs.Count > 200, $"Only {_pairs.Count} pairs.");
        Expectations.That(run["result"]["optimal"]!.GetValue<bool>() && certificate["primal"]!.GetValue<long>() == certificate["dual"]!.GetValue<long>(), $"Not proven optimal: {run}");
        return $"{_pairs.Count} pairs of {run["result"]["mentors"]} mentors and {run["result"]["mentees"]} mentees, {run["result"]["candidates"]} candidates, score {run["result"]["score"]}; primal {certificate["primal"]} = dual {certificate["dual"]} over {certificate["checkedEdges"]} edges, {run["result"]["seconds"]} s";
    }

    private async Task<string> Explain()
    {
        var (first, other) = (_pairs[0], _pairs[^1]);
        var pair = await Ask(first["mentor"]!, first["mentee"]!);
        var notChosen = default(Answer);
        foreach (var mentee in _pairs.Select(candidate => candidate["mentee"]!))
        {
            var answer = await Ask(first["mentor"]!, mentee);
            if (answer["kind"].GetValue<string>() != "not-chosen")
                continue;
            notChosen = answer;
            break;
        }
        var chief = story.Ids[story.Cast.ChiefExecutive.Email];
        var forbidden = await story.Manager.Get($"{_run}/explain?mentor={other["mentor"]!.Text("id")}&mentee={chief}").Ok();
        Expectations.That(notChosen is not null, "No pair was found that is allowed and not chosen.");
        return $"""
            "{pair["words"]}"
            not chosen, loss {notChosen!["loss"]}: "{notChosen["words"]}"
            forbidden by {forbidden.Body!["rule"]}: "{forbidden["words"]}"
            """;
    }

    private Task<Answer> Ask(System.Text.Json.Nodes.JsonNode mentor, System.Text.Json.Nodes.JsonNode mentee) =>
        story.Manager.Get($"{_run}/explain?mentor={mentor.Text("id")}&mentee={mentee.Text("id")}").Ok();

    private async Task<string> Form()
    {
        await story.Manager.Post($"{_run}/approve").Ok();
        var declined = 0;
        await Parallel.ForEachAsync(_pairs.Select((pair, index) => (pair, index)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (item, _) =>
        {
            var (mentor, mentee) = (story.EmailOf(item.pair["mentor"]!), story.EmailOf(item.pair["mentee"]!));
            var asked = await Proposals.OpenFor(story.HomeUnit, mentor);
            if (item.index % 40 == 39 && mentee != story.Cast.CancellingMentee.Email)
            {
                await story.Api.As(mentor).Post(story.At($"proposals/{asked.Text("id")}/decline"), new { }).Ok();
                Interlocked.Increment(ref declined);
                return;
            }
            await story.Api.As(mentor).Post(story.At($"proposals/{asked.Text("id")}/accept"), new { }).Ok();
            await story.Api.As(mentee).Post(story.At($"proposals/{asked.Text("id")}/accept"), new { }).Ok();
        });
        foreach (var pair in await story.Manager.All(story.At($"pairs?programme={story.Programme}")))
        {
            if (pair["id"]!.GetValue<Guid>() != story.First!.Id)
                story.Pairs.Add(new Pair(pair["id"]!.GetValue<Guid>(), story.EmailOf(pair["mentor"]!), story.EmailOf(pair["mentee"]!)));
        }
        Expectations.That(story.Pairs.Count == _pairs.Count - declined, $"{story.Pairs.Count} pairs formed of {_pairs.Count} proposed and {declined} declined.");
        return $"{story.Pairs.Count} pairs; {declined} proposals are not proceeding, and nobody is told why";
    }

    private async Task<string> Meet()
    {
        var cancelling = story.Pairs.Single(pair => pair.MenteeEmail == story.Cast.CancellingMentee.Email);
        Pair[] prepared = [.. story.Pairs.Where(pair => pair != cancelling && story.Cast.OptIns.Single(who => who.Person.Email == pair.MenteeEmail).Prepares)];
        var unprepared = story.Pairs.FirstOrDefault(pair => pair != cancelling && !prepared.Contains(pair));
        var refusal = unprepared is null ? "" : await RefuseUnprepared(unprepared);
        story.Pairs.Clear();
        story.Pairs.AddRange([cancelling, .. prepared.Take(meeting - 1)]);
        var sessions = 0;
        await Parallel.ForEachAsync(story.Pairs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (pair, _) =>
            Interlocked.Add(ref sessions, (await Partnerships.SignAndBook(story.HomeUnit, pair)).Count));
        return $"{sessions} sessions booked{refusal}";
    }

    /// <summary>Prepared first: a mentee who has not prepared does not meet.</summary>
    private async Task<string> RefuseUnprepared(Pair pair)
    {
        await Partnerships.Sign(story.HomeUnit, pair);
        var refused = await story.Api.As(pair.MenteeEmail).Post(story.At("sessions"), new { partnershipId = pair.Id, startsAt = story.Platform.Now.AddDays(7) });
        Expectations.That(refused.Code == "preparation-missing", $"An unprepared mentee may meet: {refused}");
        return $"; an unprepared mentee's first session is refused: \"{refused["detail"]}\"";
    }
}
