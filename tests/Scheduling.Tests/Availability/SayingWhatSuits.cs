using System.Net;
using System.Net.Http.Json;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Availability;

public sealed class SayingWhatSuits(SchedulingService service)
{
    private static readonly string[] Workdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    private static object[] NineToFive => [.. Workdays.Select(day => new { day, from = "09:00", to = "17:00" })];

    [Fact]
    public async Task Until_something_is_said_everything_suits_and_what_was_said_is_shown()
    {
        var pair = await APair.Formed(service);
        var before = (await pair.Mentor.Json(pair.Unit.At("availability/mine"))).GetProperty("preferences");
        Assert.All(new[] { "times", "channels", "ways" }, what => Assert.Equal(0, before.GetProperty(what).GetArrayLength()));

        var after = (await pair.Mentor.Puts(pair.Unit.At("availability/mine"), new
        {
            timeZone = "Europe/Berlin",
            weekly = NineToFive,
            preferences = new
            {
                times = new[] { new { from = "14:00", to = "16:00" } }, channels = new[] { "in-person" }, ways = new object[] { new { place = "off-site", minutes = 45 }, new { place = (string?)null, minutes = 10 } },
            },
            exceptions = new object[] { new { date = "2030-05-02", from = "18:00", to = "20:00", offered = true }, new { date = "2030-05-03" } },
        })).ToString();

        Assert.Equal(after, (await pair.Mentor.Json(pair.Unit.At("availability/mine"))).ToString());
        Assert.Contains("\"14:00:00\"", after, StringComparison.Ordinal);
        Assert.Contains("off-site", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_series_keeps_to_the_time_of_day_that_suits_both()
    {
        var pair = await APair.Formed(service);
        await Says(pair.Mentor, pair, new { times = new[] { new { from = "12:00", to = "16:00" } }, channels = Array.Empty<string>(), ways = Array.Empty<object>() });
        await Says(pair.Mentee, pair, new { times = new[] { new { from = "14:00", to = "17:00" } }, channels = Array.Empty<string>(), ways = Array.Empty<object>() });
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        await Eventually.Holds(async () => Assert.Equal("proposed", (await pair.Mentee.Json(pair.Own("/series"))).Text("state")));

        var series = await pair.Mentee.Json(pair.Own("/series"));

        Assert.All(series.GetProperty("slots").EnumerateArray(), slot => Assert.Matches("T(14:00|14:30|15:00) ", slot.Text("mentorLocal")));
        Assert.Equal("""{"mentor":0,"mentee":0}""", series.GetProperty("inconvenience").ToString());
        Assert.All((await pair.Mentee.Json(pair.Own("/slots"))).GetProperty("items").EnumerateArray(), slot => Assert.Matches("T14:00 ", slot.Text("mentorLocal")));
    }

    [Fact]
    public async Task The_way_to_a_place_is_kept_free_before_and_after_and_counted()
    {
        var pair = await APair.Active(service);
        await Says(pair.Mentor, pair, new { times = Array.Empty<object>(), channels = Array.Empty<string>(), ways = new[] { new { place = "Off-site", minutes = 40 } } }, zone: "Etc/UTC");
        var day = await pair.NextSlot();
        var eleven = new DateTimeOffset(day.Date, TimeSpan.Zero).AddHours(11);
        var there = new { partnershipId = pair.Id, startsAt = eleven, channel = "in-person", place = "off-site" };

        await pair.Mentee.Posts(pair.Unit.At("sessions"), there);

        var other = await pair.SameMentorWithAnother();
        foreach (var onTheWay in new[] { eleven.AddMinutes(-90), eleven.AddMinutes(90) })
            await other.Mentee.IsRefused(other.Unit.At("sessions"), new { partnershipId = other.Id, startsAt = onTheWay }, 409, "slot-taken");
        await other.HasBooked(eleven.AddMinutes(100));
        // Nobody waits for the mentee, who said nothing about a way.
        Assert.Equal(
            [(eleven, eleven.AddHours(1)), (eleven.AddMinutes(-40), eleven.AddMinutes(100))],
            (await pair.Taken()).Where(taken => taken.StartsAt < eleven.AddMinutes(60)).Select(taken => (taken.StartsAt, taken.EndsAt)).OrderByDescending(taken => taken.StartsAt));
        // Whoever begins at nine cannot be somewhere else at nine.
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), there with { startsAt = eleven.AddDays(1).AddHours(-2) }, 422, "outside-hours");
    }

    [Fact]
    public async Task The_next_slots_are_for_the_channel_that_suits_both_and_so_is_what_is_booked_without_naming_one()
    {
        var pair = await APair.Active(service);
        Assert.Equal("video", (await pair.Mentee.Json(pair.Own("/slots"))).GetProperty("items")[0].Text("channel"));
        foreach (var person in new[] { pair.Mentor, pair.Mentee })
            await Says(person, pair, new { times = Array.Empty<object>(), channels = new[] { "in-person" }, ways = new[] { new { minutes = 20 } } });

        var slot = (await pair.Mentee.Json(pair.Own("/slots"))).GetProperty("items")[0];
        var booked = await pair.Mentee.Posts(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = slot.GetProperty("startsAt").GetDateTimeOffset() });

        Assert.Equal(("in-person", "neutral"), (slot.Text("channel"), slot.Text("place")));
        Assert.Equal(("in-person", "neutral"), (booked.Text("channel"), booked.Text("place")));
        Assert.Equal("""{"mentor":40,"mentee":40}""", slot.GetProperty("inconvenience").ToString());
    }

    [Fact]
    public async Task A_session_that_is_moved_takes_its_way_along()
    {
        var pair = await APair.Active(service);
        await Says(pair.Mentor, pair, new { times = Array.Empty<object>(), channels = Array.Empty<string>(), ways = new[] { new { place = (string?)null, minutes = 30 } } });
        var eleven = new DateTimeOffset((await pair.NextSlot()).Date, TimeSpan.Zero).AddHours(11);
        var session = (await pair.Mentee.Posts(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = eleven, channel = "in-person", place = "canteen" })).GetProperty("id").GetGuid();

        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = eleven.AddHours(2) });

        var mentor = Assert.Single(await pair.Taken(), taken => taken.PersonId == pair.MentorId);
        Assert.Equal((eleven.AddMinutes(90), eleven.AddMinutes(210)), (mentor.StartsAt, mentor.EndsAt));
    }

    [Fact]
    public async Task Hours_offered_on_one_evening_can_be_booked_and_a_part_of_a_day_off_cannot()
    {
        var pair = await APair.Active(service);
        var day = DateOnly.FromDateTime((await pair.NextSlot()).Date).AddDays(1);
        var evening = new DateTimeOffset(day, new TimeOnly(18, 0), TimeSpan.Zero);
        var body = new { partnershipId = pair.Id, startsAt = evening };
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), body, 422, "outside-hours");

        foreach (var person in new[] { pair.Mentor, pair.Mentee })
        {
            await person.Puts(pair.Unit.At("availability/mine"), new
            {
                timeZone = "Etc/UTC",
                weekly = NineToFive,
                exceptions = new object[] { new { date = day, from = "18:00", to = "19:30", offered = true, reason = "I stay longer." }, new { date = day, from = "09:00", to = "12:00" } },
            });
        }

        await pair.Mentee.Posts(pair.Unit.At("sessions"), body);
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), body with { startsAt = new DateTimeOffset(day, new TimeOnly(10, 0), TimeSpan.Zero) }, 422, "outside-hours");
        await pair.HasBooked(new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{"times":[{"from":"16:00","to":"14:00"}],"channels":[],"ways":[]}""", "preferences.times")]
    [InlineData("""{"times":[],"channels":["telepathy"],"ways":[]}""", "preferences.channels")]
    [InlineData("""{"times":[],"channels":["video","video"],"ways":[]}""", "preferences.channels")]
    [InlineData("""{"times":[],"channels":[],"ways":[{"place":"off-site","minutes":-5}]}""", "preferences.ways")]
    [InlineData("""{"times":[],"channels":[],"ways":[{"place":"off-site","minutes":241}]}""", "preferences.ways")]
    [InlineData("""{"times":[],"channels":[],"ways":[{"place":"off-site","minutes":5},{"place":"OFF-SITE","minutes":9}]}""", "preferences.ways")]
    [InlineData("""{"times":[],"channels":[],"ways":[{"place":"","minutes":5}]}""", "preferences.ways")]
    public async Task Wishes_that_make_no_sense_are_refused_by_field(string preferences, string field) =>
        await IsRefused($$"""{"timeZone":"Europe/Berlin","weekly":[],"preferences":{{preferences}}}""", field);

    [Theory]
    [InlineData("""{"date":"2030-05-02","from":"18:00"}""")]
    [InlineData("""{"date":"2030-05-02","to":"18:00"}""")]
    [InlineData("""{"date":"2030-05-02","from":"18:00","to":"17:00"}""")]
    [InlineData("""{"date":"2030-05-02","offered":true}""")]
    public async Task Exceptions_that_make_no_sense_are_refused(string exception) =>
        await IsRefused($$"""{"timeZone":"Europe/Berlin","weekly":[],"exceptions":[{{exception}}]}""", "exceptions");

    private async Task IsRefused(string body, string field)
    {
        var unit = TestUnit.New();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await service.As(unit, Guid.CreateVersion7()).PutAsync(unit.At("availability/mine"), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<System.Text.Json.JsonElement> Says(HttpClient who, APair pair, object preferences, string zone = "Europe/Berlin") =>
        who.Puts(pair.Unit.At("availability/mine"), new { timeZone = zone, weekly = NineToFive, preferences });
}
