using System.Globalization;
using System.Text;
using System.Text.Json;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Tests.Momentum;

public sealed class ClimbingTheLadder(SchedulingService service)
{
    [Fact]
    public async Task Two_cancellations_in_a_row_call_the_mentee_then_the_manager_then_the_sponsor_each_once()
    {
        var pair = await APair.Meeting(service);
        var monday = service.Clock.GetUtcNow();
        await MenteeCancelsTwo(pair);

        var toMentee = await Alarm(pair, AlarmStep.Mentee);
        Assert.Equal(3, toMentee.Slots.Count);
        Assert.All(toMentee.Slots, slot => Assert.True(slot > service.Clock.GetUtcNow()));

        service.Clock.Set(monday.AddDays(3).AddMinutes(-1));
        await HearsTheSameAgain(pair);
        Assert.Empty(Alarms(pair, AlarmStep.ProgrammeManager));
        service.Clock.Set(monday.AddDays(3));
        var toManager = await Alarm(pair, AlarmStep.ProgrammeManager);
        Assert.NotEmpty(toManager.Reasons);

        service.Clock.Advance(TimeSpan.FromDays(7));
        await Alarm(pair, AlarmStep.Sponsor);

        await HearsTheSameAgain(pair);
        service.Clock.Advance(TimeSpan.FromDays(2));
        await HearsTheSameAgain(pair);
        Assert.All(Enum.GetValues<AlarmStep>(), step => Assert.Single(Alarms(pair, step)));
        Assert.Equal(0, await service.TimersOf(pair.Id, "momentum-alarm"));
    }

    /// <summary>From the first cancellation to the mentee's answer, as the programme manager reads it; <c>UPDATE_SNAPSHOTS=1</c> writes it anew.</summary>
    [Fact]
    public async Task Its_timeline_is_the_one_that_is_written_down()
    {
        var pair = await APair.Meeting(service);
        var monday = service.Clock.GetUtcNow();
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var standing = await pair.Booked();
        service.Clock.Advance(TimeSpan.FromHours(1));
        await pair.Cancels(pair.Mentee, standing[0]);
        service.Clock.Advance(TimeSpan.FromHours(5));
        await pair.Cancels(pair.Mentee, standing[1]);
        var alarm = await Alarm(pair, AlarmStep.Mentee);
        service.Clock.Advance(TimeSpan.FromDays(3));
        await Alarm(pair, AlarmStep.ProgrammeManager);
        service.Clock.Advance(TimeSpan.FromDays(7));
        await Alarm(pair, AlarmStep.Sponsor);
        service.Clock.Advance(TimeSpan.FromHours(2));
        await pair.HasBooked();
        await Eventually.Holds(async () => Assert.Equal(0, await service.In(pair.Unit, db => db.Momentum.CountAsync(momentum => momentum.Alarm != null))));

        var told = new StringBuilder("A pair that meets every two weeks. The mentee calls off two sessions on a Monday; what happens then, by the clock alone.\n");
        foreach (var transition in await Transitions(pair.Manager, pair.Unit.At($"momentum/{pair.Id}/transitions")))
        {
            var (at, step) = (transition.GetProperty("at").GetDateTimeOffset(), transition.GetProperty("alarm").GetString());
            var since = at - monday;
            told.Append(CultureInfo.InvariantCulture, $"\nDay {since.Days,2}, {at:ddd}, after {since.Hours} h  {transition.Text("momentum")}{(step is null ? "" : $", told to the {step.Replace('-', ' ')}")}\n");
            foreach (var reason in transition.GetProperty("reasons").EnumerateArray())
                told.Append(CultureInfo.InvariantCulture, $"    {reason.GetString()}\n");
            if (step == "mentee")
                told.Append(CultureInfo.InvariantCulture, $"    Offered to the mentee: {string.Join(", ", alarm.Slots.Select(slot => $"{Instant.FromDateTimeOffset(slot).InZone(berlin):ddd HH:mm}"))}\n");
        }
        var file = Path.Combine(Servers.Root, "tests", "Scheduling.Tests", "Momentum", "ladder.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, told.ToString());
        Assert.Equal(await File.ReadAllTextAsync(file), told.ToString());
    }

    [Fact]
    public async Task Each_change_has_a_higher_version_than_the_one_before()
    {
        var pair = await APair.Meeting(service);
        var monday = service.Clock.GetUtcNow();
        await MenteeCancelsTwo(pair);
        await Alarm(pair, AlarmStep.Mentee);
        service.Clock.Set(monday.AddDays(3));
        await Alarm(pair, AlarmStep.ProgrammeManager);

        var versions = service.Bus.All<MomentumChanged>(pair.Unit).Select(fact => fact.Version).ToArray();
        Assert.Equal(versions.Distinct().Count(), versions.Length);
        Assert.True(Alarms(pair, AlarmStep.Mentee)[0].Version < Alarms(pair, AlarmStep.ProgrammeManager)[0].Version);
    }

    [Fact]
    public async Task Booking_one_of_the_offered_slots_ends_it()
    {
        var pair = await APair.Meeting(service);
        await MenteeCancelsTwo(pair);
        var alarm = await Alarm(pair, AlarmStep.Mentee);
        service.Clock.Advance(TimeSpan.FromMinutes(10));

        await pair.HasBooked(alarm.Slots[0]);

        await Eventually.Holds(async () => Assert.Equal(0, await service.TimersOf(pair.Id, "momentum-alarm")));
        var board = (await pair.Manager.Json(pair.Unit.At($"momentum?programme={pair.Slug}"))).GetProperty("items")[0];
        Assert.Equal(System.Text.Json.JsonValueKind.Null, board.GetProperty("alarm").ValueKind);
    }

    [Fact]
    public async Task A_session_that_the_mentor_moves_does_not_end_it()
    {
        var pair = await APair.Meeting(service);
        var monday = service.Clock.GetUtcNow();
        var standing = await pair.Booked();
        await MenteeCancelsTwo(pair);
        var alarm = await Alarm(pair, AlarmStep.Mentee);
        service.Clock.Advance(TimeSpan.FromMinutes(10));

        // Once to another day, and once in between the two that were cancelled, where a session that stands would break their row.
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{standing[3]}/move"), new { startsAt = alarm.Slots[2] });
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{standing[2]}/move"), new { startsAt = alarm.Slots[1] });
        foreach (var moved in await Moves(pair, 2))
            await Hears(pair, moved, "weigh-momentum-when-session-moved");

        Assert.Equal(1, await service.TimersOf(pair.Id, "momentum-alarm"));
        service.Clock.Set(monday.AddDays(3));
        await Alarm(pair, AlarmStep.ProgrammeManager);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_the_mentee_or_a_delegate_moves_ends_it(bool byDelegate)
    {
        var pair = await APair.Meeting(service);
        var standing = await pair.Booked();
        await MenteeCancelsTwo(pair);
        var alarm = await Alarm(pair, AlarmStep.Mentee);
        service.Clock.Advance(TimeSpan.FromMinutes(10));

        await (byDelegate ? await pair.Assistant() : pair.Mentee).Posts(pair.Unit.At($"sessions/{standing[2]}/move"), new { startsAt = alarm.Slots[2] });
        // What the mentor moves afterwards does not take that back.
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{standing[2]}/move"), new { startsAt = alarm.Slots[1] });

        await Eventually.Holds(async () => Assert.Equal(0, await service.TimersOf(pair.Id, "momentum-alarm")));
    }

    [Fact]
    public async Task Where_the_platform_books_what_the_mentor_books_does_not_end_it()
    {
        var pair = await APair.Active(service, booking: "platform");
        await MenteeCancelsTwo(pair);
        var alarm = await Alarm(pair, AlarmStep.Mentee);
        service.Clock.Advance(TimeSpan.FromMinutes(10));

        var session = (await pair.Mentor.Posts(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = alarm.Slots[0] })).GetProperty("id").GetGuid();
        var fact = await service.Bus.Of<SessionBooked>(pair.Unit, booked => booked.SessionId == session);
        await Hears(pair, fact, "weigh-momentum-when-session-booked");

        Assert.Equal(1, await service.TimersOf(pair.Id, "momentum-alarm"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"day":"friday","from":"16:00","to":"17:00"}]""")]
    public async Task Empty_or_rare_hours_of_the_mentee_do_not_put_the_manager_off(string weekly)
    {
        var pair = await APair.Meeting(service);
        var monday = service.Clock.GetUtcNow();
        await pair.Mentee.Puts(pair.Unit.At("availability/mine"), new { timeZone = "Europe/Berlin", weekly = JsonSerializer.Deserialize<JsonElement>(weekly) });
        await MenteeCancelsTwo(pair);
        await Alarm(pair, AlarmStep.Mentee);

        service.Clock.Set(monday.AddDays(3));

        await Alarm(pair, AlarmStep.ProgrammeManager);
    }

    [Fact]
    public async Task Days_off_that_the_mentee_named_are_waited_for()
    {
        var pair = await APair.Meeting(service);
        var monday = service.Clock.GetUtcNow();
        var exceptions = new[] { 1, 2 }.Select(days => new { date = DateOnly.FromDateTime(monday.AddDays(days).Date), reason = "Away" });
        await pair.Mentee.Puts(pair.Unit.At("availability/mine"), new { timeZone = "Europe/Berlin", weekly = Array.Empty<object>(), exceptions });
        await MenteeCancelsTwo(pair);
        await Alarm(pair, AlarmStep.Mentee);

        // Three working days, two days off and a weekend, on the mentee's clock, which may change in it.
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        var due = Instant.FromDateTimeOffset(monday).InZone(berlin).LocalDateTime.PlusWeeks(1).InZoneStrictly(berlin).ToInstant().ToDateTimeOffset();
        service.Clock.Set(due.AddMinutes(-1));
        await HearsTheSameAgain(pair);
        Assert.Empty(Alarms(pair, AlarmStep.ProgrammeManager));
        service.Clock.Set(due);
        await Alarm(pair, AlarmStep.ProgrammeManager);
    }

    [Fact]
    public async Task Every_transition_is_kept_with_its_reasons_for_the_programme_manager()
    {
        var pair = await APair.Meeting(service);
        var at = pair.Unit.At($"momentum/{pair.Id}/transitions");
        var monday = service.Clock.GetUtcNow();
        await MenteeCancelsTwo(pair);
        await Alarm(pair, AlarmStep.Mentee);
        service.Clock.Set(monday.AddDays(3));
        await Alarm(pair, AlarmStep.ProgrammeManager);
        service.Clock.Advance(TimeSpan.FromDays(7));
        await Alarm(pair, AlarmStep.Sponsor);
        service.Clock.Advance(TimeSpan.FromMinutes(10));
        await pair.HasBooked();
        await Eventually.Holds(async () => Assert.Equal(JsonValueKind.Null, (await Transitions(pair.Manager, at))[^1].GetProperty("alarm").ValueKind));

        var transitions = await Transitions(pair.Manager, at);
        Assert.Equal(
            [null, "mentee", "programme-manager", "sponsor", null],
            transitions.Select(transition => transition.GetProperty("alarm").GetString()).Where((alarm, i) => i == 0 || alarm != transitions[i - 1].GetProperty("alarm").GetString()));
        Assert.All(transitions, transition => Assert.NotEqual(0, transition.GetProperty("reasons").GetArrayLength()));
        Assert.Equal("The two have just begun.", transitions[0].GetProperty("reasons")[0].GetString());
        Assert.Equal("A new time has been booked on the mentee's side.", transitions[^1].GetProperty("reasons")[0].GetString());
        Assert.Equal(transitions.Select(transition => transition.GetProperty("at").GetDateTimeOffset()).Order(), transitions.Select(transition => transition.GetProperty("at").GetDateTimeOffset()));
        Assert.All(transitions, transition => Assert.DoesNotContain("Mentee", string.Join(' ', transition.GetProperty("reasons").EnumerateArray()), StringComparison.Ordinal));

        // A page at a time gives the same.
        var paged = new List<JsonElement>();
        for (string? next = ""; next is not null;)
        {
            var page = await pair.Manager.Json(pair.Unit.At($"momentum/{pair.Id}/transitions?limit=1{next}"));
            paged.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString() is { } after ? $"&after={Uri.EscapeDataString(after)}" : null;
        }
        Assert.Equal(transitions.Select(transition => transition.GetRawText()), paged.Select(transition => transition.GetRawText()));
        foreach (var one in new[] { pair.Mentor, pair.Mentee, await pair.Assistant() })
            await one.IsRefused(HttpMethod.Get, at, null, 403, "role-missing");
        await service.As(pair.Unit, Guid.CreateVersion7(), [], (Guid.CreateVersion7(), Tenancy.Roles.ProgrammeManager)).FindsNothing(at);
    }

    [Fact]
    public async Task Two_in_a_row_that_the_mentee_missed_call_as_two_cancellations_do()
    {
        var pair = await APair.Meeting(service);
        var second = (await pair.Mentee.Json(pair.Unit.At($"sessions/{(await pair.Booked())[1]}"))).GetProperty("endsAt").GetDateTimeOffset();

        // A day until the question, three until it counts as missed.
        service.Clock.Set(second.AddDays(1));
        await service.Bus.Of<SessionUnconfirmed>(pair.Unit, asked => asked.StartsAt > second.AddHours(-2));
        service.Clock.Advance(TimeSpan.FromDays(3));

        await Alarm(pair, AlarmStep.Mentee);
        Assert.Equal(2, service.Bus.All<SessionMissed>(pair.Unit).Count);
    }

    [Fact]
    public async Task Facts_that_come_round_in_any_order_change_nothing()
    {
        var pair = await APair.Meeting(service);
        var standing = await pair.Booked();
        await MenteeCancelsTwo(pair);
        var alarm = await Alarm(pair, AlarmStep.Mentee);
        service.Clock.Advance(TimeSpan.FromMinutes(10));
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{standing[2]}/move"), new { startsAt = alarm.Slots[2] });
        await Moves(pair, 1);
        var before = await service.In(pair.Unit, db => db.Momentum.AsNoTracking().SingleAsync());

        var facts = service.Bus.All<SessionBooked>(pair.Unit).Cast<object>().Concat(service.Bus.All<SessionCancelled>(pair.Unit)).Concat(service.Bus.All<SessionMoved>(pair.Unit)).ToArray();
        new Random(7).Shuffle(facts);
        foreach (var fact in facts)
        {
            await (fact switch
            {
                SessionBooked booked => Hears(pair, booked, "weigh-momentum-when-session-booked"),
                SessionCancelled cancelled => Hears(pair, cancelled, "weigh-momentum-when-session-cancelled"),
                SessionMoved moved => Hears(pair, moved, "weigh-momentum-when-session-moved"),
                _ => throw new ArgumentOutOfRangeException(nameof(fact)),
            });
        }

        var after = await service.In(pair.Unit, db => db.Momentum.AsNoTracking().SingleAsync());
        Assert.Equal((before.Version, before.Level, before.Alarm, before.AlarmSince), (after.Version, after.Level, after.Alarm, after.AlarmSince));
        Assert.Equal(1, await service.TimersOf(pair.Id, "momentum-alarm"));
    }

    [Fact]
    public async Task Two_cancellations_by_the_mentor_call_nobody()
    {
        var pair = await APair.Meeting(service);
        var sessions = await pair.Booked();
        await pair.Cancels(pair.Mentor, sessions[0]);
        await pair.Cancels(pair.Mentor, sessions[1]);

        await Eventually.Holds(() =>
        {
            Assert.Equal(2, service.Bus.All<SessionCancelled>(pair.Unit).Count);
            return Task.CompletedTask;
        });
        await HearsTheSameAgain(pair);
        Assert.DoesNotContain(service.Bus.All<MomentumChanged>(pair.Unit), fact => fact.Alarm is not null);
    }

    [Fact]
    public async Task The_board_shows_the_pair_with_its_reasons_to_the_programme_manager_alone()
    {
        var pair = await APair.Meeting(service);
        await MenteeCancelsTwo(pair);
        await Alarm(pair, AlarmStep.Mentee);

        var board = (await pair.Manager.Json(pair.Unit.At($"momentum?programme={pair.Slug}"))).GetProperty("items")[0];

        Assert.Equal(("slipping", "mentee", "Enno Mentee"), (board.Text("momentum"), board.Text("alarm"), board.GetProperty("mentee").Text("name")));
        Assert.Equal((2, 0, 0), (board.GetProperty("cancelledByMentee").GetInt32(), board.GetProperty("cancelledByMentor").GetInt32(), board.GetProperty("held").GetInt32()));
        Assert.NotEqual(0, board.GetProperty("reasons").GetArrayLength());
        await pair.Mentee.IsRefused(HttpMethod.Get, pair.Unit.At($"momentum?programme={pair.Slug}"), null, 403, "role-missing");
        await pair.Manager.FindsNothing(pair.Unit.At("momentum?programme=there-is-none"));
        Assert.Equal(0, (await pair.Manager.Json(pair.Unit.At($"momentum?programme={pair.Slug}&momentum=thriving"))).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_board_is_cut_by_wave_and_alarm_and_shows_how_soon_a_pair_first_met()
    {
        var pair = await APair.Meeting(service);
        var formed = service.Clock.GetUtcNow();
        var sessions = await pair.Booked();
        var first = (await pair.Mentor.Json(pair.Unit.At($"sessions/{sessions[0]}"))).GetProperty("startsAt").GetDateTimeOffset();
        await pair.Cancels(pair.Mentee, sessions[1]);
        await pair.Cancels(pair.Mentee, sessions[2]);
        await Alarm(pair, AlarmStep.Mentee);
        Assert.Equal(JsonValueKind.Null, (await Board("")).Single().GetProperty("daysToFirstSession").ValueKind);

        service.Clock.Set(first.AddHours(1));
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{sessions[0]}/held"), new { });

        var row = Assert.Single(await Board("&wave=sponsor&alarm=mentee"));
        Assert.Equal((int)(first - formed).TotalDays, row.GetProperty("daysToFirstSession").GetInt32());
        Assert.Equal("sponsor", row.Text("wave"));
        Assert.Empty(await Board("&wave=executives"));
        Assert.Empty(await Board("&alarm=sponsor"));
        foreach (var wrong in new[] { "boss", "1", "Mentee" })
            await pair.Manager.IsRefused(HttpMethod.Get, pair.Unit.At($"momentum?programme={pair.Slug}&alarm={wrong}"), null, 400, "invalid");

        async Task<JsonElement[]> Board(string filter) =>
            [.. (await pair.Manager.Json(pair.Unit.At($"momentum?programme={pair.Slug}{filter}"))).GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task Time_alone_lets_a_pair_slip_and_stall()
    {
        var pair = await APair.Active(service);

        service.Clock.Advance(TimeSpan.FromDays(23));
        await service.Bus.Of<MomentumChanged>(pair.Unit, fact => fact.Momentum is Contracts.Scheduling.Momentum.Slipping);
        service.Clock.Advance(TimeSpan.FromDays(7));
        await service.Bus.Of<MomentumChanged>(pair.Unit, fact => fact.Momentum is Contracts.Scheduling.Momentum.Stalled);
    }

    private static async Task MenteeCancelsTwo(APair pair)
    {
        var sessions = await pair.Booked();
        await pair.Cancels(pair.Mentee, sessions[0]);
        await pair.Cancels(pair.Mentee, sessions[1]);
    }

    private Task<MomentumChanged> Alarm(APair pair, AlarmStep step) => service.Bus.Of<MomentumChanged>(pair.Unit, fact => fact.Alarm == step);

    private MomentumChanged[] Alarms(APair pair, AlarmStep step) => [.. service.Bus.All<MomentumChanged>(pair.Unit).Where(fact => fact.Alarm == step)];

    private static async Task<JsonElement[]> Transitions(HttpClient who, Uri at) => [.. (await who.Json(at)).GetProperty("items").EnumerateArray()];

    private async Task<IReadOnlyList<SessionMoved>> Moves(APair pair, int count)
    {
        await Eventually.Holds(() =>
        {
            Assert.Equal(count, service.Bus.All<SessionMoved>(pair.Unit).Count);
            return Task.CompletedTask;
        });
        return [.. service.Bus.All<SessionMoved>(pair.Unit)];
    }

    private async Task Hears<T>(APair pair, T fact, string reaction)
        where T : class
    {
        var message = Guid.CreateVersion7();
        await service.Publish(pair.Unit, fact, message);
        await service.HasConsumed(message, reaction);
    }

    /// <summary>The cancellations come round again, as redelivered and as republished messages, the later one first.</summary>
    private async Task HearsTheSameAgain(APair pair)
    {
        foreach (var fact in service.Bus.All<SessionCancelled>(pair.Unit).Reverse())
        {
            var message = Guid.CreateVersion7();
            await service.Publish(pair.Unit, fact, message);
            await service.Publish(pair.Unit, fact, message);
            await service.HasConsumed(message, "weigh-momentum-when-session-cancelled");
        }
    }
}
