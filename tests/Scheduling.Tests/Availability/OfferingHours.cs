using System.Net;
using System.Net.Http.Json;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Availability;

public sealed class OfferingHours(SchedulingService service)
{
    [Fact]
    public async Task Until_something_is_said_it_is_nine_to_five_in_ones_own_zone()
    {
        var pair = await APair.Formed(service, mentorZone: "America/New_York");

        var mine = await pair.Mentor.Json(pair.Unit.At("availability/mine"));

        Assert.Equal("America/New_York", mine.Text("timeZone"));
        Assert.Equal(5, mine.GetProperty("weekly").GetArrayLength());
        Assert.Equal("monday", mine.GetProperty("weekly")[0].Text("day"));
        Assert.Equal("09:00", mine.GetProperty("weekly")[0].Text("from"));
        Assert.Equal("P1D", mine.Text("minimumNotice"));
        Assert.True(mine.GetProperty("isDefault").GetBoolean());
    }

    [Fact]
    public async Task What_was_said_holds_and_slots_keep_to_it()
    {
        var pair = await APair.Active(service);

        await Put(pair, new { timeZone = "Europe/Berlin", weekly = new[] { new { day = "wednesday", from = "14:00", to = "16:00" } }, minimumNotice = "PT2H" });

        var slots = (await pair.Mentee.Json(pair.Own("/slots"))).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(3, slots.Length);
        Assert.All(slots, slot => Assert.Equal(DayOfWeek.Wednesday, slot.GetProperty("startsAt").GetDateTimeOffset().DayOfWeek));
        Assert.All(slots, slot => Assert.Contains("T14:", slot.Text("mentorLocal").Replace("T15:", "T14:", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_change_wants_the_version_it_was_made_from()
    {
        var pair = await APair.Formed(service);
        var body = new { timeZone = "Europe/Berlin", weekly = Array.Empty<object>() };
        using var first = await Put(pair, body);

        using var unseen = await pair.Mentor.PutAsJsonAsync(pair.Unit.At("availability/mine"), body);
        Assert.Equal(HttpStatusCode.PreconditionRequired, unseen.StatusCode);
        using var stale = await Put(pair, body, "\"7\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var seen = await Put(pair, body, first.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
    }

    [Theory]
    [InlineData("""{"timeZone":"Mars/Olympus","weekly":[]}""", "timeZone")]
    [InlineData("""{"timeZone":"Europe/Berlin","weekly":[{"day":"monday","from":"17:00","to":"09:00"}]}""", "weekly[0]")]
    [InlineData("""{"timeZone":"Europe/Berlin","weekly":[{"day":"monday","from":"09:00","to":"12:00"},{"day":"monday","from":"11:00","to":"13:00"}]}""", "weekly[1]")]
    [InlineData("""{"timeZone":"Europe/Berlin","weekly":[],"minimumNotice":"P1Y"}""", "minimumNotice")]
    public async Task Hours_that_make_no_sense_are_refused_by_field(string body, string field)
    {
        var unit = TestUnit.New();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await service.As(unit, Guid.CreateVersion7()).PutAsync(unit.At("availability/mine"), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> Put(APair pair, object body, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, pair.Unit.At("availability/mine")) { Content = JsonContent.Create(body) };
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await pair.Mentor.SendAsync(request);
    }
}
