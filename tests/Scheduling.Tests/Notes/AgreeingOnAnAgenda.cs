using System.Net.Http.Json;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Notes;

public sealed class AgreeingOnAnAgenda(SchedulingService service)
{
    [Fact]
    public async Task Whoever_writes_agrees_and_the_other_agrees_to_what_they_have_read()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        var written = await pair.WritesAgenda(pair.Mentor, session, ["How you decide", "What we overlook"]);
        Assert.Equal((true, false, 1), (written.GetProperty("agreedByMe").GetBoolean(), written.GetProperty("agreedByOther").GetBoolean(), written.GetProperty("version").GetInt32()));
        var read = await pair.Mentee.Json(pair.Agenda(session));
        Assert.Equal(["How you decide by mentor", "What we overlook by mentor"], Points(read));
        Assert.Equal((false, true), (read.GetProperty("agreedByMe").GetBoolean(), read.GetProperty("agreedByOther").GetBoolean()));

        await pair.Agrees(pair.Mentee, session, 1);

        Assert.True((await pair.Mentor.Json(pair.Agenda(session))).GetProperty("agreedByOther").GetBoolean());
    }

    [Fact]
    public async Task A_change_asks_the_other_anew_and_leaves_each_point_its_author()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesAgenda(pair.Mentor, session, ["How you decide", "What we overlook"]);
        await pair.Agrees(pair.Mentee, session, 1);

        var changed = await pair.WritesAgenda(pair.Mentee, session, ["What we overlook", "What I wish I knew"], version: 1);

        Assert.Equal(["What we overlook by mentor", "What I wish I knew by mentee"], Points(changed));
        Assert.Equal((true, false), (changed.GetProperty("agreedByMe").GetBoolean(), changed.GetProperty("agreedByOther").GetBoolean()));
        await pair.Mentor.IsRefused(pair.Agenda(session, "/agree"), new { version = 1 }, 409, "agenda-changed");
        // The same again is no change: nobody has to agree anew.
        await pair.Agrees(pair.Mentor, session, 2);
        var same = await pair.WritesAgenda(pair.Mentee, session, ["What we overlook", "What I wish I knew"], version: 2);
        Assert.Equal((2, true), (same.GetProperty("version").GetInt32(), same.GetProperty("agreedByOther").GetBoolean()));
    }

    [Fact]
    public async Task What_it_starts_from_is_the_programmes_the_topics_each_way_and_the_occasion()
    {
        var pair = await APair.Active(service);
        var first = await pair.HasBooked();

        var starters = Starters(await pair.Mentor.Json(pair.Agenda(first)));

        Assert.Equal("Something a customer said this month", starters[0]);
        Assert.StartsWith("Prompt writing: ", starters[1], StringComparison.Ordinal);
        Assert.Contains("What each of us hopes for, and how we would notice that it came true", starters);

        service.Clock.Set((await pair.Mentor.Json(pair.Unit.At($"sessions/{first}"))).GetProperty("endsAt").GetDateTimeOffset());
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{first}/held"), new { });
        var second = await pair.HasBooked();
        Assert.Contains("What has become of what we said last time", Starters(await pair.Mentor.Json(pair.Agenda(second))));
    }

    [Fact]
    public async Task Nobody_overwrites_what_they_have_not_read()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesAgenda(pair.Mentor, session, ["How you decide"]);

        await pair.Mentee.IsRefused(HttpMethod.Put, pair.Agenda(session), new { points = new[] { "Mine" } }, 428, "precondition-required");
        Assert.Equal(["How you decide by mentor"], Points(await pair.Mentor.Json(pair.Agenda(session))));
    }

    [Fact]
    public async Task Two_who_write_first_at_once_leave_one_agenda_that_somebody_wrote()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        var answers = await Task.WhenAll(new[] { pair.Mentor, pair.Mentee }.Select(who => who.PutAsJsonAsync(pair.Agenda(session), new { points = new[] { "How you decide" } })));

        Assert.Contains(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode || (int)answer.StatusCode is 409 or 428, $"{answer.StatusCode}"));
        Assert.Single(Points(await pair.Mentor.Json(pair.Agenda(session))));
    }

    [Fact]
    public async Task Once_the_session_has_started_or_was_called_off_it_stays_as_it_is()
    {
        var pair = await APair.Meeting(service);
        var booked = await pair.Booked();
        await pair.WritesAgenda(pair.Mentor, booked[0], ["How you decide"]);
        await pair.Cancels(pair.Mentee, booked[1]);

        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Agenda(booked[1]), new { points = new[] { "Too late" } }, 422, "agenda-closed");
        service.Clock.Set((await pair.Mentor.Json(pair.Unit.At($"sessions/{booked[0]}"))).GetProperty("startsAt").GetDateTimeOffset());
        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Agenda(booked[0]), new { points = new[] { "Too late" } }, 422, "agenda-closed");
        await pair.Mentee.IsRefused(pair.Agenda(booked[0], "/agree"), new { version = 1 }, 422, "agenda-closed");
        var read = await pair.Mentor.Json(pair.Agenda(booked[0]));
        Assert.Equal((false, "How you decide by mentor"), (read.GetProperty("open").GetBoolean(), Assert.Single(Points(read))));
    }

    [Theory]
    [InlineData(21, 10)]
    [InlineData(1, 301)]
    public async Task What_is_too_long_is_refused(int points, int length)
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        var texts = Enumerable.Range(0, points).Select(i => $"{i}".PadRight(length, '.'));

        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Agenda(session), new { points = texts }, 400, "invalid");
    }

    [Fact]
    public async Task For_everybody_else_it_does_not_exist()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesAgenda(pair.Mentor, session, ["How you decide"]);

        foreach (var other in new[] { await pair.Assistant(), pair.Manager, pair.Somebody, service.As(pair.Unit, Guid.CreateVersion7(), "safeguarding"), service.As(pair.Unit, Guid.CreateVersion7(), "unit-admin") })
        {
            await other.FindsNothing(pair.Agenda(session));
            await other.IsRefused(HttpMethod.Put, pair.Agenda(session), new { points = new[] { "Mine" } }, 404, "not-found");
            await other.IsRefused(pair.Agenda(session, "/agree"), new { version = 1 }, 404, "not-found");
        }
    }

    private static string[] Points(System.Text.Json.JsonElement agenda) =>
        [.. agenda.GetProperty("points").EnumerateArray().Select(point => $"{point.Text("text")} by {point.Text("by")}")];

    private static string[] Starters(System.Text.Json.JsonElement agenda) => [.. agenda.GetProperty("starters").EnumerateArray().Select(starter => starter.GetString()!)];
}
