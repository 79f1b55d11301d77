using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Sealing;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Calendars;

public sealed class ReadingACalendar(SchedulingService service) : IAsyncLifetime
{
    private ACalendarServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ACalendarServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Nobody_is_met_while_their_calendar_says_busy()
    {
        var pair = await APair.Active(service);
        var first = await pair.NextSlot();
        _server.Has(ACalendarServer.Of((first.AddHours(-4), first.AddHours(9))));

        var calendar = await IsRead(pair, await Adds(pair.Mentor, pair), times: 1);

        Assert.NotEqual(DateOnly.FromDateTime(first.Date), DateOnly.FromDateTime((await pair.NextSlot()).Date));
        Assert.Equal(("busy", "read", 0), (calendar.Text("kind"), calendar.Text("state"), calendar.GetProperty("leftOut").GetInt32()));
        Assert.Equal(JsonValueKind.Null, calendar.GetProperty("trouble").ValueKind);
        // By hand neither, as the mentor is somewhere else.
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = first }, 422, "busy-elsewhere");
        // Whoever books for the mentee does not learn that.
        await (await pair.Assistant()).IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = first }, 409, "time-not-free");
    }

    [Fact]
    public async Task What_they_have_declined_keeps_nobody()
    {
        var pair = await APair.Active(service);
        var first = await pair.NextSlot();
        string Declined(DateTimeOffset start, Guid by) =>
            ACalendarServer.Event($"{Guid.NewGuid()}", start, start.AddHours(1), $"ATTENDEE;PARTSTAT=DECLINED:mailto:{APair.MailOf(by)}\r\n");
        _server.Has(ACalendarServer.Of(Declined(first, pair.MentorId), Declined(first.AddDays(40), pair.MenteeId)));

        // What somebody else has declined takes its time.
        await IsRead(pair, await Adds(pair.Mentor, pair), times: 1);

        await pair.HasBooked(first);
    }

    [Fact]
    public async Task What_of_ones_own_can_wait_one_knows_oneself()
    {
        var pair = await APair.Active(service);
        var first = await pair.NextSlot();
        _server.Has(ACalendarServer.Of((first.AddHours(-4), first.AddHours(9))));
        await IsRead(pair, await Adds(pair.Mentee, pair), times: 1);

        Assert.NotEqual(first, await pair.NextSlot());
        var session = await pair.HasBooked(first);
        await pair.Mentor.IsRefused(pair.Unit.At($"sessions/{session}/move"), new { startsAt = first.AddMinutes(30) }, 422, "busy-elsewhere");
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = first.AddMinutes(30) });
    }

    [Fact]
    public async Task The_series_goes_around_it_and_is_planned_anew_where_it_was_proposed_before()
    {
        var pair = await APair.Active(service);
        var proposed = (await pair.Mentee.Json(pair.Own("/series"))).GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("startsAt").GetDateTimeOffset()).ToArray();
        (DateTimeOffset Start, DateTimeOffset End)[] busy = [.. proposed.Select(start => (start, start.AddMinutes(30)))];
        _server.Has(ACalendarServer.Of(busy));
        await IsRead(pair, await Adds(pair.Mentee, pair), busy.Length);

        var booked = await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });

        Assert.False(booked.GetProperty("asProposed").GetBoolean());
        Assert.Equal(proposed.Length, booked.GetProperty("slots").GetArrayLength());
        Assert.All(booked.GetProperty("slots").EnumerateArray(), slot => Assert.DoesNotContain(
            busy, time => time.Start < slot.GetProperty("endsAt").GetDateTimeOffset() && slot.GetProperty("startsAt").GetDateTimeOffset() < time.End));
    }

    [Fact]
    public async Task The_invitation_to_a_session_is_not_in_its_own_way()
    {
        var pair = await APair.Active(service);
        var start = await pair.NextSlot();
        var session = await pair.HasBooked(start);
        _server.Has(ACalendarServer.Of(
            ACalendarServer.Event($"{session}@mentoring", start, start.AddHours(1)),
            ACalendarServer.Event("something@else", start.AddDays(40), start.AddDays(40).AddHours(1))));

        await IsRead(pair, await Adds(pair.Mentor, pair), times: 1);

        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(30) });
    }

    [Fact]
    public async Task Where_there_was_no_common_time_it_is_looked_for_as_soon_as_the_calendar_has_one()
    {
        var pair = await APair.Formed(service);
        var now = service.Clock.GetUtcNow();
        _server.Has(ACalendarServer.Of((now, now.AddDays(300))), "\"full\"");
        var calendar = await Adds(pair.Mentor, pair);
        await IsRead(pair, calendar, times: 1);
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        Assert.True((await service.Bus.Of<MomentumChanged>(pair.Unit)).NoCommonTime);

        _server.Has(ACalendarServer.Of((now, now.AddDays(10))), "\"freer\"");
        service.Clock.Advance(TimeSpan.FromHours(2));

        await Eventually.Holds(async () => Assert.Equal("proposed", (await pair.Mentee.Json(pair.Own("/series"))).Text("state")));
        var slots = (await pair.Mentee.Json(pair.Own("/series"))).GetProperty("slots");
        Assert.All(slots.EnumerateArray(), slot => Assert.True(slot.GetProperty("startsAt").GetDateTimeOffset() >= now.AddDays(10)));
    }

    [Fact]
    public async Task Every_hour_the_server_is_asked_whether_it_has_changed_and_once_a_month_for_all_of_it()
    {
        var pair = await APair.Formed(service);
        var start = service.Clock.GetUtcNow().AddDays(1);
        _server.Has(ACalendarServer.Of((start, start.AddHours(1))), "\"same\"");
        var calendar = await Adds(pair.Mentor, pair);
        await IsRead(pair, calendar, times: 1);
        var writtenAt = await RowsOf(pair);

        for (var hours = 0; hours < 3; hours++)
            await IsReadAgain(pair, calendar, TimeSpan.FromMinutes(91));

        Assert.Equal(4, _server.Requests.Count);
        Assert.All(_server.Requests.Skip(1), asked => Assert.Equal("\"same\"", asked.Headers["If-None-Match"]));
        Assert.Equal(writtenAt, await RowsOf(pair));
        // Time has passed, and more of the calendar is wanted.
        await IsReadAgain(pair, calendar, TimeSpan.FromDays(31));
        Assert.False(_server.Requests.Last().Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task Whole_days_move_with_the_zone_of_whoever_has_them()
    {
        var pair = await APair.Formed(service);
        var day = DateOnly.FromDateTime(service.Clock.GetUtcNow().AddDays(7).Date);
        _server.Has(ACalendarServer.Of($"BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:{day:yyyyMMdd}\r\nEND:VEVENT\r\n"), "\"same\"");
        var calendar = await Adds(pair.Mentor, pair);
        await IsRead(pair, calendar, times: 1);
        var before = await RowsOf(pair);

        await pair.Mentor.Puts(pair.Unit.At("availability/mine"), new { timeZone = "America/New_York", weekly = new[] { new { day = "monday", from = "09:00", to = "17:00" } } });
        await IsReadAgain(pair, calendar, TimeSpan.FromMinutes(91));

        Assert.NotEqual(before, await RowsOf(pair));
        Assert.Equal("00:00:00", await service.AsOwner<string>($"select (starts_at at time zone 'America/New_York')::time::text from busy_times where unit_id = '{pair.Unit.Id}'"));
    }

    [Fact]
    public async Task What_was_read_well_stands_while_the_server_fails_and_it_is_tried_less_and_less_often()
    {
        var pair = await APair.Formed(service);
        var start = service.Clock.GetUtcNow().AddDays(60);
        _server.Has(ACalendarServer.Of((start, start.AddHours(1))));
        var calendar = await Adds(pair.Mentor, pair);
        await IsRead(pair, calendar, times: 1);
        _server.Says(500);
        var pauses = new List<double>();

        for (var times = 0; times < 7; times++)
        {
            var asked = _server.Requests.Count;
            service.Clock.Set((await pair.Mentor.Json(calendar)).GetProperty("nextAt").GetDateTimeOffset());
            await Eventually.Holds(async () => Assert.True((await pair.Mentor.Json(calendar)).GetProperty("nextAt").GetDateTimeOffset() > service.Clock.GetUtcNow()));
            Assert.Equal(asked + 1, _server.Requests.Count);
            pauses.Add(((await pair.Mentor.Json(calendar)).GetProperty("nextAt").GetDateTimeOffset() - service.Clock.GetUtcNow()).TotalHours);
        }

        foreach (var (expected, pause) in new double[] { 1, 2, 4, 8, 16, 24, 24 }.Zip(pauses))
            Assert.InRange(pause, expected - 0.5, expected + 0.5);
        var failing = await pair.Mentor.Json(calendar);
        Assert.Equal(("failing", 1, "server-failed"), (failing.Text("state"), failing.GetProperty("times").GetInt32(), failing.GetProperty("trouble").Text("code")));
        Assert.NotEmpty(failing.GetProperty("trouble").Text("detail"));
        Assert.Equal(1, await Times(pair));
        _server.Has(ACalendarServer.Of((start, start.AddHours(1)), (start.AddDays(1), start.AddDays(1).AddHours(1))));
        service.Clock.Set(failing.GetProperty("nextAt").GetDateTimeOffset());
        await IsRead(pair, calendar, times: 2);
    }

    [Theory]
    [InlineData("43200", 12)]
    [InlineData("60", 1)]
    public async Task A_server_that_wants_to_be_left_alone_for_longer_is_and_one_that_wants_less_is_asked_no_sooner(string seconds, int hours)
    {
        var pair = await APair.Formed(service);
        _server.Answer = context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = seconds;
            return Task.CompletedTask;
        };

        var calendar = await Adds(pair.Mentor, pair);

        await Eventually.Holds(async () => Assert.Equal("server-failed", (await pair.Mentor.Json(calendar)).GetProperty("trouble").Text("code")));
        var pause = ((await pair.Mentor.Json(calendar)).GetProperty("nextAt").GetDateTimeOffset() - service.Clock.GetUtcNow()).TotalHours;
        Assert.InRange(pause, hours == 1 ? 0.5 : hours, hours == 1 ? 1.5 : hours);
    }

    [Theory]
    [InlineData(404, "not-found")]
    [InlineData(410, "gone")]
    public async Task One_that_stays_away_for_a_week_is_said_to_be_gone(int status, string atFirst)
    {
        var pair = await APair.Formed(service);
        _server.Says(status);
        var calendar = await Adds(pair.Mentor, pair);
        await Eventually.Holds(async () => Assert.Equal(atFirst, (await pair.Mentor.Json(calendar)).GetProperty("trouble").Text("code")));

        service.Clock.Advance(TimeSpan.FromDays(8));

        await Eventually.Holds(async () => Assert.Equal("gone", (await pair.Mentor.Json(calendar)).GetProperty("trouble").Text("code")));
        Assert.True((await pair.Mentor.Json(calendar)).GetProperty("nextAt").GetDateTimeOffset() <= service.Clock.GetUtcNow().AddDays(1));
    }

    [Fact]
    public async Task It_is_read_when_asked_for_and_not_every_second()
    {
        var pair = await APair.Formed(service);
        var calendar = await Adds(pair.Mentor, pair);
        await IsRead(pair, calendar, times: 0);

        using var soon = await pair.Mentor.PostAsync(new Uri($"{calendar}/read", UriKind.Relative), null);
        Assert.Equal((429, "60"), ((int)soon.StatusCode, soon.Headers.RetryAfter?.ToString()));
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        var asked = _server.Requests.Count;
        using var later = await pair.Mentor.PostAsync(new Uri($"{calendar}/read", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Accepted, later.StatusCode);
        await Eventually.Holds(async () => Assert.Equal(service.Clock.GetUtcNow(), (await pair.Mentor.Json(calendar)).GetProperty("readAt").GetDateTimeOffset()));
        Assert.Equal(asked + 1, _server.Requests.Count);
    }

    [Fact]
    public async Task A_removed_one_leaves_nothing_also_where_it_is_just_being_read()
    {
        var pair = await APair.Active(service);
        var first = await pair.NextSlot();
        _server.Has(ACalendarServer.Of((first.AddHours(-4), first.AddHours(9))));
        var calendar = await Adds(pair.Mentor, pair);
        await IsRead(pair, calendar, times: 1);
        Assert.NotEqual(first, await pair.NextSlot());
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _server.Answer = async context =>
        {
            asked.TrySetResult();
            await go.Task;
            await ACalendarServer.Calendar(context, ACalendarServer.Of((first, first.AddHours(2))));
        };
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await pair.Mentor.Posts(new Uri($"{calendar}/read", UriKind.Relative), new { });
        await asked.Task.WaitAsync(Eventually.Deadline);

        using var removed = await pair.Mentor.DeleteAsync(calendar);
        go.SetResult();

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await pair.Mentor.FindsNothing(calendar);
        Assert.Equal(first, await pair.NextSlot());
        // Read once more by another, after which the reading that was under way is over too.
        _server.Has(ACalendarServer.Of(Array.Empty<string>()));
        await IsRead(pair, await Adds(pair.Mentor, pair, "/another"), times: 0);
        await Eventually.Holds(async () => Assert.Equal((0, 1), (await Times(pair), await Timers(pair))));
    }

    [Fact]
    public async Task What_somebody_claimed_who_was_killed_is_read_by_the_next()
    {
        var pair = await APair.Formed(service);
        var start = service.Clock.GetUtcNow().AddDays(1);
        _server.Has(ACalendarServer.Of((start, start.AddHours(1))));
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        _server.Answer = async context =>
        {
            asked.TrySetResult();
            await never.Task;
        };
        var calendar = await Adds(pair.Mentor, pair);
        await asked.Task.WaitAsync(Eventually.Deadline);
        Assert.Equal("waiting", (await pair.Mentor.Json(calendar)).Text("state"));
        Assert.Equal(1, await Timers(pair));

        // The first will not come back before its ten seconds are over; its claim ends, as that of a dead one does.
        _server.Has(ACalendarServer.Of((start, start.AddHours(1))));
        await service.AsOwner<object>($"update platform.timers set not_before = now() - interval '1 second' where unit_id = '{pair.Unit.Id}' and name = 'calendar-reading'");

        await IsRead(pair, calendar, times: 1);
        never.SetResult();
        Assert.Equal((1, 1), (await Times(pair), await Timers(pair)));
    }

    [Fact]
    public async Task Its_address_is_nowhere_to_be_read()
    {
        var pair = await APair.Formed(service);
        using var log = service.Logs.For(_server.Secret);
        var start = service.Clock.GetUtcNow().AddDays(1);
        _server.Has(ACalendarServer.Of((start, start.AddHours(1))), "\"one\"");
        using var added = await pair.Mentor.PostAsJsonAsync(pair.Unit.At("calendars"), new { name = "Work", kind = "busy", address = _server.File });
        var said = await added.Content.ReadAsStringAsync();
        var calendar = added.Headers.Location!;
        await IsRead(pair, calendar, times: 1);
        _server.Says(500);
        await IsReadAgain(pair, calendar, TimeSpan.FromMinutes(91));
        await _server.DisposeAsync();
        service.Clock.Advance(TimeSpan.FromHours(3));
        await Eventually.Holds(async () => Assert.Equal("unreachable", (await pair.Mentor.Json(calendar)).GetProperty("trouble").Text("code")));

        Assert.Empty(await service.TracesOf(_server.Secret, "oncology", "private/"));
        Assert.Empty(log.Heard);
        Assert.True(log.Lines > 0);
        foreach (var text in new[]
        {
            said,
            (await pair.Mentor.Json(calendar)).GetRawText(),
            (await pair.Mentor.Json(pair.Unit.At("calendars"))).GetRawText(),
            (await pair.Mentor.Json(pair.Unit.At("partnerships/mine/export"))).GetRawText(),
        })
        {
            Assert.DoesNotContain(_server.Secret[..^4], text, StringComparison.Ordinal);
            Assert.Contains("127.0.0.1", text, StringComparison.Ordinal);
            Assert.Contains("\".ics\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_is_sealed_anew_once_the_master_key_has_changed_and_says_so_where_its_key_is_gone()
    {
        var pair = await APair.Formed(service);
        var calendar = await Adds(pair.Mentor, pair);
        await IsRead(pair, calendar, times: 0);
        var before = MasterKeys.KeyOf(await Sealed(pair));
        // The last by name seals.
        var key = $"{before}-later";
        service.AddMasterKey(key);
        await IsReadAgain(pair, calendar, TimeSpan.FromMinutes(91));
        Assert.Equal(key, MasterKeys.KeyOf(await Sealed(pair)));
        await service.AsOwner<object>($"update calendar_feeds set sealed_address = set_byte(sealed_address, length(sealed_address) - 1, 1 - get_byte(sealed_address, length(sealed_address) - 1) % 2) where unit_id = '{pair.Unit.Id}'");

        service.Clock.Advance(TimeSpan.FromMinutes(91));

        await Eventually.Holds(async () => Assert.Equal("key-missing", (await pair.Mentor.Json(calendar)).GetProperty("trouble").Text("code")));
        using var removed = await pair.Mentor.DeleteAsync(calendar);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }

    [Fact]
    public async Task Five_are_the_most_also_where_all_are_added_at_the_same_moment()
    {
        var pair = await APair.Formed(service);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            pair.Mentor.PostAsJsonAsync(pair.Unit.At("calendars"), new { name = $"Number {i}", kind = "busy", address = $"{_server.File}?{i}" })));

        Assert.InRange(answers.Count(answer => answer.StatusCode is HttpStatusCode.Created), 1, 5);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        for (var i = 0; i < 12 && (await pair.Mentor.Json(pair.Unit.At("calendars"))).GetProperty("items").GetArrayLength() < 5; i++)
            (await pair.Mentor.PostAsJsonAsync(pair.Unit.At("calendars"), new { name = $"Number {i}", kind = "busy", address = $"{_server.File}?more={i}" })).Dispose();
        Assert.Equal(5, (await pair.Mentor.Json(pair.Unit.At("calendars"))).GetProperty("items").GetArrayLength());
        await pair.Mentor.IsRefused(pair.Unit.At("calendars"), new { name = "One more", kind = "busy", address = $"{_server.File}?last" }, 409, "calendars-full");
        await Adds(pair.Mentee, pair);
    }

    [Fact]
    public async Task The_same_one_is_not_added_twice_and_a_repeated_request_adds_one()
    {
        var pair = await APair.Formed(service);
        var at = pair.Unit.At("calendars");
        var body = new { name = "Work", kind = "busy", address = _server.File };
        using var client = pair.Mentor;
        client.DefaultRequestHeaders.Add("Idempotency-Key", $"{Guid.CreateVersion7()}");

        var (first, second) = (await client.Posts(at, body), await client.Posts(at, body));

        Assert.Equal(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        await pair.Mentor.IsRefused(at, body, 409, "calendar-known");
        await pair.Mentor.IsRefused(at, new { name = "Work", kind = "busy", address = _server.File.Replace("http://", "http://somebody@", StringComparison.Ordinal) }, 400, "invalid");
        await pair.Mentor.IsRefused(at, new { name = "Work", kind = "busy", address = "https://192.168.1.1/a.ics" }, 400, "invalid");
        await pair.Mentor.IsRefused(at, new { name = " ", kind = "busy", address = "https://calendar.example/a.ics" }, 400, "invalid");
        await pair.Mentor.IsRefused(at, new { name = "Work", kind = "other", address = "https://calendar.example/a.ics" }, 400, "invalid");
    }

    [Fact]
    public async Task It_is_for_its_owner_alone()
    {
        var pair = await APair.Formed(service);
        var calendar = await Adds(pair.Mentor, pair);

        foreach (var other in new[] { pair.Mentee, pair.Manager, await pair.Assistant(), service.As(TestUnit.New() with { Slug = pair.Unit.Slug }, pair.MentorId) })
        {
            await other.FindsNothing(calendar);
            await other.IsRefused(new Uri($"{calendar}/read", UriKind.Relative), new { }, 404, "not-found");
            await other.IsRefused(HttpMethod.Delete, calendar, null, 404, "not-found");
            Assert.Equal(0, (await other.Json(pair.Unit.At("calendars"))).GetProperty("items").GetArrayLength());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_somebody_who_has_gone_no_calendar_is_read_any_more(bool erased)
    {
        var pair = await APair.Formed(service);
        var start = service.Clock.GetUtcNow().AddDays(1);
        _server.Has(ACalendarServer.Of((start, start.AddHours(1))));
        await IsRead(pair, await Adds(pair.Mentor, pair), times: 1);
        await IsRead(pair, await Adds(pair.Mentor, pair, "?rota", "rota"), times: 1);
        await Eventually.Holds(async () => Assert.Equal(1, await Rotas(pair)));
        await IsRead(pair, await Adds(pair.Mentee, pair), times: 1, who: pair.Mentee);

        if (erased)
            await service.Publish(pair.Unit, new PersonErased(pair.MentorId, 9));
        else
            await service.Publish(pair.Unit, new PersonLeft(pair.MentorId, 9));

        await Eventually.Holds(async () => Assert.Equal((1, 1, 0), (await Times(pair), await Timers(pair), await Rotas(pair))));
        Assert.Equal(1, (await pair.Mentee.Json(pair.Unit.At("calendars"))).GetProperty("items").GetArrayLength());
        if (erased)
            await Eventually.Holds(async () => Assert.Empty((await service.TracesOf(pair.MentorId.ToString())).Except(["platform.versions"])));
    }

    [Fact]
    public async Task A_rota_of_a_calendar_stands_for_the_weekly_hours()
    {
        var pair = await APair.Active(service);
        var monday = new DateTimeOffset(service.Clock.GetUtcNow().Date.AddDays(7), TimeSpan.Zero);
        // Late shifts on Tuesday and Thursday in Berlin, nothing else of that week.
        _server.Has(ACalendarServer.Of((monday.AddDays(1).AddHours(13), monday.AddDays(1).AddHours(21)), (monday.AddDays(3).AddHours(13), monday.AddDays(3).AddHours(21))));
        service.Clock.Set(monday);

        await IsRead(pair, await Adds(pair.Mentor, pair, kind: "rota"), times: 2);

        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = monday.AddDays(2).AddHours(10) }, 422, "outside-hours");
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = monday.AddDays(1).AddHours(10) }, 422, "outside-hours");
        Assert.Equal(monday.AddDays(1).AddHours(14).Date, (await pair.NextSlot()).Date);
        await pair.HasBooked(monday.AddDays(1).AddHours(14));
        await pair.HasBooked(monday.AddDays(4).AddHours(10));
        var export = (await pair.Mentor.Json(pair.Unit.At("partnerships/mine/export"))).GetProperty("data");
        var local = TimeZoneInfo.ConvertTime(monday.AddDays(1).AddHours(13), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal($"{local:HH:mm}", export.GetProperty("rotas")[0].GetProperty("shifts")[0].Text("from"));
        Assert.Equal("rota", export.GetProperty("calendars")[0].GetProperty("calendar").Text("kind"));
    }

    private async Task<Uri> Adds(HttpClient who, APair pair, string more = "", string kind = "busy")
    {
        using var answer = await who.PostAsJsonAsync(pair.Unit.At("calendars"), new { name = "Work", kind, address = _server.File + more });
        Assert.True(answer.StatusCode is HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    private static async Task<JsonElement> IsRead(APair pair, Uri calendar, int times, HttpClient? who = null)
    {
        JsonElement view = default;
        await Eventually.Holds(async () =>
        {
            foreach (var either in who is null ? new[] { pair.Mentor, pair.Mentee } : [who])
            {
                using var answer = await either.GetAsync(calendar);
                if (answer.IsSuccessStatusCode)
                    view = await answer.Content.ReadFromJsonAsync<JsonElement>();
            }
            Assert.Equal(("read", times), (view.Text("state"), view.GetProperty("times").GetInt32()));
        });
        return view;
    }

    private async Task IsReadAgain(APair pair, Uri calendar, TimeSpan later)
    {
        service.Clock.Advance(later);
        await Eventually.Holds(async () => Assert.True((await pair.Mentor.Json(calendar)).GetProperty("nextAt").GetDateTimeOffset() > service.Clock.GetUtcNow()));
    }

    private Task<int> Times(APair pair) => service.In(pair.Unit, db => db.BusyTimes.CountAsync());

    private Task<int> Rotas(APair pair) => service.In(pair.Unit, db => db.Rotas.CountAsync());

    private async Task<int> Timers(APair pair) =>
        (int)await service.AsOwner<long>($"select count(*) from platform.timers where unit_id = '{pair.Unit.Id}' and name = 'calendar-reading'");

    /// <summary>Which rows there are, and by which transactions they were written.</summary>
    private Task<string?> RowsOf(APair pair) => service.AsOwner<string>($"select string_agg(xmin || ' ' || starts_at || ' ' || ends_at, ',') from busy_times where unit_id = '{pair.Unit.Id}'");

    private async Task<byte[]> Sealed(APair pair) => (await service.AsOwner<byte[]>($"select sealed_address from calendar_feeds where unit_id = '{pair.Unit.Id}'"))!;
}
