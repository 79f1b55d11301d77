using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

/// <summary>Somebody leaves the organisation, and later nothing of them is left.</summary>
internal sealed class Leaving(Story story)
{
    private Pair Pair => story.Pairs[^1];

    private static readonly string[] Exports = ["people/me/export", "pairs/mine/export", "partnerships/mine/export", "reflections/mine/export", "inbox/export"];

    public IEnumerable<Step> Steps =>
    [
        new("Before they go, a mentor takes along what every part of the platform keeps under their name", TakeAlong),
        new("A mentor leaves the organisation: refused at once, and the other side hears a kind word, not who or why", Leave),
        new("The one who left is erased; the audit chain still holds", Erase),
    ];

    private async Task<string> TakeAlong()
    {
        var mentor = story.Api.As(Pair.MentorEmail);
        var files = new List<string>();
        foreach (var path in Exports)
        {
            var export = await mentor.Get(story.At(path)).Ok();
            Expectations.That(export["personId"].GetValue<Guid>() == story.Ids[Pair.MentorEmail], $"{path} is of somebody else.");
            files.Add($"{export["service"]} {export.Text.Length:N0}");
        }
        var charter = (await mentor.Get(story.At("partnerships/mine/export")).Ok())["data"]["partnerships"]![0]!["charter"];
        Expectations.That(charter?["signedByMe"]?.GetValue<bool>() is true, "The signed charter is not in it.");
        return $"characters: {string.Join(", ", files)}; with the charter they signed, and nobody else can fetch it";
    }

    private async Task<string> Leave()
    {
        var mentor = story.Api.As(Pair.MentorEmail);
        await mentor.Get(story.At("people/me")).Ok();
        var started = Stopwatch.GetTimestamp();
        await story.Admin.Delete(story.At($"people/{story.Ids[Pair.MentorEmail]}"), ifMatch: "*").Ok(HttpStatusCode.NoContent);
        await Expectations.Eventually(
            async () => (await mentor.Get(story.At("people/me"))).Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden ? "refused" : null,
            "the leaver's sign-on is refused",
            seconds: 30);
        var refused = Stopwatch.GetElapsedTime(started);
        var word = await Expectations.Eventually(() => Word(Pair.MenteeEmail), "the other side is told", seconds: 120);
        var told = Stopwatch.GetElapsedTime(started);

        var text = word.Text("subject") + word.Text("text");
        Expectations.That(!text.Contains(story.ByEmail(Pair.MentorEmail).Name, StringComparison.OrdinalIgnoreCase), "The word names who left.");
        Expectations.That(await Word(Pair.MentorEmail) is null, "Whoever left is written to.");
        return $"refused after {refused.TotalSeconds:0.0} s, told after {told.TotalSeconds:0.0} s: \"{word.Text("subject")}\"\n{word.Text("text").Trim()}";
    }

    private async Task<JsonNode?> Word(string email) => (await story.Api.Mails(email)).FirstOrDefault(mail =>
        mail!["headers"]!["x-mentoring-kind"]?.GetValue<string>() == "pair-over");

    private async Task<string> Erase()
    {
        var id = story.Ids[Pair.MentorEmail];
        var export = await story.Admin.Get(story.At($"people/{id}/export")).Ok();
        await story.Admin.Post(story.At($"people/{id}/erase")).Ok(HttpStatusCode.NoContent);
        await story.Admin.Post(story.At($"people/{id}/erase")).Refused(404, "not-found");
        var ledger = await story.Admin.All(story.At("people/erased"));
        Expectations.That(ledger.Count == 1 && ledger[0]["id"]!.GetValue<Guid>() == id, "The ledger does not hold the id.");
        var verdict = await story.Admin.Get(story.At("audit/verify")).Ok();
        Expectations.That(verdict["intact"].GetValue<bool>(), $"The chain is broken: {verdict}");
        return $"export of {export.Text.Length:N0} characters; erased {Pair.MentorEmail}; {verdict["entries"]} entries of the chain hold";
    }
}
