using System.Net;
using Mentoring.Demonstration;

namespace Mentoring.Journeys.Tests.Templates;

/// <summary>All templates, each with what its file must say and the rule of its own.</summary>
internal static class AllTemplates
{
    private const string Gap = "gap: { sentence: Leaders decide how teams work together; those early in their career work in them every day., topics: [speaking-up] }";

    public static IReadOnlyList<Template> Those { get; } =
    [
        new("general-electric-1999")
        {
            Mentees = firm => ["chief", .. firm.Executives, .. firm.Heads.Take(2)],
            NoSameChain = ["associate-on-loan"],
            // Everybody is in the chief executive's chain; without the mentor's consent that rules a pair out.
            Forbidden = ("associate-on-loan", "chief", "authority"),
            OwnRule = SameChainAtDistance,
        },
        new("bny-mellon-pershing"),
        new("london-ambulance-service"),
        new("estee-lauder-2015")
        {
            RefusedFiles = [("", "programme-invalid")],
            File = firm => $"accountable: {{ emea: {firm["executive-1"].Email} }}",
            OwnRule = Accountable,
        },
        new("microsoft-2014") { Forbidden = ("associate-on-loan", "executive-1", "different-department") },
        new("pwc-uk-2014") { OwnRule = BackgroundAndRegions, InTime = Forum },
        new("procter-gamble-2024")
        {
            RefusedFiles = [("", "priority-missing")],
            File = _ => "gap: { strategicPriority: ai-readiness }",
        },
        new("british-airways-2023") { Mentors = firm => firm.Associates.Take(20), OwnRule = TwoMentors },
        new("cisco-executive-exchange") { Mentees = firm => firm.Executives, MenteesFirst = true },
        new("cbiz")
        {
            RefusedFiles = [($"{Cadence}\n{Measure}", "gap-missing"), ($"{Gap}\n{Measure}", "programme-invalid"), ($"{Gap}\n{Cadence}", "measure-missing")],
            File = _ => $"{Gap}\n{Cadence}\n{Measure}",
        },
        new("citi-university") { Mentors = GuestKeys, Guests = true, Forbidden = ("guest-12", "executive-3", "topic-overlap"), OwnRule = NoStaff },
        new("mastercard-seven-practices") { MenteesFirst = true, Forbidden = ("associate-on-loan", "executive-3", "different-location"), OwnRule = FixedInAdvance, InTime = AlumniNurture },
        new("ground-rules") { OwnRule = MenteeBooks },
        new("skills-and-interests")
        {
            RefusedFiles =
            [
                ($"{Training}\n{Figure}\n{FigureMet}", "programme-invalid"), ($"{Objective}\n{Figure}\n{FigureMet}", "programme-invalid"),
                ($"{Objective}\n{Training}\n{FigureMet}", "measure-missing"), ($"{Objective}\n{Training}\n{Figure}", "programme-invalid"),
            ],
            File = _ => $"{Objective}\n{Training}\n{Figure}\n{FigureMet}",
            BothWays = true,
            Forbidden = ("associate-1", "executive-1", "authority"),
            OwnRule = BothSides,
        },
        new("governance-gates") { InTime = ThoughtAgainstHappens },
        new("both-directions") { BothWays = true, Forbidden = ("associate-5", "executive-3", "topic-overlap"), OwnRule = EachWay },
        new("career-transition")
        {
            Mentors = firm => firm.Heads,
            Mentees = firm => firm.Specialists,
            FirstAsked = "mentee",
            Forbidden = ("head-1", "specialist-1", "authority"),
            OwnRule = StageNotAge,
        },
        new("societal-issue") { Mentors = GuestKeys, Mentees = firm => firm.Executives, Guests = true, Forbidden = ("guest-12", "executive-3", "topic-overlap"), OwnRule = NoStaff },
    ];

    private const string Cadence = "cadence: { video: P30D }";

    private const string Measure = """
        measures: [{ name: openness, instrument: self-rating, baseline: 2.0, target: 3.5 }]
        expansion: [{ gate: measure, name: openness, atLeast: 3.5 }]
        """;

    private const string Objective = "purpose: Each learns from the other what the other does best.";
    private const string Training = "preparation: { mentor: [listening-and-feedback], mentee: [listening-and-feedback] }";
    private const string Figure = "measures: [{ name: objective, instrument: self-rating, baseline: 2.0, target: 3.5 }]";
    private const string FigureMet = "expansion: [{ gate: measure, name: objective, atLeast: 3.5 }]";

    private static IEnumerable<string> GuestKeys(Firm firm) => Enumerable.Range(1, 14).Select(number => $"guest-{number}");

    /// <summary>Everybody stands below the chief executive: three levels and more apart is allowed, two are not.</summary>
    private static async Task SameChainAtDistance(Scenario scenario)
    {
        var first = scenario.Firm.KeyOf(scenario.Pairs.Single(pair => pair.MenteeEmail == scenario.Firm["chief"].Email).MentorEmail);
        Expectations.That(scenario.Firm.IsBelow(first, "chief"), $"{first} does not stand below the chief executive.");
        Expectations.That(scenario.Confirmed.Contains((first, "chief")), "The chief executive was not asked to confirm having no part in the mentor's pay.");
        await scenario.Enrol("associate-21", "mentor").Ok(HttpStatusCode.Created);
        await scenario.Enrol("head-5", "mentee").Ok(HttpStatusCode.Created);
        await Preparing.For(scenario.Unit, scenario.Slug, "mentor", scenario.Firm["associate-21"].Email);
        var refused = await Expectations.Eventually(async () =>
        {
            var answer = await scenario.StartRun("executives", ("associate-21", "head-5")).Refused(422, "lock-forbidden");
            return answer["errors"]["locks"]![0]!.GetValue<string>() == "authority" ? answer : null;
        }, "two levels apart in one chain are refused by authority");
        scenario.Say($"{first} mentors the chief executive, who has confirmed; two levels apart stays forbidden: \"{refused["detail"]}\"");
    }

    private static Task Accountable(Scenario scenario)
    {
        var accountable = scenario.Programme["accountable"]!.AsObject();
        Expectations.That(accountable["emea"] is not null, $"Nobody is accountable for the region: {accountable}");
        scenario.Say($"accountable for emea: {accountable["emea"]}");
        return Task.CompletedTask;
    }

    private static async Task BackgroundAndRegions(Scenario scenario)
    {
        await LivedExperience(scenario);
        await RegionsAndDepartments(scenario);
    }

    /// <summary>The global firm's way: one place of two departments first, the rest of one of them next, and everybody else.</summary>
    private static async Task RegionsAndDepartments(Scenario scenario)
    {
        var (firm, slug) = (scenario.Firm, $"{scenario.Slug}-global");
        var file = scenario.File(_ => $$"""
            slug: {{slug}}
            waves:
              - { name: vienna, mentees: { locations: [Vienna], departments: [Department 1, Department 2] } }
              - { name: first, mentees: { departments: [department 1] }, unlock: { wave: vienna, heldAtLeast: 1 } }
              - { name: rest, unlock: { wave: first, heldAtLeast: 1 } }
            """);
        var (admin, programmes) = (firm.As("admin"), scenario.Unit.At("programmes"));
        await admin.PostText(programmes, file, "application/yaml").Ok(HttpStatusCode.Created);
        await admin.Post($"{programmes}/{slug}/open").Ok();
        foreach (var (key, wave) in new[] { ("executive-2", "vienna"), ("head-1", "first"), ("head-2", "rest") })
        {
            var enrolled = await firm.As(key).Post(scenario.Unit.At("enrolments"), new { programme = slug, side = "mentee", consent = true }).Ok(HttpStatusCode.Created);
            Expectations.That(enrolled["wave"]?.GetValue<string>() == wave, $"{key} starts with another wave than {wave}: {enrolled}");
        }
        await admin.Post($"{programmes}/{slug}/close").Ok();
        scenario.Say("by region and department: three waves, each with whoever belongs there");
    }

    /// <summary>In the mentor's own words, for whom a pair is proposed to and for nobody else.</summary>
    private static async Task LivedExperience(Scenario scenario)
    {
        const string words = "I grew up in two languages.";
        var (firm, unit) = (scenario.Firm, scenario.Unit);
        await firm.As("associate-20").Put(
            unit.At("knowledge/mine"),
            new { offers = new[] { new { topic = "inclusion-in-practice", level = 4 } }, needs = Array.Empty<object>(), livedExperience = new[] { words } },
            ifMatch: "*").Ok();
        await firm.As("head-5").Put(
            unit.At("knowledge/mine"), new { offers = Array.Empty<object>(), needs = new[] { new { topic = "inclusion-in-practice", level = 2 } } }, ifMatch: "*").Ok();
        await firm.As("associate-20").Post(unit.At("enrolments"), new { programme = scenario.Slug, side = "mentor", consent = true, snapshot = new { shareLivedExperience = true } }).Ok();
        await scenario.Enrol("head-5", "mentee").Ok();
        await Preparing.For(unit, scenario.Slug, "mentor", firm["associate-20"].Email);
        var run = await Expectations.Eventually(async () =>
        {
            var started = await scenario.StartRun(scenario.Programme["waves"]![0]!.Text("name"), ("associate-20", "head-5"));
            if (started.Code == "lock-forbidden")
                return null;
            await Runs.Solved(scenario.Manager, started.Ok().Location!.ToString());
            return started.Location!.ToString();
        }, "Matching knows that the two are ready");
        await scenario.Manager.Post($"{run}/approve").Ok();
        var asked = await Proposals.OpenFor(unit, firm["associate-20"].Email);
        await firm.As("associate-20").Post(unit.At($"proposals/{asked.Text("id")}/accept"), new { }).Ok();
        await Proposals.OpenFor(unit, firm["head-5"].Email);
        var seen = await firm.As("head-5").Get(unit.At($"proposals/{asked.Text("id")}")).Ok();
        Expectations.That(seen["livedExperience"].AsArray().Any(experience => experience!.GetValue<string>() == words), $"The partner to be does not read it: {seen}");
        foreach (var address in new[] { $"{run}/pairs", unit.At($"enrolments?programme={scenario.Slug}"), unit.At("people"), unit.At($"proposals?programme={scenario.Slug}") })
            Expectations.That(!(await scenario.Manager.Get(address).Ok()).Text.Contains(words, StringComparison.Ordinal), $"The programme manager reads it at {address}.");
        scenario.Say("lived experience is read by the partner to be and by no manager");
    }

    /// <summary>The mentors meet each quarter: they and whoever names the time are told, the mentees are not.</summary>
    private static async Task Forum(Scenario scenario)
    {
        var (firm, unit, pair) = (scenario.Firm, scenario.Unit, scenario.Pairs[0]);
        var mentor = unit.As(pair.MentorEmail);
        var circle = unit.At($"circle?programme={scenario.Slug}");
        await mentor.Post(unit.At("circle/join"), new { programme = scenario.Slug }).Ok();
        var due = (await mentor.Get(circle).Ok())["dueBy"].GetValue<DateTimeOffset>();
        await scenario.PassUntil(due);
        foreach (var email in new[] { pair.MentorEmail, firm["manager"].Email })
            await Expectations.Eventually(() => scenario.Told(email, "forum-due"), $"{email} is told that the forum is due");
        Expectations.That(await scenario.Told(pair.MenteeEmail, "forum-due") is null, "A mentee is called to the mentors' forum.");

        var meeting = new { programme = scenario.Slug, title = "Mentors' forum", startsAt = scenario.Clock.Now.AddDays(7), minutes = 60, place = "The library" };
        await mentor.Post(unit.At("circle/meetings"), meeting).Refused(403, "not-an-alumnus");
        await scenario.Manager.Post(unit.At("circle/meetings"), meeting).Ok(HttpStatusCode.Created);
        await Expectations.Eventually(() => scenario.Told(pair.MentorEmail, "circle-meeting"), "the mentors know when they meet");
        var next = (await mentor.Get(circle).Ok())["nextAt"].GetValue<DateTimeOffset>();
        await scenario.PassUntil(next);
        Expectations.That((await mentor.Get(circle).Ok())["dueBy"].GetValue<DateTimeOffset>() > next.AddDays(80), "The next forum is not a quarter after this one.");
        scenario.Say($"the forum fell due on {due:yyyy-MM-dd} and was held on {next:yyyy-MM-dd}, without mentees");
    }

    /// <summary>A series of virtual sessions and some in person stands before the first one; nobody had to book it.</summary>
    private static async Task FixedInAdvance(Scenario scenario)
    {
        foreach (var pair in scenario.Pairs)
        {
            var channels = (await Partnerships.Sessions(scenario.Unit, pair)).CountBy(session => session.Text("channel")).ToDictionary();
            Expectations.That(
                channels.GetValueOrDefault("video") > channels.GetValueOrDefault("in-person") && channels.ContainsKey("in-person"),
                $"They do not meet virtually often and in person now and then: {string.Join(", ", channels)}");
        }
        var mentor = scenario.Unit.As(scenario.Pairs[0].MentorEmail);
        await mentor.Post(scenario.Unit.At("circle/join"), new { programme = scenario.Slug }).Ok();
        await mentor.Post(scenario.Unit.At("circle/meetings"), new { programme = scenario.Slug, title = "What worked", startsAt = scenario.Clock.Now.AddDays(7), minutes = 60, place = "The library" })
            .Refused(403, "not-an-alumnus");
        scenario.Say("the series is fixed in advance, more of it virtual than in person");
    }

    /// <summary>Whoever has mentored to the planned end accompanies a new mentor and edits the circle's agendas, and reads nobody's pair.</summary>
    private static async Task AlumniNurture(Scenario scenario)
    {
        var (firm, unit, slug) = (scenario.Firm, scenario.Unit, scenario.Slug);
        var (alumnus, other) = (unit.As(scenario.Pairs[0].MentorEmail), scenario.Pairs[1]);
        var circle = unit.At($"circle?programme={slug}");
        await scenario.PassUntil(scenario.Clock.Now.AddDays(180));
        await Expectations.Eventually(async () => (await alumnus.Get(circle).Ok())["alumnus"].GetValue<bool>() ? circle : null, "the mentor has mentored to the planned end");
        await scenario.Enrol("associate-20", "mentor").Ok(HttpStatusCode.Created);
        var beginner = firm.As("associate-20");
        await beginner.Post(unit.At("circle/join"), new { programme = slug }).Ok();
        var asked = await beginner.Post(unit.At("circle/accompaniments"), new { programme = slug }).Ok(HttpStatusCode.Created);
        var takeUp = unit.At($"circle/accompaniments/{asked["id"].GetValue<string>()}/take-up");
        await beginner.Post(takeUp).Refused(403, "not-an-alumnus");
        await alumnus.Post(takeUp).Ok();
        await alumnus.Post(unit.At("circle/meetings"), new { programme = slug, title = "First sessions", startsAt = scenario.Clock.Now.AddDays(7), minutes = 60, place = "The library", agenda = new[] { "How the first session went" } })
            .Ok(HttpStatusCode.Created);
        await alumnus.Get(unit.At($"partnerships/{other.Id}")).Refused(404, "not-found");
        scenario.Say("a mentor who came to the planned end accompanies a new one and sets the circle's agenda, without access to pairs");
    }

    /// <summary>What leaders think happens against what happens: the distance of the two, and nobody's answer.</summary>
    private static async Task ThoughtAgainstHappens(Scenario scenario)
    {
        var questions = await scenario.Results(scenario.Survey);
        var distance = questions.Single(question => question.Text("code") == "measure-perception-gap");
        Expectations.That(distance["mean"] is not null && distance["answered"]!.GetValue<int>() >= 5, $"The perception gap is not shown: {distance}");
        foreach (var (code, side) in new[] { ("predicted-perception-gap", "mentee"), ("reported-perception-gap", "mentor") })
            Expectations.That(questions.Where(question => question.Text("code") == code).All(question => question.Text("side") == side), $"{code} is asked of another side than the {side}s.");
        scenario.Say($"perception gap: predicted and reported lie {distance["mean"]} apart");
    }

    private static async Task TwoMentors(Scenario scenario)
    {
        var leader = scenario.Pairs.GroupBy(pair => pair.MenteeEmail).First(pairs => pairs.Count() == 2).Key;
        Expectations.That(scenario.Pairs.GroupBy(pair => pair.MenteeEmail).All(pairs => pairs.Count() <= 2), "A leader has three mentors.");
        var third = scenario.Pairs.First(pair => pair.MenteeEmail != leader);
        var (mentor, mentee) = (scenario.Firm.KeyOf(third.MentorEmail), scenario.Firm.KeyOf(leader));
        var refused = await scenario.StartRun("first-leaders", (mentor, mentee)).Refused(422, "lock-forbidden");
        Expectations.That(refused["errors"]["locks"]![0]!.GetValue<string>() == "capacity", $"Another rule than capacity: {refused}");
        scenario.Say($"a leader has two mentors, a third is refused: \"{refused["detail"]}\"");
    }

    private static async Task NoStaff(Scenario scenario)
    {
        var refused = await scenario.Enrol("associate-1", "mentor").Refused(422, "not-eligible");
        scenario.Say($"our own people do not take the guests' side: \"{refused["detail"]}\"");
    }

    private static async Task MenteeBooks(Scenario scenario)
    {
        var pair = scenario.Pairs[0];
        await scenario.Unit.As(pair.MentorEmail).Post(scenario.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = scenario.Clock.Now.AddDays(7) }).Refused(422, "mentee-books");
        var charter = await Partnerships.Charter(scenario.Unit, pair, pair.MenteeEmail);
        Expectations.That(charter["places"].AsArray().Select(place => place!.GetValue<string>()).SequenceEqual(["off-site"]), $"They meet elsewhere than off site: {charter}");
        var stranger = await scenario.Manager.Get(scenario.Unit.At($"partnerships/{pair.Id}/charter"));
        Expectations.That(stranger.Status == HttpStatusCode.NotFound, $"The programme manager reads a charter: {stranger}");
        scenario.Say("the mentee books, off site; the mentor may not, and nobody else reads the charter");
    }

    private static async Task BothSides(Scenario scenario)
    {
        await scenario.Enrol("head-5", "mentee").Ok(HttpStatusCode.Created);
        await scenario.Enrol("head-5", "mentor").Ok(HttpStatusCode.Created);
        await Preparing.For(scenario.Unit, scenario.Slug, "mentor", scenario.Firm["head-5"].Email);
        var wave = scenario.Programme["waves"]![0]!.Text("name");
        var refused = await Expectations.Eventually(async () =>
        {
            var answer = await scenario.StartRun(wave, ("head-5", "head-5")).Refused(422, "lock-forbidden");
            return answer["errors"]["locks"]![0]!.GetValue<string>() == "oneself" ? answer : null;
        }, "one person on both sides is known");
        scenario.Say($"one may be on both sides, and not one's own partner: \"{refused["detail"]}\"");
    }

    private static async Task EachWay(Scenario scenario)
    {
        foreach (var pair in scenario.Pairs.Take(3))
        {
            var mentor = await scenario.Unit.As(pair.MentorEmail).All(scenario.Unit.At("pairs/mine"));
            Expectations.That(mentor.Count == 1, $"{pair.MentorEmail} is in {mentor.Count} pairs.");
        }
        var proposed = await scenario.Manager.All($"{scenario.Run}/pairs");
        Expectations.That(proposed.TrueForAll(pair => pair["topics"]!.AsArray().Count > 0 && pair["topicsBack"]!.AsArray().Count > 0), "A pair goes one way only.");
        scenario.Say("the same two people, each mentor in one topic");
    }

    private static async Task StageNotAge(Scenario scenario)
    {
        var refused = await scenario.Enrol("associate-1", "mentor").Refused(422, "not-eligible");
        await scenario.Firm.As("admin").PostText(scenario.Unit.At("people/imports"), "externalId,givenName,familyName,email,age\n", "text/csv").Refused(422, "protected-column");
        scenario.Say($"whoever has not led yet does not mentor here: \"{refused["detail"]}\"");
    }
}
