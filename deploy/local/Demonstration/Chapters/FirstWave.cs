using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

/// <summary>Leaders go first: the chief executive's own pair, before anybody else's.</summary>
internal sealed class FirstWave(Story story)
{
    private string _run = "";
    private string _asked = "";

    public IEnumerable<Step> Steps =>
    [
        new("The second wave is refused while the sponsor's pair has not met twice", RefuseSecondWave),
        new("The first wave is matched, with reasons and a proof", Match),
        new("It is approved; the junior is asked first, the chief executive sees nothing yet", Ask),
        new("The junior declines in private; the next run pairs the chief executive with somebody else", Decline),
        new("Both accept: a pair, the mentee confirming to have no part in the mentor's pay or promotion", Accept),
        new("Both sign the charter; the chief executive's assistant books the proposed series and sees nothing else; the invitations are in the mail", SignAndBook),
        new("They agree on what to talk about; for whoever manages, administers, safeguards or books it is not there", Agree),
        new("They meet twice, and the second wave unlocks by itself", MeetTwice),
    ];

    private Task<Answer> StartRun(string wave) => story.Manager.Post(story.At("matching-runs"), new { programme = story.Programme, wave });

    private async Task<string> RefuseSecondWave()
    {
        // Matching learns of programme and pool from facts.
        var refused = await Expectations.Eventually(async () =>
        {
            var answer = await StartRun("executives");
            return answer.Status == System.Net.HttpStatusCode.NotFound || answer.Code == "role-missing" ? null : answer;
        }, "Matching knows the programme");
        Expectations.That(refused.Code == "wave-locked", $"The locked wave was not refused: {refused}");
        return $"\"{refused["detail"]}\"";
    }

    private async Task<string> Match()
    {
        var (run, pair) = await Solve();
        var why = string.Join("; ", pair["points"]!.AsArray().Select(points => $"{points!["points"]} {points.Text("criterion")}"));
        return $"{pair["mentor"]!.Text("name")} → {pair["mentee"]!.Text("name")}, {pair["score"]} points ({why}); primal {run["result"]["certificate"]!["primal"]} = dual {run["result"]["certificate"]!["dual"]}\n\"{pair.Text("reason")}\"";
    }

    private async Task<(Answer Run, JsonNode Pair)> Solve()
    {
        // The pool fills by facts; a run before it is full would find nobody.
        return await Expectations.Eventually(async () =>
        {
            var started = await StartRun("sponsor").Ok(System.Net.HttpStatusCode.Accepted);
            var run = await Runs.Solved(story.Manager, started.Location!.ToString());
            if (run["result"]["pairs"]!.GetValue<int>() == 0)
                return null;
            _run = started.Location!.ToString();
            return Tuple.Create(run, (await story.Manager.Get($"{_run}/pairs").Ok()).Items.Single()!);
        }, "a pair for the chief executive") is var (run, pair) ? (run, pair) : default;
    }

    private async Task<string> Ask()
    {
        await story.Manager.Post($"{_run}/approve").Ok();
        var pair = (await story.Manager.Get($"{_run}/pairs").Ok()).Items.Single()!;
        _asked = story.EmailOf(pair["mentor"]!);
        var proposal = await Proposals.OpenFor(story.HomeUnit, _asked);
        var chief = await story.Chief.All(story.At("proposals/mine"));
        Expectations.That(chief.Count == 0, "The senior sees a proposal before the junior has accepted.");
        return $"{pair["mentor"]!.Text("name")} reads: gains \"{proposal.Text("gains")}\"";
    }

    private async Task<string> Decline()
    {
        var proposal = await Proposals.OpenFor(story.HomeUnit, _asked);
        await story.Api.As(_asked).Post(story.At($"proposals/{proposal.Text("id")}/decline"), new { }).Ok();
        Expectations.That(await State() == "open", "Before the morning somebody else sees that the proposal does not proceed.");
        await story.Platform.LetPass(TimeSpan.FromDays(1));
        await Expectations.Eventually(async () => await State() == "not-proceeding" ? proposal : null, "the proposal reads 'not proceeding'");
        Expectations.That((await story.Chief.All(story.At("proposals/mine"))).Count == 0, "The senior learns of a declined proposal.");

        var before = _asked;
        var (_, pair) = await Solve();
        await story.Manager.Post($"{_run}/approve").Ok();
        _asked = story.EmailOf(pair["mentor"]!);
        Expectations.That(_asked != before, "The same two were matched again after a decline.");
        return $"in the morning it reads \"not proceeding\", as every other end does; now {pair["mentor"]!.Text("name")} is asked";

        async Task<string> State() => (await story.Manager.All(story.At($"proposals?programme={story.Programme}")))
            .Single(one => one.Text("id") == proposal.Text("id")).Text("state");
    }

    private async Task<string> Accept()
    {
        var proposal = await Proposals.OpenFor(story.HomeUnit, _asked);
        await story.Api.As(_asked).Post(story.At($"proposals/{proposal.Text("id")}/accept"), new { }).Ok();
        var chief = story.Cast.ChiefExecutive.Email;
        var asked = await Proposals.OpenFor(story.HomeUnit, chief);
        await story.Chief.Post(story.At($"proposals/{asked.Text("id")}/accept"), new { }).Refused(422, "authority-confirmation-missing");
        await story.Chief.Post(story.At($"proposals/{asked.Text("id")}/accept"), new { confirmsNoAuthority = true }).Ok();
        var pair = await Expectations.Eventually(async () => (await story.Manager.All(story.At($"pairs?programme={story.Programme}"))).SingleOrDefault(), "the first pair");
        story.First = new Pair(pair["id"]!.GetValue<Guid>(), _asked, chief);
        return $"{pair["mentor"]!.Text("name")} and {pair["mentee"]!.Text("name")}; without the confirmation it is refused (authority-confirmation-missing)";
    }

    private async Task<string> SignAndBook()
    {
        var assistant = story.Api.As(story.Cast.ChiefsAssistant.Email);
        await Partnerships.Sign(story.HomeUnit, story.First!);
        await story.Chief.Put(story.At("people/me/delegates"), new { delegates = new[] { assistant.Email } }, ifMatch: "*").Ok();
        var slots = await Partnerships.Book(story.HomeUnit, story.First!, bookedBy: assistant.Email);
        await assistant.Get(story.At($"partnerships/{story.First!.Id}/charter")).Refused(404, "not-found");
        var mail = await Expectations.Eventually(
            async () => (await story.Api.Mails(story.First!.MenteeEmail)).FirstOrDefault(mail => mail!.ToJsonString().Contains("METHOD:REQUEST", StringComparison.Ordinal)),
            "a calendar invitation for the chief executive");
        return $"{story.Cast.ChiefsAssistant.Name} books {slots.Count} sessions, the first {slots[0]!.Text("mentorLocal")} / {slots[0]!.Text("menteeLocal")}; invitation \"{mail.Text("subject")}\"";
    }

    private async Task<string> Agree()
    {
        var (mentor, mentee) = (story.Api.As(story.First!.MentorEmail), story.Api.As(story.First.MenteeEmail));
        var session = (await Partnerships.Sessions(story.HomeUnit, story.First)).MinBy(session => session["startsAt"]!.GetValue<DateTimeOffset>())!.Text("id");
        var agenda = story.At($"sessions/{session}/agenda");
        var ideas = (await mentor.Get(agenda).Ok())["starters"].AsArray();
        var written = await mentor.Put(agenda, new { points = new[] { ideas[0]!.GetValue<string>(), "Where customers wait for us" } }).Ok();
        await mentee.Post($"{agenda}/agree", new { version = written["version"].GetValue<long>() }).Ok();
        await mentor.Put(story.At($"sessions/{session}/notes/shared"), new { text = "We order something ourselves before we meet again." }).Ok();
        await mentor.Put(story.At($"sessions/{session}/notes/mine"), new { text = "Was I too fast?" }).Ok();

        foreach (var other in new[] { story.Manager, story.Admin, story.Api.As(story.Cast.SafeguardingContacts[0].Email), story.Api.As(story.Cast.ChiefsAssistant.Email) })
        {
            foreach (var path in new[] { "agenda", "notes/shared", "notes/mine" })
                await other.Get(story.At($"sessions/{session}/{path}")).Refused(404, "not-found");
        }
        Expectations.That((await mentee.Get(story.At($"sessions/{session}/notes/mine")).Ok())["text"].GetValue<string>() == "", "The mentee reads the mentor's own note.");
        return $"of {ideas.Count} ideas, the first \"{ideas[0]}\"; agreed by both; the mentor's own note is the mentor's alone";
    }

    private async Task<string> MeetTwice()
    {
        for (var meeting = 0; meeting < 2; meeting++)
        {
            var next = (await Partnerships.Sessions(story.HomeUnit, story.First!)).Where(session => session.Text("state") == "booked").MinBy(session => session["startsAt"]!.GetValue<DateTimeOffset>())
                ?? throw new JourneyException("The first pair has no session left to meet in.");
            await story.Platform.LetPassUntil(next["endsAt"]!.GetValue<DateTimeOffset>().AddMinutes(5));
            await story.Api.As(story.First!.MentorEmail).Post(story.At($"sessions/{next.Text("id")}/held"), new { }).Ok();
        }
        var wave = await Expectations.Eventually(async () =>
        {
            var programme = await story.Manager.Get(story.At($"programmes/{story.Programme}")).Ok();
            return programme["waves"].AsArray().SingleOrDefault(wave => wave!.Text("name") == "executives" && wave!["unlocked"]!.GetValue<bool>());
        }, "the second wave unlocks");
        return $"\"{wave.Text("unlockedWhy")}\" (the platform's clock says {story.Platform.Now:d MMMM yyyy})";
    }
}
