using System.Text.RegularExpressions;

namespace Mentoring.Demonstration;

/// <summary>Measured, reviewed, and not expanded yet; and what all of it looks like from outside.</summary>
internal sealed partial class Reviewing(Story story)
{
    private string _review = "";

    public IEnumerable<Step> Steps =>
    [
        new("The programme manager writes a review: every gate, green or red", Review),
        new("Expansion is refused while a gate is red", RefuseExpansion),
        new("One safeguarding contact cannot open what a pair wrote; two together can, and both of the pair are told", BreakGlass),
        new("Somebody of the other unit asks for all of it and gets exactly what a missing thing gets", AskFromOutside),
        new("Those one can sign in as", WritePeople),
    ];

    private async Task<string> Review()
    {
        var review = await story.Manager.Post(story.At("reviews"), new { programme = story.Programme }).Ok();
        _review = review["id"].GetValue<string>();
        return string.Join('\n', review["gates"].AsArray().Select(gate => $"{(gate!["green"]!.GetValue<bool>() ? "green" : "red  ")}  {gate.Text("gate")}: {gate.Text("words")}"));
    }

    private async Task<string> RefuseExpansion()
    {
        var refused = await Expectations.Eventually(async () =>
        {
            var answer = await story.Manager.Post(story.At($"programmes/{story.Programme}/expand"), new { reviewId = _review });
            return answer.Code == "review-missing" ? null : answer;
        }, "Participants knows the review");
        Expectations.That(refused.Code == "gate-red", $"Expansion was not refused: {refused}");
        return $"gate-red: \"{refused["detail"]}\" ({string.Join(", ", refused["errors"].AsObject().Select(gate => gate.Key))})";
    }

    private async Task<string> BreakGlass()
    {
        var (one, another) = (story.Api.As(story.Cast.SafeguardingContacts[0].Email), story.Api.As(story.Cast.SafeguardingContacts[1].Email));
        var found = await one.Get(story.At($"partnerships/glass/pairs?person={story.Ids[story.First!.MentorEmail]}")).Ok();
        var pair = found.Items.Single(pair => pair!["partnershipId"]!.GetValue<Guid>() == story.First.Id)!;
        var asked = await one.Post(story.At($"partnerships/{pair.Text("partnershipId")}/glass"), new { cause = "safety", reason = "A colleague is worried about one of them." }).Ok();
        var glass = story.At($"partnerships/glass/{asked["id"].GetValue<string>()}");
        await one.Post($"{glass}/open").Refused(422, "glass-needs-another");
        await one.Get($"{glass}/notes").Refused(403, "glass-not-open");
        await another.Post($"{glass}/open").Ok();
        var notes = (await one.Get($"{glass}/notes").Ok()).Items;
        Expectations.That(notes.ToJsonString().Contains("order something ourselves", StringComparison.Ordinal), $"The shared note is not there: {notes.ToJsonString()}");
        Expectations.That(!notes.ToJsonString().Contains("too fast", StringComparison.Ordinal), "A private note was opened.");
        foreach (var email in new[] { story.First.MentorEmail, story.First.MenteeEmail })
        {
            await Expectations.Eventually(
                async () => (await story.Api.Mails(email)).FirstOrDefault(mail => mail!["headers"]!["x-mentoring-kind"]?.GetValue<string>() == "pair-notes-opened"),
                $"{email} is told");
        }
        return "agenda and shared note, for three days; the private note stays closed; a mail to each of the two";
    }

    private async Task<string> AskFromOutside()
    {
        var stranger = story.Api.As(Story.OtherAdmin);
        string[] wanted =
        [
            "people", $"people/{story.Ids[story.First!.MentorEmail]}", "topics", "gap-map", "gap-map/generative-ai-at-work", "members", "audit", "enrolments?programme=" + story.Programme, "programmes", $"programmes/{story.Programme}",
            "matching-runs?programme=" + story.Programme, "pairs?programme=" + story.Programme, $"partnerships/{story.First!.Id}", $"partnerships/{story.First!.Id}/charter",
            "sessions/mine", "momentum?programme=" + story.Programme, "reflections/mine", "surveys?programme=" + story.Programme, "insights?programme=" + story.Programme, "board?programme=" + story.Programme,
            $"reviews/{_review}", "concerns", "inbox", "deliveries",
        ];
        foreach (var path in wanted)
        {
            var foreign = await stranger.Get(story.At(path));
            var missing = await stranger.Get($"/api/v1/units/no-such-unit/{path}");
            Expectations.That((int)foreign.Status == 404 && WithoutTrace(foreign.Text) == WithoutTrace(missing.Text),
                $"{path} tells a foreign unit from a missing one: {foreign} / {missing}");
        }
        return $"{wanted.Length} addresses, {wanted.Length} times: 404 {(await stranger.Get(story.At("people"))).Code}";
    }

    private static string WithoutTrace(string problem) => TraceId().Replace(problem, "");

    private async Task<string> WritePeople()
    {
        (string Email, string Name, string Role)[] people =
        [
            (story.Cast.ProgrammeManager.Email, story.Cast.ProgrammeManager.Name, "programme manager"),
            (story.Cast.ChiefExecutive.Email, story.Cast.ChiefExecutive.Name, "sponsor, and the first mentee"),
            (story.Cast.ChiefsAssistant.Email, story.Cast.ChiefsAssistant.Name, "books for the chief executive"),
            (story.First!.MentorEmail, story.ByEmail(story.First!.MentorEmail).Name, "the chief executive's mentor"),
            (story.Cast.CancellingMentee.Email, story.Cast.CancellingMentee.Name, "the leader who cancelled twice"),
            (story.Pairs[0].MentorEmail, story.ByEmail(story.Pairs[0].MentorEmail).Name, "that leader's mentor"),
            (story.Cast.UnitAdmin.Email, story.Cast.UnitAdmin.Name, "unit administrator"),
            (story.Cast.SafeguardingContacts[0].Email, story.Cast.SafeguardingContacts[0].Name, "safeguarding contact"),
            (Story.OtherAdmin, "Sol Winter", "administrator of the other unit"),
            (story.Platform.Operator, "Operator", "operator of the platform"),
        ];
        await File.WriteAllTextAsync(story.Platform.People, System.Text.Json.JsonSerializer.Serialize(
            people.Select(person => new { email = person.Email, name = person.Name, role = person.Role })));
        return $"{people.Length} people, shown at the sign-in page";
    }

    [GeneratedRegex("\"traceId\":\\s*\"[^\"]*\"")]
    private static partial Regex TraceId();
}
