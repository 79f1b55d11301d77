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
        },
        new("bny-mellon-pershing"),
        new("london-ambulance-service"),
        new("estee-lauder-2015")
        {
            RefusedFile = (_ => "", "programme-invalid"),
            File = firm => $"accountable: {{ emea: {firm["executive-1"].Email} }}",
            OwnRule = Accountable,
        },
        new("microsoft-2014") { Forbidden = ("associate-on-loan", "executive-1", "different-department") },
        new("pwc-uk-2014") { OwnRule = LivedExperience },
        new("procter-gamble-2024")
        {
            RefusedFile = (_ => "", "priority-missing"),
            File = _ => "gap: { strategicPriority: ai-readiness }",
        },
        new("british-airways-2023") { Mentors = firm => firm.Associates.Take(20), OwnRule = TwoMentors },
        new("cisco-executive-exchange") { Mentees = firm => firm.Executives, MenteesFirst = true },
        new("cbiz")
        {
            RefusedFile = (_ => Cbiz, "gap-missing"),
            File = _ => $"{Gap}\n{Cbiz}",
        },
        new("citi-university") { Mentors = GuestKeys, Guests = true, Forbidden = ("guest-12", "executive-3", "topic-overlap"), OwnRule = NoStaff },
        new("mastercard-seven-practices") { MenteesFirst = true, Forbidden = ("associate-on-loan", "executive-3", "different-location") },
        new("ground-rules") { OwnRule = MenteeBooks },
        new("skills-and-interests")
        {
            RefusedFile = (_ => "purpose: Each learns from the other.", "programme-invalid"),
            File = _ => """
                purpose: Each learns from the other what the other does best.
                preparation: { mentor: [listening-and-feedback], mentee: [listening-and-feedback] }
                measures: [{ name: objective, instrument: self-rating, baseline: 2.0, target: 3.5 }]
                expansion: [{ gate: measure, name: objective, atLeast: 3.5 }]
                """,
            BothWays = true,
            Forbidden = ("associate-1", "executive-1", "authority"),
            OwnRule = BothSides,
        },
        new("governance-gates"),
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

    private const string Cbiz = """
        cadence: { video: P30D }
        measures: [{ name: openness, instrument: self-rating, baseline: 2.0, target: 3.5 }]
        expansion: [{ gate: measure, name: openness, atLeast: 3.5 }]
        """;

    private static IEnumerable<string> GuestKeys(Firm firm) => Enumerable.Range(1, 14).Select(number => $"guest-{number}");

    private static Task Accountable(Scenario scenario)
    {
        var accountable = scenario.Programme["accountable"]!.AsObject();
        Expectations.That(accountable["emea"] is not null, $"Nobody is accountable for the region: {accountable}");
        scenario.Say($"accountable for emea: {accountable["emea"]}");
        return Task.CompletedTask;
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
        scenario.Say($"whoever has not led yet does not mentor here: \"{refused["detail"]}\"");
    }
}
