using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Calendars.Providers;
using Mentoring.Scheduling.Tests.Calendars.Providers;
using Mentoring.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Calendars;

/// <summary>Through the service: what somebody's own calendar with a provider says, and what comes to stand in it.</summary>
public sealed class ConnectingAnAccount(SchedulingService service) : IAsyncDisposable
{
    public static TheoryData<string> Units => [AMicrosoft.Unit, AGoogle.Unit];

    public ValueTask DisposeAsync()
    {
        (service.Microsoft.InTheWay, service.Google.InTheWay) = (null, null);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Whom_no_provider_serves_is_told_so_and_nobody_is_asked()
    {
        var pair = await APair.Active(service);
        var asked = service.Microsoft.Requests.Count + service.Google.Requests.Count;

        var offer = await pair.Mentor.Json(pair.Unit.At("calendars/account"));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (offer.GetProperty("provider").ValueKind, offer.GetProperty("calendarId").ValueKind));
        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Unit.At("calendars/account"), new { }, 422, "no-calendar-provider");
        await pair.HasBooked();

        Assert.Empty((await service.Bus.Of<SessionBooked>(pair.Unit)).InCalendarOf!);
        Assert.Equal((asked, 0), (service.Microsoft.Requests.Count + service.Google.Requests.Count, await Timers(pair)));
    }

    [Fact]
    public async Task Somebody_with_another_mail_domain_of_the_same_unit_is_not_served()
    {
        var pair = await APair.Formed(service, unitSlug: AGoogle.Unit);
        await pair.IsKnown(pair.MentorId, "Mara Mentor", "Europe/Berlin", email: "mara@elsewhere.example", version: 2);

        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Unit.At("calendars/account"), new { }, 422, "no-calendar-provider");
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Nothing_is_read_or_entered_until_its_owner_says_so(string unit)
    {
        var pair = await APair.Active(service, unitSlug: unit);
        var first = await pair.NextSlot();
        Of(unit).Has(APair.MailOf(pair.MentorId), first.AddHours(-4), first.AddHours(9));

        var offer = await pair.Mentor.Json(pair.Unit.At("calendars/account"));
        var session = await pair.HasBooked();

        Assert.Equal((unit[..^5], APair.MailOf(pair.MentorId)), (offer.Text("provider"), offer.Text("address")));
        Assert.Equal(first, (await pair.Mentor.Json(pair.Unit.At($"sessions/{session}"))).GetProperty("startsAt").GetDateTimeOffset());
        Assert.Empty((await service.Bus.Of<SessionBooked>(pair.Unit)).InCalendarOf!);
        Assert.DoesNotContain(Of(unit).Requests, request => request.Contains($"{pair.MentorId:N}", StringComparison.Ordinal));
        Assert.Equal(0, await service.In(pair.Unit, db => db.CalendarEntries.CountAsync()));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Once_connected_nobody_is_met_while_it_says_busy_and_nothing_else_of_it_is_kept(string unit)
    {
        var pair = await APair.Active(service, unitSlug: unit);
        var provider = Of(unit);
        using var words = service.Logs.For(AProvider.Private);
        using var secrets = service.Logs.For(AMicrosoft.Secret);
        using var tokens = service.Logs.For("token-0");
        var first = await pair.NextSlot();
        provider.Has(APair.MailOf(pair.MentorId), first.AddHours(-4), first.AddHours(9));
        provider.Has(APair.MailOf(pair.MentorId), first.AddDays(300), first.AddDays(300).AddHours(1));

        var calendar = await Connects(pair.Mentor, pair);
        var view = await IsRead(pair.Mentor, calendar, times: 2);

        Assert.NotEqual(DateOnly.FromDateTime(first.Date), DateOnly.FromDateTime((await pair.NextSlot()).Date));
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = first }, 422, "busy-elsewhere");
        Assert.Equal((APair.MailOf(pair.MentorId), "nordlicht.example", ""), (view.GetProperty("account").Text("address"), view.Text("host"), view.Text("ending")));
        Assert.Equal(calendar.ToString()[^36..], (await pair.Mentor.Json(pair.Unit.At("calendars/account"))).Text("calendarId"));
        Assert.Empty(await service.TracesOf(AProvider.Private, AMicrosoft.Secret, "token-0"));
        Assert.Empty(words.Heard.Concat(secrets.Heard).Concat(tokens.Heard));
        Assert.True(words.Lines > 0);
        Assert.NotEmpty(provider.Tokens);
        // It is for its owner alone, and once.
        await pair.Mentee.FindsNothing(calendar);
        using var again = await pair.Mentor.PutAsJsonAsync(pair.Unit.At("calendars/account"), new { });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(1, (await pair.Mentor.Json(pair.Unit.At("calendars"))).GetProperty("items").GetArrayLength());
        // Five feeds may stand beside it.
        foreach (var i in Enumerable.Range(0, 5))
            (await pair.Mentor.PostAsJsonAsync(pair.Unit.At("calendars"), new { name = $"Number {i}", kind = "busy", address = $"http://127.0.0.1:1/{i}.ics" })).EnsureSuccessStatusCode().Dispose();
    }

    [Fact]
    public async Task Asked_for_several_times_at_once_it_is_connected_once()
    {
        var pair = await APair.Active(service, unitSlug: AMicrosoft.Unit);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pair.Mentor.PutAsJsonAsync(pair.Unit.At("calendars/account"), new { })));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Conflict));
        Assert.Equal(1, (await pair.Mentor.Json(pair.Unit.At("calendars"))).GetProperty("items").GetArrayLength());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task It_is_not_read_before_the_provider_wants_to_be_asked_again()
    {
        var pair = await APair.Active(service, unitSlug: AMicrosoft.Unit);
        var tries = 0;
        service.Microsoft.InTheWay = context => Says(context, 429, ref tries, after: "36000");
        var now = service.Clock.GetUtcNow();

        var calendar = await Connects(pair.Mentor, pair);

        await Eventually.Holds(async () =>
        {
            var view = await pair.Mentor.Json(calendar);
            Assert.Equal(("failing", now.AddHours(10)), (view.Text("state"), view.GetProperty("nextAt").GetDateTimeOffset()));
            Assert.Equal("throttled", view.GetProperty("trouble").Text("code"));
        });
    }

    [Fact]
    public async Task What_is_entered_while_it_is_read_is_not_in_its_own_way()
    {
        var pair = await APair.Active(service, unitSlug: AGoogle.Unit);
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        service.Google.InTheWay = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/freeBusy", StringComparison.Ordinal))
            {
                asked.TrySetResult();
                await go.Task;
            }
            return false;
        };
        var calendar = await Connects(pair.Mentor, pair);
        await asked.Task.WaitAsync(Eventually.Deadline);

        var start = await pair.NextSlot();
        await pair.HasBooked(start);
        await Eventually.Holds(() => Stands(service.Google, APair.MailOf(pair.MentorId), start));
        go.SetResult();

        await IsRead(pair.Mentor, calendar, times: 0);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task A_session_is_entered_moved_and_taken_out_once_and_is_never_in_its_own_way(string unit)
    {
        var pair = await APair.Active(service, unitSlug: unit);
        var (provider, mail) = (Of(unit), APair.MailOf(pair.MentorId));
        var calendar = await Connects(pair.Mentor, pair);
        await IsRead(pair.Mentor, calendar, times: 0);
        var start = await pair.NextSlot();

        var session = await pair.HasBooked(start);
        await Eventually.Holds(() => Stands(provider, mail, start));
        Assert.Equal([pair.MentorId], (await service.Bus.Of<SessionBooked>(pair.Unit)).InCalendarOf);
        await Shows(pair.Mentor, calendar, entered: 1);

        await IsReadAgain(pair.Mentor, calendar);
        Assert.Equal(0, (await pair.Mentor.Json(calendar)).GetProperty("times").GetInt32());
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(30) });
        await Eventually.Holds(() => Stands(provider, mail, start.AddMinutes(30)));
        Assert.Equal([pair.MentorId], (await service.Bus.Of<SessionMoved>(pair.Unit)).InCalendarOf);

        await pair.Cancels(pair.Mentee, session);
        await Eventually.Holds(() => Stands(provider, mail));
        Assert.Equal([pair.MentorId], (await service.Bus.Of<SessionCancelled>(pair.Unit)).InCalendarOf);
        await Eventually.Holds(async () => Assert.Equal((0, 0), (await Timers(pair), await service.In(pair.Unit, db => db.CalendarEntries.CountAsync()))));
        // The other has not connected theirs.
        Assert.DoesNotContain(provider.Requests, request => request.Contains($"{pair.MenteeId:N}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AMicrosoft.Unit, "mentee")]
    [InlineData(AGoogle.Unit, "mentee")]
    [InlineData(AGoogle.Unit, "platform")]
    public async Task A_whole_series_stands_in_the_calendars_of_both(string unit, string booking)
    {
        var pair = await APair.Formed(service, booking, unitSlug: unit);
        await Connects(pair.Mentor, pair);
        var calendar = await Connects(pair.Mentee, pair);
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        if (booking == "mentee")
        {
            await Eventually.Holds(async () => Assert.Equal("proposed", (await pair.Mentee.Json(pair.Own("/series"))).Text("state")));
            await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });
        }

        await Eventually.Holds(async () => Assert.NotEmpty(await pair.Booked()));
        var starts = (await pair.Mentee.Json(pair.Own("/series"))).GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("startsAt").GetDateTimeOffset()).ToArray();
        foreach (var person in new[] { pair.MentorId, pair.MenteeId })
            await Eventually.Holds(() => Stands(Of(unit), APair.MailOf(person), starts));
        await Shows(pair.Mentee, calendar, entered: starts.Length);
        await Eventually.Holds(() =>
        {
            Assert.All(service.Bus.All<SessionBooked>(pair.Unit), fact => Assert.Equal(2, fact.InCalendarOf?.Count));
            Assert.Equal(starts.Length, service.Bus.All<SessionBooked>(pair.Unit).Count);
            return Task.CompletedTask;
        });

        // Ends with the pair, without a word of who ended it.
        using var ended = await pair.Mentor.PostAsJsonAsync(pair.Own("/end"), new { });
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        foreach (var person in new[] { pair.MentorId, pair.MenteeId })
            await Eventually.Holds(() => Stands(Of(unit), APair.MailOf(person)));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Who_is_killed_after_the_provider_has_entered_it_enters_no_second_one(string unit)
    {
        var pair = await APair.Active(service, unitSlug: unit);
        var (provider, mail) = (Of(unit), APair.MailOf(pair.MentorId));
        var calendar = await Connects(pair.Mentor, pair);
        var (done, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (holds, start) = (true, await pair.NextSlot());
        // The first request that enters it is done, and its answer never comes.
        provider.InTheWay = context =>
        {
            if (holds && context.Request.Method == "POST" && context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal))
            {
                holds = false;
                context.Response.OnStarting(() =>
                {
                    done.TrySetResult();
                    return never.Task;
                });
            }
            return Task.FromResult(false);
        };
        await pair.HasBooked(start);
        await done.Task.WaitAsync(Eventually.Deadline);
        Assert.Single(provider.Entered(mail));
        Assert.Null(await service.In(pair.Unit, db => db.CalendarEntries.Select(entry => entry.StartsAt).SingleAsync()));
        Assert.Equal(1, await Timers(pair));

        // What the dead one had claimed is free again.
        await service.AsOwner<object>($"update platform.timers set not_before = now() - interval '1 second' where unit_id = '{pair.Unit.Id}' and name = 'calendar-entry'");
        await service.AsOwner<object>($"update calendar_entries set claimed_until = now() - interval '1 second' where unit_id = '{pair.Unit.Id}'");

        await Shows(pair.Mentor, calendar, entered: 1);
        await Stands(provider, mail, start);
        never.SetResult();
        await Eventually.Holds(async () => Assert.Equal(0, await Timers(pair)));
        await Stands(provider, mail, start);
    }

    [Fact]
    public async Task A_change_waits_for_the_one_before_it_and_what_was_said_last_stands()
    {
        var pair = await APair.Active(service, unitSlug: AGoogle.Unit);
        var (provider, mail) = (service.Google, APair.MailOf(pair.MentorId));
        await Connects(pair.Mentor, pair);
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        provider.InTheWay = async context =>
        {
            if (context.Request.Method == "POST" && context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal))
            {
                asked.TrySetResult();
                await go.Task;
            }
            return false;
        };
        var start = await pair.NextSlot();
        var session = await pair.HasBooked(start);
        await asked.Task.WaitAsync(Eventually.Deadline);

        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(30) });
        await Eventually.Holds(async () => Assert.Equal(1L, await service.AsOwner<long>(
            $"select count(*) from platform.timers where unit_id = '{pair.Unit.Id}' and name = 'calendar-entry' and key like '% 2' and due_at > '{service.Clock.GetUtcNow():O}'")));
        Assert.DoesNotContain(provider.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal) && request.EndsWith(GoogleCalendars.EntryId(session), StringComparison.Ordinal));
        go.SetResult();
        await Eventually.Holds(() => Stands(provider, mail, start));
        await Eventually.Holds(async () => Assert.Equal(1, await Timers(pair)));
        service.Clock.Advance(TimeSpan.FromSeconds(5));

        await Eventually.Holds(() => Stands(provider, mail, start.AddMinutes(30)));
        await Eventually.Holds(async () => Assert.Equal(0, await Timers(pair)));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task While_the_provider_is_away_it_is_tried_later_and_later_and_done_when_it_is_back(string unit)
    {
        var pair = await APair.Active(service, unitSlug: unit);
        var (provider, mail) = (Of(unit), APair.MailOf(pair.MentorId));
        var calendar = await Connects(pair.Mentor, pair);
        await IsRead(pair.Mentor, calendar, times: 0);
        var tries = 0;
        provider.InTheWay = context => Says(context, 503, ref tries, after: "600");
        var start = await pair.NextSlot();

        var session = await pair.HasBooked(start);
        var account = await Shows(pair.Mentor, calendar, entered: 0, waiting: 1);
        Assert.Equal("throttled", account.GetProperty("trouble").Text("code"));
        // Ten minutes it wants to be left alone, by a newer change as well.
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(30) });
        await Eventually.Holds(async () => Assert.Equal(2L, await Due(pair, service.Clock.GetUtcNow().AddMinutes(10))));
        Assert.Equal(1, tries);

        provider.InTheWay = null;
        service.Clock.Advance(TimeSpan.FromMinutes(10));

        await Eventually.Holds(() => Stands(provider, mail, start.AddMinutes(30)));
        await Shows(pair.Mentor, calendar, entered: 1);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task After_a_day_it_is_given_up_and_seen_and_the_next_change_comes_by_mail(string unit)
    {
        var pair = await APair.Active(service, unitSlug: unit);
        var (provider, mail) = (Of(unit), APair.MailOf(pair.MentorId));
        var calendar = await Connects(pair.Mentor, pair);
        await IsRead(pair.Mentor, calendar, times: 0);
        var tries = 0;
        provider.InTheWay = context => context.Request.Method == "GET" || context.Request.Path.Value!.Contains("/events", StringComparison.Ordinal) ? Says(context, 500, ref tries) : Task.FromResult(false);
        var start = Day(3);
        var session = await pair.HasBooked(start);
        await Shows(pair.Mentor, calendar, entered: 0, waiting: 1);

        await GivesUp(pair, () => tries);

        var account = await Shows(pair.Mentor, calendar, entered: 0, givenUp: 1);
        Assert.Equal("server-failed", account.GetProperty("trouble").Text("code"));
        Assert.InRange(tries, 8, 12);
        provider.InTheWay = null;
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(30) });
        Assert.Empty((await service.Bus.Of<SessionMoved>(pair.Unit)).InCalendarOf!);
        await Eventually.Holds(async () => Assert.Equal(0, await Timers(pair)));
        await Stands(provider, mail);
        // The one after that is entered as ever.
        var next = Day(4);
        await pair.HasBooked(next);
        await Eventually.Holds(() => Stands(provider, mail, next));
    }

    [Fact]
    public async Task A_move_that_was_given_up_is_seen_and_made_good_by_the_next()
    {
        var pair = await APair.Active(service, unitSlug: AMicrosoft.Unit);
        var (provider, mail) = (service.Microsoft, APair.MailOf(pair.MentorId));
        var calendar = await Connects(pair.Mentor, pair);
        await IsRead(pair.Mentor, calendar, times: 0);
        var start = Day(3);
        var session = await pair.HasBooked(start);
        await Eventually.Holds(() => Stands(provider, mail, start));
        await Shows(pair.Mentor, calendar, entered: 1);
        var tries = 0;
        provider.InTheWay = context => context.Request.Method is "GET" ? Says(context, 403, ref tries) : Task.FromResult(false);

        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(30) });
        await Shows(pair.Mentor, calendar, entered: 0, waiting: 1);
        await GivesUp(pair, () => tries);
        Assert.Equal("access-refused", (await Shows(pair.Mentor, calendar, entered: 0, givenUp: 1)).GetProperty("trouble").Text("code"));
        await Stands(provider, mail, start);

        provider.InTheWay = null;
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(60) });
        await Eventually.Holds(() => Stands(provider, mail, start.AddMinutes(60)));
        Assert.All(service.Bus.All<SessionMoved>(pair.Unit), fact => Assert.Equal([pair.MentorId], fact.InCalendarOf));
        await Shows(pair.Mentor, calendar, entered: 1);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task What_its_owner_deletes_is_not_entered_again_and_the_next_change_comes_by_mail(string unit)
    {
        var pair = await APair.Active(service, unitSlug: unit);
        var (provider, mail) = (Of(unit), APair.MailOf(pair.MentorId));
        var calendar = await Connects(pair.Mentor, pair);
        var start = await pair.NextSlot();
        var session = await pair.HasBooked(start);
        await Shows(pair.Mentor, calendar, entered: 1);
        provider.Deletes(mail);

        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(30) });
        Assert.Equal("entry-gone", (await Shows(pair.Mentor, calendar, entered: 0, givenUp: 1)).GetProperty("trouble").Text("code"));
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(60) });

        Assert.Empty((await service.Bus.Of<SessionMoved>(pair.Unit, fact => fact.Sequence == 2)).InCalendarOf!);
        await Eventually.Holds(async () => Assert.Equal(0, await Timers(pair)));
        await Stands(provider, mail);
    }

    [Fact]
    public async Task Out_of_a_calendar_that_is_no_more_nothing_needs_to_be_taken()
    {
        var pair = await APair.Active(service, unitSlug: AMicrosoft.Unit);
        var calendar = await Connects(pair.Mentor, pair);
        var session = await pair.HasBooked();
        await Shows(pair.Mentor, calendar, entered: 1);
        var tries = 0;
        service.Microsoft.InTheWay = context => Says(context, 404, ref tries);

        await pair.Cancels(pair.Mentee, session);

        await Eventually.Holds(async () => Assert.Equal((0, 0), (await Timers(pair), await service.In(pair.Unit, db => db.CalendarEntries.CountAsync()))));
        Assert.True(tries > 0);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Whoever_removes_it_has_the_sessions_to_come_taken_out_and_hears_of_changes_by_mail(string unit)
    {
        var pair = await APair.Active(service, unitSlug: unit);
        var (provider, mail) = (Of(unit), APair.MailOf(pair.MentorId));
        var calendar = await Connects(pair.Mentor, pair);
        var other = await Connects(pair.Mentee, pair);
        var start = await pair.NextSlot();
        provider.Has(mail, start.AddDays(1), start.AddDays(1).AddHours(2));
        var session = await pair.HasBooked(start);
        await Shows(pair.Mentor, calendar, entered: 1);
        await Shows(pair.Mentee, other, entered: 1);

        using var removed = await pair.Mentor.DeleteAsync(calendar);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await Eventually.Holds(() => Stands(provider, mail));
        await Stands(provider, APair.MailOf(pair.MenteeId), start);
        await pair.Mentor.FindsNothing(calendar);
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start.AddMinutes(30) });
        Assert.Equal([pair.MenteeId], (await service.Bus.Of<SessionMoved>(pair.Unit)).InCalendarOf);
        await Eventually.Holds(() => Stands(provider, APair.MailOf(pair.MenteeId), start.AddMinutes(30)));
        await Stands(provider, mail);
        // Connected again, it is for what is booked from then on.
        await IsRead(pair.Mentor, await Connects(pair.Mentor, pair), times: 1);
        await Stands(provider, mail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_gone_is_read_no_more_and_what_the_other_had_entered_is_taken_out(bool erased)
    {
        var pair = await APair.Active(service, unitSlug: AGoogle.Unit);
        var (provider, mail) = (service.Google, APair.MailOf(pair.MentorId));
        var calendar = await Connects(pair.Mentor, pair);
        var other = await Connects(pair.Mentee, pair);
        await IsRead(pair.Mentor, calendar, times: 0);
        await pair.HasBooked();
        await Shows(pair.Mentor, calendar, entered: 1);
        await Shows(pair.Mentee, other, entered: 1);

        if (erased)
            await service.Publish(pair.Unit, new PersonErased(pair.MentorId, 9));
        else
            await service.Publish(pair.Unit, new PersonLeft(pair.MentorId, 9));

        await Eventually.Holds(() => Stands(provider, APair.MailOf(pair.MenteeId)));
        if (!erased)
            await Eventually.Holds(() => Stands(provider, mail));
        // Leaving has two reasons to take it out, and the second waits for the first.
        service.Clock.Advance(TimeSpan.FromSeconds(5));
        await Eventually.Holds(async () => Assert.Equal((0, 0), (await Timers(pair), await service.In(pair.Unit, db => db.CalendarEntries.CountAsync()))));
        if (erased)
            await Eventually.Holds(async () => Assert.Empty((await service.TracesOf(pair.MentorId.ToString(), mail)).Except(["platform.versions"])));
        else
            await Eventually.Holds(async () => Assert.Equal((1, null), (
                await service.In(pair.Unit, db => db.CalendarFeeds.CountAsync()),
                await service.In(pair.Unit, db => db.People.Where(person => person.Id == pair.MentorId).Select(person => person.Email).SingleAsync()))));
    }

    [Fact]
    public async Task Another_mail_address_is_another_account_which_its_owner_says_yes_to_anew()
    {
        var pair = await APair.Active(service, unitSlug: AMicrosoft.Unit);
        var (provider, mail, other) = (service.Microsoft, APair.MailOf(pair.MentorId), $"other-{pair.MentorId:N}@nordlicht.example");
        var calendar = await Connects(pair.Mentor, pair);
        await IsRead(pair.Mentor, calendar, times: 0);
        var (start, next) = (Day(2), Day(3));
        await pair.HasBooked(start);
        await Eventually.Holds(() => Stands(provider, mail, start));
        await pair.IsKnown(pair.MentorId, "Mara Mentor", "Europe/Berlin", email: other, version: 2);

        await pair.HasBooked(next);
        service.Clock.Advance(TimeSpan.FromMinutes(91));
        await Eventually.Holds(async () => Assert.Equal("address-changed", (await pair.Mentor.Json(calendar)).GetProperty("trouble").Text("code")));
        Assert.Empty((await service.Bus.Of<SessionBooked>(pair.Unit, fact => fact.StartsAt == next)).InCalendarOf!);

        var anew = await Connects(pair.Mentor, pair);
        Assert.NotEqual(calendar, anew);
        await Eventually.Holds(() => Stands(provider, mail));
        await IsRead(pair.Mentor, anew, times: 0);
        var last = Day(4);
        await pair.HasBooked(last);
        await Eventually.Holds(() => Stands(provider, other, last));
    }

    [Fact]
    public async Task It_is_among_what_its_owner_takes_along()
    {
        var pair = await APair.Active(service, unitSlug: AMicrosoft.Unit);
        await Connects(pair.Mentor, pair);
        await pair.HasBooked();

        var export = (await pair.Mentor.Json(pair.Unit.At("partnerships/mine/export"))).GetProperty("data");

        Assert.Equal(APair.MailOf(pair.MentorId), export.Text("email"));
        Assert.Equal(APair.MailOf(pair.MentorId), Assert.Single(export.GetProperty("calendars").EnumerateArray()).GetProperty("calendar").GetProperty("account").Text("address"));
        Assert.DoesNotContain(APair.MailOf(pair.MentorId), (await pair.Mentee.Json(pair.Unit.At("partnerships/mine/export"))).GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>At eleven in Berlin, so many days after the Monday on which the pair was formed.</summary>
    private DateTimeOffset Day(int days)
    {
        var today = service.Clock.GetUtcNow().UtcDateTime.Date;
        return new DateTimeOffset(today, TimeSpan.Zero).AddDays(days - ((int)today.DayOfWeek + 6) % 7).AddHours(10);
    }

    private AProvider Of(string unit) => unit == AMicrosoft.Unit ? service.Microsoft : service.Google;

    private static async Task<Uri> Connects(HttpClient who, APair pair)
    {
        using var answer = await who.PutAsJsonAsync(pair.Unit.At("calendars/account"), new { });
        Assert.True(answer.StatusCode is HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    private static async Task<JsonElement> IsRead(HttpClient who, Uri calendar, int times)
    {
        JsonElement view = default;
        await Eventually.Holds(async () =>
        {
            view = await who.Json(calendar);
            Assert.Equal(("read", times), (view.Text("state"), view.GetProperty("times").GetInt32()));
        });
        return view;
    }

    private async Task IsReadAgain(HttpClient who, Uri calendar)
    {
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await who.Posts(new Uri($"{calendar}/read", UriKind.Relative), new { });
        await Eventually.Holds(async () => Assert.Equal(service.Clock.GetUtcNow(), (await who.Json(calendar)).GetProperty("readAt").GetDateTimeOffset()));
    }

    private static async Task<JsonElement> Shows(HttpClient who, Uri calendar, int entered, int waiting = 0, int givenUp = 0)
    {
        JsonElement account = default;
        await Eventually.Holds(async () =>
        {
            account = (await who.Json(calendar)).GetProperty("account");
            Assert.Equal((entered, waiting, givenUp), (account.GetProperty("entered").GetInt32(), account.GetProperty("waiting").GetInt32(), account.GetProperty("givenUp").GetInt32()));
            Assert.Equal(waiting + givenUp == 0, account.GetProperty("trouble").ValueKind is JsonValueKind.Null);
        });
        return account;
    }

    /// <summary>A step of the clock for each attempt, until nothing is tried any more.</summary>
    private async Task GivesUp(APair pair, Func<int> tries)
    {
        for (var left = 20; await Timers(pair) > 0; left--)
        {
            Assert.True(left > 0, "It is tried for ever.");
            var before = tries();
            service.Clock.Advance(TimeSpan.FromHours(3));
            await Eventually.Holds(async () => Assert.True(tries() > before || await Timers(pair) == 0));
            await Eventually.Holds(async () => Assert.Equal(0L, await Due(pair, service.Clock.GetUtcNow(), before: true)));
        }
    }

    private static Task<bool> Says(HttpContext context, int status, ref int tries, string? after = null)
    {
        Interlocked.Increment(ref tries);
        context.Response.StatusCode = status;
        if (after is not null)
            context.Response.Headers.RetryAfter = after;
        return Task.FromResult(true);
    }

    private static Task Stands(AProvider provider, string mail, params DateTimeOffset[] starts)
    {
        Assert.Equal(starts.Order(), provider.Entered(mail).Select(entry => entry.Start).Order());
        return Task.CompletedTask;
    }

    private async Task<int> Timers(APair pair) => (int)await service.AsOwner<long>($"select count(*) from platform.timers where unit_id = '{pair.Unit.Id}' and name = 'calendar-entry'");

    private Task<long> Due(APair pair, DateTimeOffset at, bool before = false) => service.AsOwner<long>(
        $"select count(*) from platform.timers where unit_id = '{pair.Unit.Id}' and name = 'calendar-entry' and due_at {(before ? "<=" : "=")} '{at:O}'");
}
