using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

/// <summary>One leader cancels twice, and it is noticed.</summary>
internal sealed class Drifting(Story story)
{
    private Pair Pair => story.Pairs[0];

    public IEnumerable<Step> Steps =>
    [
        new("A leader cancels two sessions in a row: a private word to the leader, automatic, with three new times", CancelTwice),
        new("One trace leads from the cancelling click to the e-mail", FollowTrace),
        new("Three working days without a new date: the programme manager is told, the mentor's manager never", Escalate),
        new("The others meet; each may write a reflection that only they can read", Reflect),
    ];

    private async Task<string> CancelTwice()
    {
        var sessions = (await Partnerships.Sessions(story.HomeUnit, Pair)).Where(session => session.Text("state") == "booked")
            .OrderBy(session => session["startsAt"]!.GetValue<DateTimeOffset>()).Take(2).ToList();
        var leader = story.Api.As(Pair.MenteeEmail);
        await leader.Post(story.At($"sessions/{sessions[0].Text("id")}/cancel"), new { reason = "workload" }).Ok();
        Expectations.That(await Alarm(Pair.MenteeEmail) is null, "The alarm was raised after one cancellation.");
        var span = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await leader.Post(story.At($"sessions/{sessions[1].Text("id")}/cancel"), new { reason = "clash" }, traceParent: $"00-{story.CancellingTrace}-{span}-01").Ok();
        var word = await Expectations.Eventually(() => Alarm(Pair.MenteeEmail), "a private word to the leader");
        return $"\"{word.Text("subject")}\"\n{word.Text("text").Trim()}";
    }

    /// <summary>The mail that carries the alarm: told apart by the kind in its header, not by its words.</summary>
    private async Task<JsonNode?> Alarm(string email) => (await story.Api.Mails(email)).FirstOrDefault(mail =>
        mail!["headers"]!["x-mentoring-kind"]?.GetValue<string>().StartsWith("alarm-", StringComparison.Ordinal) == true);

    private async Task<string> FollowTrace()
    {
        var cancellation = await Expectations.Eventually(async () => (await story.Api.Mails(Pair.MentorEmail))
            .FirstOrDefault(mail => mail!.ToJsonString().Contains(story.CancellingTrace, StringComparison.Ordinal)), "a mail of the same trace");
        return $"trace {story.CancellingTrace}: click → Gateway → Scheduling → RabbitMQ → Notifications → \"{cancellation.Text("subject")}\"";
    }

    private async Task<string> Escalate()
    {
        Expectations.That(await Alarm(story.Cast.ProgrammeManager.Email) is null, "The programme manager was told at once.");
        var mentorsManager = story.ByEmail(Pair.MentorEmail).Manager!.Email;
        await story.Platform.LetPass(TimeSpan.FromDays(6));
        await Partnerships.MeetWhatIsDue(story.HomeUnit, story.Pairs.Skip(1).Append(story.First!));
        var told = await Expectations.Eventually(() => Alarm(story.Cast.ProgrammeManager.Email), "the programme manager is told");
        Expectations.That(await Alarm(mentorsManager) is null && await Alarm(Pair.MentorEmail) is null, "The alarm went where it must not go.");
        var board = (await story.Manager.All(story.At($"momentum?programme={story.Programme}"))).Single(pair => pair["partnershipId"]!.GetValue<Guid>() == Pair.Id);
        return $"\"{told.Text("subject")}\"; the board says {board.Text("momentum")}: {string.Join("; ", board["reasons"]!.AsArray())}";
    }

    private async Task<string> Reflect()
    {
        var met = story.Pairs.Skip(1).ToList();
        var held = 0;
        for (var week = 0; week < 5 && held == 0; week++)
        {
            await story.Platform.LetPass(TimeSpan.FromDays(7));
            held = await Partnerships.MeetWhatIsDue(story.HomeUnit, met.Append(story.First!));
        }
        var pair = met[0];
        var session = (await Partnerships.Sessions(story.HomeUnit, pair)).First(session => session.Text("state") == "held");
        var written = await Expectations.Eventually(async () =>
        {
            var answer = await story.Api.As(pair.MentorEmail).Post(story.At("reflections"), new
            {
                sessionId = session.Text("id"),
                text = "We spoke about what customers really do online. I was listened to.",
                pulse = new { useful = 5, safe = 5, trust = 4 },
            });
            return answer.Status == System.Net.HttpStatusCode.NotFound ? null : answer.Ok();
        }, "a reflection on a held session");
        Expectations.That((await story.Api.As(pair.MentorEmail).All(story.At("reflections/mine"))).Count == 1, "The author does not find the reflection.");
        Expectations.That((await story.Api.As(pair.MenteeEmail).All(story.At("reflections/mine"))).Count == 0, "The other side reads it.");
        Expectations.That((await story.Manager.All(story.At("reflections/mine"))).Count == 0, "The programme manager reads it.");
        return $"{held} sessions held since; the reflection is found by its author alone";
    }
}
