using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class ReadingEarlierCharters(SchedulingService service)
{
    [Fact]
    public async Task Both_read_who_wrote_which_version_when_and_who_had_signed_it()
    {
        var pair = await Revised();

        foreach (var who in new[] { pair.Mentor, pair.Mentee })
        {
            var lines = (await who.Json(pair.Own("/charter/versions"))).GetProperty("items").EnumerateArray().ToArray();

            Assert.Equal(
                [(3, "mentee", true, false, false), (2, "mentor", false, false, false), (1, null, false, true, true)],
                lines.Select(line => (line.GetProperty("version").GetInt32(), line.GetProperty("writtenBy").GetString(), line.GetProperty("current").GetBoolean(), line.GetProperty("signedByMentor").GetBoolean(), line.GetProperty("signedByMentee").GetBoolean())));
            var times = lines.Select(line => line.GetProperty("writtenAt").GetDateTimeOffset()).ToArray();
            Assert.Equal(TimeSpan.FromHours(2), times[0] - times[1]);
            Assert.DoesNotContain("Nothing leaves the room.", string.Concat(lines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_is_read_whole_with_what_differs_from_the_one_before()
    {
        var pair = await Revised();

        var first = await pair.Mentee.Json(pair.Own("/charter/versions/1"));
        var second = await pair.Mentee.Json(pair.Own("/charter/versions/2"));
        var third = await pair.Mentee.Json(pair.Own("/charter/versions/3"));

        Assert.Equal(JsonValueKind.Null, first.GetProperty("differences").ValueKind);
        Assert.NotEqual("Nothing leaves the room.", first.GetProperty("text").Text("confidentiality"));
        Assert.Equal("Nothing leaves the room.", second.GetProperty("text").Text("confidentiality"));
        var difference = Assert.Single(second.GetProperty("differences").EnumerateArray());
        Assert.Equal(
            ("confidentiality", true, first.GetProperty("text").Text("confidentiality"), "Nothing leaves the room."),
            (difference.Text("part"), difference.GetProperty("substance").GetBoolean(), difference.Text("before"), difference.Text("after")));
        Assert.Equal(["goals.mentee.measure", "places"], third.GetProperty("differences").EnumerateArray().Select(one => one.Text("part")));
        Assert.True(third.GetProperty("current").GetBoolean());
        await pair.Mentee.FindsNothing(pair.Own("/charter/versions/4"));
        await pair.Mentee.FindsNothing(pair.Own("/charter/versions/0"));
    }

    [Fact]
    public async Task Pages_of_one_lead_through_all_of_them()
    {
        var pair = await Revised();
        var (read, after) = (new List<int>(), (string?)null);
        do
        {
            var page = await pair.Mentor.Json(pair.Own($"/charter/versions?limit=1{(after is null ? "" : $"&after={after}")}"));
            read.Add(Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("version").GetInt32());
            after = page.GetProperty("next").GetString();
        }
        while (after is not null && read.Count < 10);

        Assert.Equal([3, 2, 1], read);
    }

    [Fact]
    public async Task Nobody_else_finds_any_of_them_ever()
    {
        var pair = await Revised();
        var stranger = service.As(TestUnit.New(), pair.MenteeId);
        var sponsor = service.As(pair.Unit, pair.SponsorId, ["unit-admin", "safeguarding"], (pair.ProgrammeId, "sponsor"));

        foreach (var who in new[] { pair.Manager, await pair.Assistant(), pair.Somebody, sponsor })
        {
            await who.FindsNothing(pair.Own("/charter/versions"));
            await who.FindsNothing(pair.Own("/charter/versions/2"));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(pair.Own("/charter/versions/2"))).StatusCode);
    }

    [Fact]
    public async Task They_are_in_what_one_takes_along_and_go_with_either_of_the_two()
    {
        var pair = await Revised();
        var export = (await pair.Mentor.Json(pair.Unit.At("partnerships/mine/export"))).GetProperty("data").GetProperty("partnerships")[0];
        Assert.Equal([1, 2], export.GetProperty("earlierCharters").EnumerateArray().Select(one => one.GetProperty("version").GetInt32()));

        var message = Guid.CreateVersion7();
        await service.Publish(pair.Unit, new PersonErased(pair.MenteeId, 9), message);
        await service.HasConsumed(message, "forget-person-when-person-erased");

        Assert.Equal(0, await service.In(pair.Unit, db => db.EarlierCharters.CountAsync()));
    }

    [Fact]
    public async Task A_goal_of_the_old_form_is_refused_by_its_field_and_one_with_a_measure_is_kept()
    {
        var pair = await APair.Formed(service);

        using var old = await pair.Edits(pair.Mentee, charter => charter["goals"] = new JsonObject { ["mentor"] = "To be heard.", ["mentee"] = "To decide." });
        using var blank = await pair.Edits(pair.Mentee, charter => charter["goals"]!["mentor"]!["measure"] = "   ");
        using var written = await pair.Edits(pair.Mentee, charter => charter["goals"]!["mentor"]!["measure"] = "Two meetings.");

        Assert.Equal(HttpStatusCode.BadRequest, old.StatusCode);
        Assert.Contains("goals.mentor", await old.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (blank.StatusCode, written.StatusCode));
        var charter = await pair.Mentor.Json(pair.Own("/charter"));
        Assert.Equal((2, "Two meetings."), (charter.GetProperty("version").GetInt32(), charter.GetProperty("goals").GetProperty("mentor").Text("measure")));
    }

    [Fact]
    public async Task What_was_shown_is_what_is_signed_whatever_the_programme_says_by_then()
    {
        var pair = await APair.Formed(service, mentorLanguages: ["de"], menteeLanguages: ["de", "en"]);
        var shown = await pair.Mentor.Json(pair.Own("/charter"));
        Assert.Contains(shown.GetProperty("clauses").EnumerateArray(), clause => clause.Text("title") == "Wenn wir uns nicht einig sind");
        var message = Guid.CreateVersion7();
        await service.Publish(pair.Unit, new ProgrammeChanged(pair.ProgrammeId, 2, pair.Programme() with { Purpose = "Another." }), message);
        await service.HasConsumed(message, "copy-terms-when-programme-changed");

        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);

        Assert.Equal(1, (await service.Bus.Of<CharterSigned>(pair.Unit)).CharterVersion);
        Assert.Equal(shown.GetProperty("clauses").GetRawText(), (await pair.Mentee.Json(pair.Own("/charter"))).GetProperty("clauses").GetRawText());
    }

    /// <summary>Both signed the first; the mentor changed what it means, and the mentee then named a measure and a place.</summary>
    private async Task<APair> Revised()
    {
        var pair = await APair.Active(service);
        service.Clock.Advance(TimeSpan.FromHours(2));
        using var one = await pair.Edits(pair.Mentor, charter => charter["confidentiality"] = "Nothing leaves the room.");
        service.Clock.Advance(TimeSpan.FromHours(2));
        // Whoever changes it at the very moment the other's notice goes out is asked to read it again.
        await service.Bus.Of<CharterRevised>(pair.Unit);
        using var two = await pair.Edits(pair.Mentee, charter =>
        {
            charter["goals"]!["mentee"]!["measure"] = "Two decisions taken with it.";
            charter["places"] = new JsonArray("off-site");
        });
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (one.StatusCode, two.StatusCode));
        return pair;
    }
}
