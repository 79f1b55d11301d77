using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Availability;

public sealed class KeepingARota(SchedulingService service)
{
    [Fact]
    public async Task Shifts_are_when_one_can_be_met_until_the_rota_is_taken_back()
    {
        var pair = await APair.Active(service);
        var tuesday = DateOnly.FromDateTime(service.Clock.GetUtcNow().Date).AddDays(8);
        var usual = await pair.NextSlot();

        var etag = await Puts(pair.Mentor, pair, $"Datum;Von;Bis\n{tuesday.AddDays(-8):dd.MM.yyyy};13:00;20:00\n{tuesday:dd.MM.yyyy};13:00;20:00\n");

        var slot = await pair.NextSlot();
        Assert.Equal(tuesday, DateOnly.FromDateTime(slot.Date));
        Assert.True(slot.Hour >= 12, $"{slot}");
        var rota = await pair.Mentor.Json(pair.Unit.At("availability/mine/rota"));
        Assert.Equal(("Europe/Berlin", $"{tuesday:yyyy-MM-dd}", 2), (rota.Text("timeZone"), rota.Text("last"), rota.GetProperty("shifts").GetArrayLength()));
        Assert.Equal(("13:00", "20:00"), (rota.GetProperty("shifts")[1].Text("from"), rota.GetProperty("shifts")[1].Text("to")));
        using var removed = await Sends(pair.Mentor, HttpMethod.Delete, pair, null, etag);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(usual, await pair.NextSlot());
        await pair.Mentor.FindsNothing(pair.Unit.At("availability/mine/rota"));
        await pair.Mentee.FindsNothing(pair.Unit.At("availability/mine/rota"));
    }

    [Fact]
    public async Task A_second_file_replaces_the_first_by_who_has_seen_it_and_a_wrong_one_changes_nothing()
    {
        var pair = await APair.Formed(service);
        var day = DateOnly.FromDateTime(service.Clock.GetUtcNow().Date).AddDays(3);
        var etag = await Puts(pair.Mentor, pair, $"date,from,to\n{day:yyyy-MM-dd},22:00,06:00\n");

        using var unseen = await Sends(pair.Mentor, HttpMethod.Put, pair, $"date,from,to\n{day:yyyy-MM-dd},06:00,24:00\n", null);
        using var wrong = await Sends(pair.Mentor, HttpMethod.Put, pair, $"date,from,to\n{day:yyyy-MM-dd},06:00,14:00\n{day:yyyy-MM-dd},nine,ten\n", etag);

        Assert.Equal((HttpStatusCode.PreconditionRequired, HttpStatusCode.BadRequest), (unseen.StatusCode, wrong.StatusCode));
        using (var problem = JsonDocument.Parse(await wrong.Content.ReadAsStringAsync()))
            Assert.Equal("line 3", Assert.Single(problem.RootElement.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal("06:00", (await pair.Mentor.Json(pair.Unit.At("availability/mine/rota"))).GetProperty("shifts")[0].Text("to"));
        using var seen = await Sends(pair.Mentor, HttpMethod.Put, pair, $"date,from,to\n{day:yyyy-MM-dd},06:00,24:00\n", etag);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.Equal("24:00", (await pair.Mentor.Json(pair.Unit.At("availability/mine/rota"))).GetProperty("shifts")[0].Text("to"));
    }

    [Fact]
    public async Task What_is_no_csv_file_or_too_long_is_refused()
    {
        var pair = await APair.Formed(service);
        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Unit.At("availability/mine/rota"), new { }, 415, "unsupported-media-type");

        using var tooLong = await Sends(pair.Mentor, HttpMethod.Put, pair, "date,from,to\n" + new string('\n', 300 * 1024), null);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
    }

    [Fact]
    public async Task Where_there_was_no_common_time_a_rota_that_has_one_is_planned_by_at_once()
    {
        var pair = await APair.Formed(service, menteeZone: "Pacific/Auckland");
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        await service.Bus.Of<Contracts.Scheduling.MomentumChanged>(pair.Unit);
        var from = DateOnly.FromDateTime(service.Clock.GetUtcNow().Date).AddDays(1);

        await Puts(pair.Mentee, pair, "date,from,to\n" + string.Concat(Enumerable.Range(0, 300).Select(day => $"{from.AddDays(day):yyyy-MM-dd},18:00,02:00\n")));

        await Eventually.Holds(async () => Assert.Equal("proposed", (await pair.Mentor.Json(pair.Own("/series"))).Text("state")));
    }

    private static async Task<string> Puts(HttpClient who, APair pair, string file)
    {
        using var answer = await Sends(who, HttpMethod.Put, pair, file, null);
        Assert.True(answer.StatusCode is HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return answer.Headers.ETag!.Tag;
    }

    private static async Task<HttpResponseMessage> Sends(HttpClient who, HttpMethod method, APair pair, string? file, string? etag)
    {
        using var request = new HttpRequestMessage(method, pair.Unit.At("availability/mine/rota"));
        if (file is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(file)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await who.SendAsync(request);
    }
}
