using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Mentoring.Demonstration;

namespace Mentoring.Journeys.Tests.Templates;

/// <summary>
/// The acceptance scenario of one template, through the gateway's API alone: from its file to an expansion that is refused while a gate is red
/// and granted once all are green. Every step says in a line what came of it.
/// </summary>
public sealed class Scenario(Template template, Api api, SharedClock clock)
{
    // Whoever has passed a check tells the next: it is the same in every scenario.
    private static readonly ConcurrentDictionary<string, int[]> s_answers = new();
    private readonly List<string> _said = [];
    private string _wave = "";

    public Firm Firm { get; } = new(api, template.Name);
    public BusinessUnit Unit => Firm.Unit;
    public SharedClock Clock => clock;
    public string Slug { get; private set; } = "";

    /// <summary>Until when the guests were offered: a while longer than the programme has them.</summary>
    public DateTimeOffset GuestsUntil { get; set; }

    /// <summary>The survey that was asked last.</summary>
    public string Survey { get; private set; } = "";
    public JsonNode Programme { get; private set; } = new JsonObject();
    public List<Pair> Pairs { get; } = [];

    /// <summary>Those in whom the mentee has confirmed having no part in the mentor's pay, appraisal or promotion.</summary>
    public ConcurrentBag<(string Mentor, string Mentee)> Confirmed { get; } = [];
    public IReadOnlyList<string> Said => _said;
    public Api.Person Manager => Firm.As("manager");

    /// <summary>The run that was solved last.</summary>
    public string Run { get; private set; } = "";

    private string[] Mentors => field ??= [.. template.Mentors(Firm)];
    private string[] Mentees => field ??= [.. template.Mentees(Firm)];
    private string UnpreparedMentor => Mentors[^2];
    private string UnpreparedMentee => Mentees[2];
    private IEnumerable<string> Waves => Programme["waves"]!.AsArray().Select(wave => wave!.Text("name"));
    private IEnumerable<JsonNode> Gates => Programme["expansion"]!["gates"]!.AsArray().Select(gate => gate!);

    public void Say(string line) => _said.Add(line);

    public async Task Play()
    {
        await Firm.Found();
        await Draft();
        await Know();
        await Unit.As(Firm["admin"].Email).Post(Unit.At($"programmes/{Slug}/open")).Ok();
        await OptIn();
        await Prepare();
        await RefuseLaterWave();
        foreach (var wave in Waves)
        {
            await PairUp(wave);
            if (Pairs.Count > 1)
                break;
            // A wave of one pair goes ahead of the others; what follows needs a cohort.
            await MeetUntil(1);
            Expectations.That(!await IsUnlocked(Waves.SkipWhile(one => one != wave).ElementAt(1)), "One session of two unlocks the next wave.");
            await MeetUntil(2);
            await Unlocked(Waves.SkipWhile(one => one != wave).ElementAt(1));
        }
        var survey = await AskBefore();
        await RefuseExpansion();
        await CancelTwice();
        await MeetUntil(1);
        await Reflect();
        await LetDrift();
        if (template.OwnRule is { } rule)
            await rule(this);
        await AnswerInsights();
        await AskAfter();
        await Record();
        await Deliver();
        await ContinueAfterTheEnd();
        if (template.InTime is { } inTime)
            await inTime(this);
        await Attest();
        await Review(survey);
        await GoOn();
        if (template.Guests)
            await Guests.Expire(this);
        await Firm.As("admin").Post(Unit.At($"programmes/{Slug}/close")).Ok();
    }

    public string File(Func<Firm, string> own) => $"""
        template: {template.Name}
        name: {template.Name}
        sponsor: {Firm["chief"].Email}
        managers: [{Firm["manager"].Email}]
        {own(Firm)}
        """;

    public Task<Answer> Explain(string mentor, string mentee) =>
        Manager.Get($"{Run}/explain?mentor={Firm.IdOf(mentor)}&mentee={Firm.IdOf(mentee)}").Ok();

    public Task<Answer> StartRun(string wave, params (string Mentor, string Mentee)[] locks) => Manager.Post(Unit.At("matching-runs"), new
    {
        programme = Slug,
        wave,
        locks = locks.Select(two => new { mentorId = Firm.IdOf(two.Mentor), menteeId = Firm.IdOf(two.Mentee) }),
    });

    private async Task Draft()
    {
        var admin = Firm.As("admin");
        foreach (var (broken, code) in template.RefusedFiles)
        {
            var refused = await admin.PostText(Unit.At("programmes"), File(_ => broken), "application/yaml").Refused(422, code);
            Say($"refused as a file: {code}: {string.Join(", ", refused["errors"].AsObject().Select(error => error.Key))}");
        }
        var plan = await admin.PostText(Unit.At("programmes/plan"), File(template.File), "application/yaml").Ok();
        Expectations.That(plan["valid"].GetValue<bool>(), $"The plan is not valid: {plan}");
        var created = await admin.PostText(Unit.At("programmes"), File(template.File), "application/yaml").Ok(HttpStatusCode.Created);
        Programme = created.Body!;
        Slug = created["slug"].GetValue<string>();
        Say($"dry run: {plan["forecast"]["eligibleMentors"]} may mentor, {plan["forecast"]["eligibleMentees"]} may be mentored, {plan["warnings"].AsArray().Count} warnings");
    }

    /// <summary>Mentors offer and mentees need what the programme is about; where it is an area, three topics of the catalogue.</summary>
    private async Task Know()
    {
        var gap = Programme["gap"]!;
        string[] up = [.. (gap["up"] ?? gap["topics"])!.AsArray().Select(topic => topic!.GetValue<string>())];
        string[] down = [.. (gap["down"]?.AsArray() ?? []).Select(topic => topic!.GetValue<string>())];
        if (up.Length == 0)
            (up, down) = (["generative-ai-at-work", "speaking-up"], ["deciding-under-uncertainty"]);
        if (template.Guests)
            await Guests.Arrive(this, Mentors, up, other: template.Forbidden.Mentor);
        var csv = new StringBuilder("externalId,kind,topic,level\n");
        foreach (var mentor in template.Guests ? [] : Mentors)
        {
            Tell(mentor, "offer", up);
            if (template.BothWays && mentor != template.Forbidden.Mentor)
                Tell(mentor, "need", down);
        }
        foreach (var mentee in Mentees.Except(Mentors))
        {
            Tell(mentee, "need", up);
            if (template.BothWays)
                Tell(mentee, "offer", down);
        }
        await Imports.Take(Firm.As("admin"), Unit.At("knowledge/imports"), csv.ToString());

        void Tell(string key, string kind, string[] topics)
        {
            foreach (var topic in topics)
                csv.Append(CultureInfo.InvariantCulture, $"{key},{kind},{topic},{(kind == "offer" ? 4 : 2)}\n");
        }
    }

    private async Task OptIn()
    {
        await Firm.As(Mentees[0]).Post(Unit.At("enrolments"), new { programme = Slug, side = "mentee", consent = false }).Refused(422, "consent-missing");
        if (template.MenteesFirst)
        {
            var early = await Enrol(Mentors[0], "mentor").Refused(422, "others-first");
            Say($"others-first: \"{early["detail"]}\"");
        }
        await Each(Mentees, key => Enrol(key, "mentee").Ok(HttpStatusCode.Created));
        if (template.Guests)
            await Firm.As(Mentors[0]).Post(Unit.At("enrolments"), new { programme = Slug, side = "mentor", consent = true }).Refused(422, "terms-not-accepted");
        await Each(Mentors, key => Enrol(key, "mentor").Ok(HttpStatusCode.Created));
        Say($"{Mentors.Length} mentors and {Mentees.Length} mentees opted in, each for themselves");
    }

    public Task<Answer> Enrol(string key, string side) => Firm.As(key).Post(
        Unit.At("enrolments"), new { programme = Slug, side, consent = true, consentsToSameChain = !template.NoSameChain.Contains(key), acceptsTerms = template.Guests && side == "mentor" });

    private async Task Prepare()
    {
        await Each(Mentors.Where(key => key != UnpreparedMentor), key => Preparing.For(Unit, Slug, "mentor", Firm[key].Email, s_answers));
        await Each(Mentees.Where(key => key != UnpreparedMentee), key => Preparing.For(Unit, Slug, "mentee", Firm[key].Email, s_answers));
    }

    private async Task RefuseLaterWave()
    {
        foreach (var wave in Waves.Skip(1))
        {
            var refused = await Expectations.Eventually(async () =>
            {
                var answer = await StartRun(wave);
                return answer.Status == HttpStatusCode.NotFound || answer.Code == "role-missing" ? null : answer;
            }, "Matching knows the programme");
            Expectations.That(refused.Code == "wave-locked", $"The locked wave was not refused: {refused}");
            Say($"wave-locked: \"{refused["detail"]}\"");
        }
    }

    /// <summary>A run with reasons, approved; one of those asked first says no in private, and who lost a partner by it gets another.</summary>
    private async Task PairUp(string wave)
    {
        _wave = wave;
        var proposed = await Match(wave, pairs => pairs.Count > 0, everybody: Pairs.Count == 0);
        var words = await Explain(proposed[0].Mentor, proposed[0].Mentee);
        Expectations.That(words["kind"].GetValue<string>() == "pair", $"A proposed pair is explained otherwise: {words}");
        Expectations.That(proposed.All(pair => pair.Mentor != UnpreparedMentor), "An unprepared mentor is matched.");
        if (Pairs.Count == 0)
            await RefuseForbidden(wave);
        await Manager.Post($"{Run}/approve").Ok();

        var declined = proposed.Skip(Math.Min(3, proposed.Count - 1)).First(pair => AnotherIsLeft(pair, proposed));
        var decliner = template.FirstAsked == "mentor" ? declined.Mentor : declined.Mentee;
        Expectations.That((await Firm.As(template.FirstAsked == "mentor" ? declined.Mentee : declined.Mentor).All(Unit.At("proposals/mine"))).Count == 0, "Who is senior sees the proposal before the junior has said yes.");
        var asked = await Asked(decliner, declined);
        await Firm.As(decliner).Post(Unit.At($"proposals/{asked.Text("id")}/decline"), new { }).Ok();
        await Each(proposed.Where(pair => pair != declined), Accept);
        await clock.Weeks(1);
        var again = await Match(wave, pairs => pairs.Any(pair => pair.Mentee == declined.Mentee || pair.Mentor == declined.Mentor));
        Expectations.That(!again.Contains(declined), "The two are proposed to one another again after a no.");
        await Manager.Post($"{Run}/approve").Ok();
        await Each(again, Accept);
        var expected = proposed.Count - 1 + again.Count;
        await Expectations.Eventually(async () =>
        {
            var formed = await Manager.All(Unit.At($"pairs?programme={Slug}"));
            return formed.Count < Pairs.Count + expected ? null : formed;
        }, $"{expected} pairs of wave {wave}");
        var before = Pairs.Select(pair => pair.Id).ToHashSet();
        Pairs.Clear();
        Pairs.AddRange((await Manager.All(Unit.At($"pairs?programme={Slug}"))).Select(pair => new Pair(
            pair["id"]!.GetValue<Guid>(), Firm.EmailOf(pair["mentor"]!["id"]!.GetValue<Guid>()), Firm.EmailOf(pair["mentee"]!["id"]!.GetValue<Guid>()))));
        Say($"wave {wave}: {proposed.Count} pairs, one declined in private, {again.Count} matched again; {proposed[0].Mentor} → {proposed[0].Mentee}: \"{words["words"]}\"");
        await Each(Pairs.Where(pair => !before.Contains(pair.Id)), SignAndBook);
    }

    /// <summary>Whether somebody without a partner may take the place of one of the two: neither stands above the other.</summary>
    private bool AnotherIsLeft((string Mentor, string Mentee) pair, List<(string Mentor, string Mentee)> proposed)
    {
        return Mentors.Except(proposed.Select(one => one.Mentor)).Any(mentor => mentor != UnpreparedMentor && Apart(mentor, pair.Mentee))
            || Mentees.Except(proposed.Select(one => one.Mentee)).Any(mentee => Apart(pair.Mentor, mentee));

        bool Apart(string mentor, string mentee) => !Firm.IsBelow(mentor, mentee) && !Firm.IsBelow(mentee, mentor);
    }

    private async Task<List<(string Mentor, string Mentee)>> Match(string wave, Predicate<List<(string Mentor, string Mentee)>> enough, bool everybody = false)
    {
        Answer? last = null;
        return await Expectations.Eventually(async () =>
        {
            var started = last = await StartRun(wave);
            // The programme, its manager and those who are prepared become known to Matching by and by.
            if (started.Status == HttpStatusCode.NotFound || started.Code is "role-missing" or "wave-locked")
                return null;
            Run = started.Ok(HttpStatusCode.Accepted).Location!.ToString();
            var solved = last = await Runs.Solved(Manager, Run);
            if (everybody && solved["result"]["mentors"]!.GetValue<int>() < Mentors.Length - 1)
                return null;
            var pairs = (await Manager.All($"{Run}/pairs")).ConvertAll(pair => (KeyOf(pair["mentor"]!), KeyOf(pair["mentee"]!)));
            return enough(pairs) ? pairs : null;
        }, () => $"a run of wave {wave} that is solved with the pairs expected; the last answer was {last}", seconds: 120);
    }

    private string KeyOf(JsonNode person) => Firm.KeyOf(Firm.EmailOf(person["id"]!.GetValue<Guid>()));

    private async Task RefuseForbidden(string wave)
    {
        var (mentor, mentee, rule) = template.Forbidden;
        var refused = await StartRun(wave, (mentor, mentee)).Refused(422, "lock-forbidden");
        Expectations.That(refused["errors"]["locks"]![0]!.GetValue<string>() == rule, $"Another rule than {rule} keeps {mentor} and {mentee} apart: {refused}");
        var explained = await Explain(mentor, mentee);
        Expectations.That(explained["kind"].GetValue<string>() == "forbidden" && explained["rule"].GetValue<string>() == rule, $"{mentor} and {mentee}: {explained}");
        Say($"forbidden by {rule}: \"{explained["words"]}\"");
    }

    private Task<JsonNode> Asked(string key, (string Mentor, string Mentee) pair) => Expectations.Eventually(async () =>
        (await Firm.As(key).All(Unit.At("proposals/mine"))).FirstOrDefault(proposal =>
            proposal.Text("state") == "open" && proposal["other"]!.Text("name").StartsWith((key == pair.Mentor ? pair.Mentee : pair.Mentor) + " ", StringComparison.Ordinal)),
        $"{key} is asked about {pair.Mentor} and {pair.Mentee}");

    private async Task Accept((string Mentor, string Mentee) pair)
    {
        var (first, second) = template.FirstAsked == "mentor" ? pair : (pair.Mentee, pair.Mentor);
        foreach (var key in new[] { first, second })
        {
            var proposal = await Asked(key, pair);
            var path = Unit.At($"proposals/{proposal.Text("id")}/accept");
            if (proposal["confirmationNeeded"]!.GetValue<bool>())
            {
                await Firm.As(key).Post(path, new { }).Refused(422, "authority-confirmation-missing");
                await Firm.As(key).Post(path, new { confirmsNoAuthority = true }).Ok();
                Confirmed.Add(pair);
            }
            else
            {
                await Firm.As(key).Post(path, new { }).Ok();
            }
        }
    }

    private async Task SignAndBook(Pair pair)
    {
        var mentee = Unit.As(pair.MenteeEmail);
        var charter = await Partnerships.Charter(Unit, pair, pair.MentorEmail);
        var refused = await mentee.Post(Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = clock.Now.AddDays(7) });
        Expectations.That(refused.Code == "charter-unsigned", $"A session is booked without a charter: {refused}");
        if (charter["needsGap"].GetValue<bool>())
        {
            await Unit.As(pair.MentorEmail).Post(Unit.At($"partnerships/{pair.Id}/charter/sign"), new { version = charter["version"].GetValue<int>() }).Refused(422, "gap-missing");
            await mentee.Put(Unit.At($"partnerships/{pair.Id}/charter"), new
            {
                clauses = charter["clauses"],
                gap = "One decides about tools that the other uses every day.",
                measure = "Both rate from 1 to 5 how well the mentee knows them, before and after.",
                goals = charter["goals"],
                cadence = charter["cadence"],
                places = charter["places"],
                confidentiality = charter["confidentiality"],
            }, ifMatch: charter["etag"].GetValue<string>()).Ok();
        }
        await Partnerships.Sign(Unit, pair);
        if (Pairs.Find(one => Firm.KeyOf(one.MenteeEmail) == UnpreparedMentee) == pair)
        {
            var early = await mentee.Post(Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = clock.Now.AddDays(7) }).Refused(422, "preparation-missing");
            Say($"preparation-missing: \"{early["detail"]}\"");
            await Preparing.For(Unit, Slug, "mentee", pair.MenteeEmail);
        }
        if (Programme.Text("booking") == "platform")
        {
            await Expectations.Eventually(
                async () => (await mentee.Get(Unit.At($"partnerships/{pair.Id}/series")).Ok())["state"].GetValue<string>() == "booked" ? pair : null, "a series that nobody has to book");
        }
        var slots = await Partnerships.Book(Unit, pair);
        Expectations.That(slots.Count > 1, $"A series of {slots.Count}.");
        var starts = slots.Select(slot => slot!["startsAt"]!.GetValue<DateTimeOffset>()).Order().ToList();
        var (apart, days) = ((starts[^1] - starts[0]).TotalDays / (starts.Count - 1), Rhythm);
        Expectations.That(apart > days * 0.75 && apart < days * 1.25, $"They meet every {apart:0.#} days, not every {days}.");
    }

    // The quickest of the cadence's channels; a session in person stands in for one of them.
    private double Rhythm => Programme["cadence"]!.AsObject().Min(channel => channel.Value!.GetValue<string>() switch
    {
        "P7D" => 7,
        "P14D" => 14,
        "P30D" or "P1M" => 30,
        "P90D" => 90,
        var other => throw new JourneyException($"A cadence of {other} is none of the templates'."),
    });

    /// <summary>Lets weeks pass until every pair has met so often.</summary>
    private async Task MeetUntil(int times)
    {
        for (var week = 0; week < 16; week++)
        {
            await Partnerships.MeetWhatIsDue(Unit, Pairs);
            var held = await Each(Pairs, async pair => (await Partnerships.Sessions(Unit, pair)).Count(session => session.Text("state") == "held"));
            if (held.Min() >= times)
                return;
            await clock.Weeks(1);
        }
        throw new JourneyException($"Not every pair has met {times} times in sixteen weeks.");
    }

    private async Task<JsonNode> Wave(string name) =>
        (await Manager.Get(Unit.At($"programmes/{Slug}")).Ok())["waves"].AsArray().Single(wave => wave!.Text("name") == name)!;

    private async Task<bool> IsUnlocked(string name) => (await Wave(name))["unlocked"]!.GetValue<bool>();

    private Task<JsonNode> Unlocked(string name) => Expectations.Eventually(async () =>
    {
        var wave = await Wave(name);
        if (!wave["unlocked"]!.GetValue<bool>())
            return null;
        Say($"wave {name} is unlocked: \"{wave.Text("unlockedWhy")}\"");
        return wave;
    }, $"wave {name} is unlocked");

    private async Task<string> AskBefore()
    {
        var survey = await OpenSurvey("baseline");
        string[] people = [.. Mentors.Union(Mentees)];
        await Each(people.Take(3), key => Surveys.Answer(Unit, survey, Firm[key].Email, question => Rated(question, high: false)));
        Expectations.That((await Results(survey)).All(question => question["mean"] is null && question["answered"] is null), "A number is shown of three people.");
        await Each(people.Skip(3), key => Surveys.Answer(Unit, survey, Firm[key].Email, question => Rated(question, high: false)));
        var shown = (await Results(survey)).FindAll(question => question["mean"] is not null);
        Expectations.That(shown.Count > 0 && shown.All(question => question["answered"]!.GetValue<int>() >= 5), "No number is shown, or one of fewer than five.");
        Say($"survey: of 3 answers no number, of {people.Length} answers {shown.Count} numbers");
        return survey;
    }

    private Task<string> OpenSurvey(string kind) => Expectations.Eventually(async () =>
    {
        var answer = await Manager.Post(Unit.At("surveys"), new { programme = Slug, kind, closesAt = clock.Now.AddDays(90) });
        return answer.Status == HttpStatusCode.NotFound ? null : answer.Ok()["id"].GetValue<string>();
    }, "Feedback knows the programme");

    public async Task<List<JsonNode>> Results(string survey) =>
        [.. (await Manager.Get(Unit.At($"surveys/{survey}/results")).Ok())["questions"].AsArray().Select(question => question!)];

    // Three of the seven items on safety are put the other way round, as their author published them.
    private static int Rated(JsonNode question, bool high)
    {
        var reversed = question.Text("code") is "psychological-safety-1" or "psychological-safety-3" or "psychological-safety-5";
        var (least, most) = (question["least"]!.GetValue<int>(), question["most"]!.GetValue<int>());
        return high != reversed ? most : least + 1;
    }

    private async Task RefuseExpansion()
    {
        await Manager.Post(Unit.At($"programmes/{Slug}/expand"), new { }).Refused(422, "review-missing");
        var review = await WriteReview();
        var refused = await Expand(review);
        Expectations.That(refused.Code == "gate-red", $"Expansion is not refused: {refused}");
        Say($"gate-red: {string.Join(", ", refused["errors"].AsObject().Select(gate => gate.Key))}");
    }

    private async Task<Answer> WriteReview() => await Manager.Post(Unit.At("reviews"), new { programme = Slug }).Ok();

    private Task<Answer> Expand(Answer review) => Expectations.Eventually(async () =>
    {
        var answer = await Manager.Post(Unit.At($"programmes/{Slug}/expand"), new { reviewId = review["id"].GetValue<string>() });
        return answer.Code == "review-missing" ? null : answer;
    }, "Participants knows the review");

    private async Task CancelTwice()
    {
        var pair = Pairs[1];
        var leader = Unit.As(pair.MenteeEmail);
        var booked = (await Partnerships.Sessions(Unit, pair)).Where(session => session.Text("state") == "booked")
            .OrderBy(session => session["startsAt"]!.GetValue<DateTimeOffset>()).Take(2).ToList();
        await leader.Post(Unit.At($"sessions/{booked[0].Text("id")}/cancel"), new { reason = "workload" }).Ok();
        Expectations.That(await Alarm(pair.MenteeEmail) is null, "The alarm was raised after one cancellation.");
        await leader.Post(Unit.At($"sessions/{booked[1].Text("id")}/cancel"), new { reason = "clash" }).Ok();
        var word = await Expectations.Eventually(() => Alarm(pair.MenteeEmail), "a private word to the mentee");
        Expectations.That(await Alarm(Firm["manager"].Email) is null, "The programme manager was told at once.");
        await clock.Weeks(1);
        var told = await Expectations.Eventually(() => Alarm(Firm["manager"].Email), "the programme manager is told");
        Expectations.That(await ToldSponsor() is null && await Alarm(Firm["chief"].Email) is null, "The sponsor was told with the manager.");
        Expectations.That(await Alarm(pair.MentorEmail) is null, "The mentor is told of an alarm.");
        if (Firm[Firm.KeyOf(pair.MentorEmail)].Manager is { } above)
            Expectations.That(await Alarm(above.Email) is null, "The mentor's manager is told.");
        var slots = await leader.Get(Unit.At($"partnerships/{pair.Id}/slots")).Ok();
        await leader.Post(Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = slots.Items[0]!["startsAt"]!.GetValue<DateTimeOffset>() }).Ok();
        Say($"cancelled twice: first \"{word.Text("subject")}\" to the mentee alone, then \"{told.Text("subject")}\" to the programme manager; a new time is booked");
    }

    private async Task<JsonNode?> Alarm(string email) => (await api.Mails(email)).FirstOrDefault(mail =>
        mail!["headers"]!["x-mentoring-kind"]?.GetValue<string>().StartsWith("alarm-", StringComparison.Ordinal) == true);

    private Task<JsonNode?> ToldSponsor() => Told(Firm["chief"].Email, "alarm-sponsor");

    /// <summary>What somebody's inbox holds of a kind; null while there is nothing.</summary>
    public async Task<JsonNode?> Told(string email, string kind) =>
        (await Unit.As(email).All(Unit.At("inbox"))).FirstOrDefault(letter => letter.Text("kind") == kind);

    /// <summary>Of another pair nobody books a new time: after the manager the sponsor is told, a count and no name.</summary>
    private async Task LetDrift()
    {
        var pair = Pairs.Last(pair => pair.MenteeEmail != Firm["chief"].Email && pair != Pairs[1]);
        var leader = Unit.As(pair.MenteeEmail);
        foreach (var session in (await Partnerships.Sessions(Unit, pair)).Where(session => session.Text("state") == "booked")
            .OrderBy(session => session["startsAt"]!.GetValue<DateTimeOffset>()).Take(2))
            await leader.Post(Unit.At($"sessions/{session.Text("id")}/cancel"), new { reason = "workload" }).Ok();
        await Expectations.Eventually(() => Alarm(pair.MenteeEmail), "a private word to the second mentee");
        await PassUntil(clock.Now.AddDays(21));
        var told = await Expectations.Eventually(ToldSponsor, "the sponsor is told after three weeks without a new time");
        foreach (var email in new[] { pair.MentorEmail, pair.MenteeEmail })
            Expectations.That(!told.ToJsonString().Contains($"{Firm.KeyOf(email)} ", StringComparison.Ordinal), $"The sponsor reads a name: {told}");
        Expectations.That(await Alarm(pair.MentorEmail) is null, "The mentor is told of an alarm.");
        var slots = await leader.Get(Unit.At($"partnerships/{pair.Id}/slots")).Ok();
        await leader.Post(Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = slots.Items[0]!["startsAt"]!.GetValue<DateTimeOffset>() }).Ok();
        Say($"left without a new time: \"{told.Text("title")}\" to the sponsor, who reads no name");
    }

    /// <summary>Weeks go by until then, and whoever is to meet meets.</summary>
    public async Task PassUntil(DateTimeOffset then)
    {
        while (clock.Now < then)
        {
            await clock.Weeks(1);
            await Partnerships.MeetWhatIsDue(Unit, Pairs);
        }
    }

    private async Task Reflect()
    {
        Expectations.That(await ToldSponsor() is null && await Alarm(Firm["chief"].Email) is null, "The sponsor was told although a new time was booked.");
        var pair = Pairs[0];
        var session = (await Partnerships.Sessions(Unit, pair)).First(session => session.Text("state") == "held");
        await Expectations.Eventually(async () =>
        {
            var answer = await Unit.As(pair.MentorEmail).Post(Unit.At("reflections"), new { sessionId = session.Text("id"), text = "I was listened to.", pulse = new { useful = 5, safe = 5, trust = 4 } });
            return answer.Status == HttpStatusCode.NotFound ? null : answer.Ok();
        }, "a reflection");
        foreach (var reader in new[] { Unit.As(pair.MenteeEmail), Manager, Firm.As("chief"), Firm.As("admin") })
            Expectations.That((await reader.All(Unit.At("reflections/mine"))).Count == 0, $"{reader.Email} reads somebody else's reflection.");
    }

    /// <summary>As many answered insights as the gates want, with the effects they want; one at least.</summary>
    private async Task AnswerInsights()
    {
        var wanted = Gates.Where(gate => gate.Text("name") == "effect-count")
            .SelectMany(gate => Enumerable.Repeat(gate["measure"]?.GetValue<string>() ?? "process", (int)(gate["atLeast"]?.GetValue<decimal>() ?? 1)))
            .DefaultIfEmpty("process").ToList();
        var due = DateOnly.FromDateTime(clock.Now.UtcDateTime).AddDays(5);
        var (raiser, owner) = (Pairs[^1], Firm.IdOf("chief"));
        foreach (var (number, effect) in wanted.Index())
        {
            var raised = await Unit.As(raiser.MentorEmail).Post(Unit.At("insights"), new { programme = Slug, title = $"What we see every day ({number + 1})", text = "It takes three weeks and nobody knows why." }).Ok();
            var path = Unit.At($"insights/{raised["id"].GetValue<string>()}");
            await Manager.Post($"{path}/assign", new { ownerId = Firm.Ids[raiser.MenteeEmail], dueOn = due }).Refused(422, template.FirstAsked == "mentor" ? "owner-is-own-mentee" : "owner-without-authority");
            await Manager.Post($"{path}/assign", new { ownerId = owner, dueOn = due }).Ok();
            await Firm.As("chief").Post($"{path}/answer", new { answer = "done", text = "It takes three days now.", effect, evidence = "The new form." }).Ok();
        }
        var board = await Unit.As(Pairs[0].MentorEmail).Get(Unit.At($"board?programme={Slug}")).Ok();
        Expectations.That(board.Items.Count >= wanted.Count, $"The board shows {board.Items.Count} of {wanted.Count} answers.");
        await clock.Weeks(1);
        await Partnerships.MeetWhatIsDue(Unit, Pairs);
        Say($"{wanted.Count} insights answered on the board ({string.Join(", ", wanted)})");
    }

    private async Task AskAfter()
    {
        var survey = Survey = await OpenSurvey("middle");
        await Each(Mentors.Union(Mentees), key => Surveys.Answer(Unit, survey, Firm[key].Email, question => Rated(question, high: true)));
    }

    private async Task Attest()
    {
        foreach (var gate in Gates.Where(gate => gate.Text("name") == "attested"))
            await Firm.As("chief").Post(Unit.At("reviews/attestations"), new { programme = Slug, words = "I have seen to it myself.", what = gate["measure"]?.GetValue<string>() }).Ok();
    }

    /// <summary>Figures that no survey asks, from where they are kept; too small a group is refused.</summary>
    private async Task Record()
    {
        foreach (var measure in Programme["measures"]!.AsArray().Select(measure => measure!))
        {
            var (name, instrument) = (measure.Text("name"), measure.Text("instrument"));
            if (instrument is not ("count" or "rate" or "business-figure" or "retention"))
                continue;
            var figure = new JsonObject
            {
                ["programme"] = Slug,
                ["measure"] = name,
                ["value"] = measure["target"]!.DeepClone(),
                ["asOf"] = $"{clock.Now:yyyy-MM-dd}",
                ["source"] = "The yearly report.",
            };
            if (instrument == "retention")
            {
                figure["comparison"] = new JsonObject { ["value"] = measure["baseline"]!.DeepClone(), ["people"] = 40 };
                figure["people"] = 3;
                var refused = await Manager.Post(Unit.At("figures"), figure);
                Expectations.That((int)refused.Status == 422, $"A figure of three people is taken: {refused}");
                figure["people"] = 12;
            }
            await Manager.Post(Unit.At("figures"), figure).Ok(HttpStatusCode.Created);
            Say($"recorded: {name} is {measure["target"]}");
        }
    }

    /// <summary>Where each pair has a project: one names it, one says it is delivered, and only the other's word makes it so.</summary>
    private async Task Deliver()
    {
        if (Programme["project"] is null)
            return;
        await Each(Pairs, async pair =>
        {
            var (mentor, mentee) = (Unit.As(pair.MentorEmail), Unit.As(pair.MenteeEmail));
            var project = await mentee.Post(Unit.At("projects"), new { pairId = pair.Id, title = "Paying without a card" }).Ok(HttpStatusCode.Created);
            var path = Unit.At($"projects/{project["id"].GetValue<string>()}");
            var said = await mentor.Post($"{path}/deliver", new { result = "The card is asked for last now." }).Ok();
            Expectations.That((int)(await mentor.Post($"{path}/confirm", ifMatch: said.ETag)).Status is 409 or 422, "One's own word is confirmed by oneself.");
            await mentee.Post($"{path}/confirm", ifMatch: said.ETag).Ok();
        });
        Say($"{Pairs.Count} projects delivered, each by the word of both");
    }

    /// <summary>Where going on is what counts: both are asked before the planned end, and only two who say yes go on.</summary>
    private async Task ContinueAfterTheEnd()
    {
        if (Gates.All(gate => gate.Text("name") != "pair-continuation"))
            return;
        var (first, no) = (Pairs[0], Pairs[^1]);
        // Whoever was matched again is asked a week after the others, who may not wait so long with their answer.
        var waiting = new List<Pair>(Pairs);
        for (var week = 0; week < 40 && waiting.Count > 0; week++)
        {
            await clock.Weeks(1);
            await Partnerships.MeetWhatIsDue(Unit, Pairs);
            var answers = await Each(waiting, pair => Continue(pair.MentorEmail, pair, "yes"));
            Pair[] asked = [.. waiting.Where((_, index) => answers[index].Code != "continuation-not-asked" && answers[index].Ok() is not null)];
            await Each(asked, pair => Continue(pair.MenteeEmail, pair, pair == no ? "no" : "yes").Ok());
            waiting.RemoveAll(asked.Contains);
        }
        await clock.Weeks(3);
        await Expectations.Eventually(async () => await IsOver(no) ? no : null, "the pair of which one said no has ended");
        Expectations.That(!await IsOver(first), "A pair of which both said yes has ended.");
        Say($"{Pairs.Count - 1} of {Pairs.Count} pairs go on; of the other nobody learns who said no");

        Task<Answer> Continue(string email, Pair pair, string answer) => Unit.As(email).Post(Unit.At($"partnerships/{pair.Id}/continuation"), new { answer });

        async Task<bool> IsOver(Pair pair) => (await Unit.As(pair.MentorEmail).Get(Unit.At($"partnerships/{pair.Id}")).Ok())["state"].GetValue<string>() == "ended";
    }

    private async Task Review(string survey)
    {
        var review = await WriteReview();
        var gates = review["gates"].AsArray().Select(gate => gate!).ToList();
        Expectations.That(gates.Count == Gates.Count(), "The review reads other gates than the programme has.");
        Expectations.That((await Results(survey)).All(question => question["answered"] is null || question["answered"]!.GetValue<int>() >= 5), "A number of fewer than five people is shown.");
        Say(string.Join('\n', gates.Select(gate => $"{(gate["green"]!.GetValue<bool>() ? "green" : "red")} {gate.Text("gate")}: {gate.Text("words")}")));
        var expanded = (await Expand(review)).Ok();
        Expectations.That(expanded["expansion"]["done"]!.AsArray().Count == 1, $"The expansion is not there: {expanded}");
        Say("expanded, every gate green");
    }

    /// <summary>What waited is open now, and its people find partners.</summary>
    private async Task GoOn()
    {
        foreach (var wave in Waves.SkipWhile(one => one != _wave).Skip(1).Take(1))
        {
            for (var week = 0; week < 16 && !await IsUnlocked(wave); week++)
            {
                await clock.Weeks(1);
                await Partnerships.MeetWhatIsDue(Unit, Pairs);
            }
            await Unlocked(wave);
            var pairs = await Match(wave, pairs => pairs.Count > 0);
            Say($"wave {wave}: {pairs.Count} pairs proposed");
        }
    }

    /// <summary>For each, a few at a time: eighteen scenarios share the machine.</summary>
    private static async Task Each<T>(IEnumerable<T> of, Func<T, Task> what) =>
        await Parallel.ForEachAsync(of, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (one, _) => await what(one));

    private static async Task<TResult[]> Each<T, TResult>(IReadOnlyList<T> of, Func<T, Task<TResult>> what)
    {
        var results = new TResult[of.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, of.Count), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (index, _) => results[index] = await what(of[index]));
        return results;
    }
}
