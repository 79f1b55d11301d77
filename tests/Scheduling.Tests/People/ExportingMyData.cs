using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.People;

public sealed class ExportingMyData(SchedulingService service)
{
    [Fact]
    public async Task Charter_sessions_hours_and_ones_own_answer_are_in_one_file()
    {
        var pair = await APair.Meeting(service);
        await pair.Cancels(pair.Mentee, (await pair.Booked())[0]);
        await pair.Mentee.Puts(pair.Unit.At("availability/mine"), new
        {
            timeZone = "Europe/Berlin",
            weekly = new[] { new { day = "monday", from = "09:00", to = "17:00" } },
            minimumNotice = "P1D",
            exceptions = new[] { new { date = "2099-12-24", reason = "away" } },
            preferences = new { times = Array.Empty<object>(), channels = new[] { "in-person" }, ways = new[] { new { place = "canteen", minutes = 25 } } },
        });
        var ends = (await pair.Mentee.Json(pair.Own())).GetProperty("endsAt").GetDateTimeOffset();
        service.Clock.Set(ends.AddDays(-13));
        await service.Bus.Of<ContinuationAsked>(pair.Unit);
        await pair.Mentee.Posts(pair.Own("/continuation"), new { answer = "no" });

        using var answer = await pair.Mentee.GetAsync(pair.Unit.At("partnerships/mine/export"));

        Assert.Equal(("attachment", "scheduling.json", true), (
            answer.Content.Headers.ContentDisposition?.DispositionType,
            answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'),
            answer.Headers.CacheControl?.NoStore));
        var export = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("scheduling", pair.MenteeId), (export.Text("service"), export.GetProperty("personId").GetGuid()));
        var data = export.GetProperty("data");
        Assert.Equal(("Kiel", "canteen"), (data.Text("location"), data.GetProperty("hours").GetProperty("preferences").GetProperty("ways")[0].Text("place")));
        Assert.Equal(("Enno Mentee", "away"), (data.Text("name"), data.GetProperty("hours").GetProperty("exceptions")[0].Text("reason")));
        Assert.Equal("mentee", Assert.Single(data.GetProperty("prepared").EnumerateArray()).Text("side"));
        var partnership = Assert.Single(data.GetProperty("partnerships").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, partnership.GetProperty("endedAt").ValueKind);
        Assert.NotEmpty(partnership.GetProperty("charter").GetProperty("clauses").EnumerateArray());
        Assert.Equal("no", partnership.GetProperty("partnership").GetProperty("continuation").Text("answer"));
        Assert.Contains(partnership.GetProperty("sessions").EnumerateArray(), session => session.Text("state") == "cancelled" && session.Text("bySide") == "mentee");
    }

    [Fact]
    public async Task What_the_other_answered_and_their_hours_are_not()
    {
        var pair = await APair.Active(service);
        await pair.Mentee.Puts(pair.Unit.At("availability/mine"), new
        {
            timeZone = "Europe/Berlin",
            weekly = new[] { new { day = "monday", from = "09:00", to = "17:00" } },
            minimumNotice = "P1D",
            exceptions = new[] { new { date = "2099-12-24", reason = "in hospital" } },
        });
        var ends = (await pair.Mentee.Json(pair.Own())).GetProperty("endsAt").GetDateTimeOffset();
        service.Clock.Set(ends.AddDays(-13));
        await service.Bus.Of<ContinuationAsked>(pair.Unit);
        var before = await Partnership(pair.Mentor, pair);

        await pair.Mentee.Posts(pair.Own("/continuation"), new { answer = "no" });

        Assert.Equal(before.GetRawText(), (await Partnership(pair.Mentor, pair)).GetRawText());
        Assert.Equal(JsonValueKind.Null, before.GetProperty("partnership").GetProperty("continuation").GetProperty("answer").ValueKind);
        Assert.DoesNotContain("in hospital", (await pair.Mentor.Json(pair.Unit.At("partnerships/mine/export"))).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_a_pair_gets_what_there_is()
    {
        var pair = await APair.Formed(service);

        var data = (await pair.Somebody.Json(pair.Unit.At("partnerships/mine/export"))).GetProperty("data");

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, 0), (
            data.GetProperty("name").ValueKind, data.GetProperty("hours").ValueKind, data.GetProperty("partnerships").GetArrayLength()));
    }

    private static async Task<JsonElement> Partnership(HttpClient who, APair pair) =>
        (await who.Json(pair.Unit.At("partnerships/mine/export"))).GetProperty("data").GetProperty("partnerships")[0];
}
