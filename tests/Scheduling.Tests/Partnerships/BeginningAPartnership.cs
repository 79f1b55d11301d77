using System.Net;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class BeginningAPartnership(SchedulingService service)
{
    [Fact]
    public async Task Signed_and_prepared_the_series_is_proposed_with_what_it_costs_each()
    {
        var pair = await APair.Active(service, menteeZone: "America/New_York");

        var series = await pair.Mentor.Json(pair.Own("/series"));

        Assert.Equal("proposed", series.Text("state"));
        Assert.InRange(series.GetProperty("slots").GetArrayLength(), 12, 14);
        Assert.EndsWith(" Europe/Berlin", series.GetProperty("slots")[0].Text("mentorLocal"), StringComparison.Ordinal);
        Assert.EndsWith(" America/New_York", series.GetProperty("slots")[0].Text("menteeLocal"), StringComparison.Ordinal);
        var inconvenience = series.GetProperty("inconvenience");
        Assert.True(inconvenience.GetProperty("mentor").GetInt32() > 0 && inconvenience.GetProperty("mentee").GetInt32() > 0);
    }

    [Fact]
    public async Task The_last_preparation_begins_it_as_well_as_the_last_signature()
    {
        var pair = await APair.Formed(service, prepared: false);
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        Assert.Equal("none", (await pair.Mentee.Json(pair.Own("/series"))).Text("state"));

        await pair.HasPrepared(pair.MenteeId, Side.Mentee);
        Assert.Contains("other-preparation", (await pair.Mentee.Json(pair.Own())).GetProperty("waitingFor").EnumerateArray().Select(what => what.GetString()));
        await pair.HasPrepared(pair.MentorId, Side.Mentor);

        await Eventually.Holds(async () => Assert.Equal("proposed", (await pair.Mentee.Json(pair.Own("/series"))).Text("state")));
    }

    [Fact]
    public async Task A_charter_that_both_have_signed_anew_does_not_begin_it_again()
    {
        var pair = await APair.Active(service);
        var began = await Began();
        service.Clock.Advance(TimeSpan.FromDays(1));
        using var edited = await pair.Edits(pair.Mentee, charter => charter["cadence"]!["video"] = "P7D");
        Assert.True(edited.IsSuccessStatusCode, await edited.Content.ReadAsStringAsync());

        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);

        await Eventually.Holds(async () => Assert.Equal(0, await service.TimersOf(pair.Id, ActivatePartnership.Name)));
        Assert.Equal(began, await Began());

        Task<DateTimeOffset?> Began() => service.In(pair.Unit, db => db.Partnerships.Where(one => one.Id == pair.Id).Select(one => one.ActivatedAt).SingleAsync());
    }

    [Fact]
    public async Task The_mentee_confirms_and_all_sessions_are_booked_once()
    {
        var pair = await APair.Active(service);
        await pair.Mentor.IsRefused(pair.Own("/series/confirm"), new { }, 422, "mentee-books");

        var booked = await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });

        Assert.True(booked.GetProperty("asProposed").GetBoolean());
        Assert.Equal(booked.GetProperty("slots").GetArrayLength(), (await pair.Booked()).Count);
        await pair.Mentee.IsRefused(pair.Own("/series/confirm"), new { }, 409, "series-booked");
    }

    [Fact]
    public async Task A_series_is_not_confirmed_where_the_charter_is_no_longer_signed_by_both()
    {
        var pair = await APair.Active(service);
        using var edited = await pair.Edits(pair.Mentor, charter => charter["confidentiality"] = "Nothing leaves the room.");
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);

        await pair.Mentee.IsRefused(pair.Own("/series/confirm"), new { }, 422, "charter-unsigned");
        await pair.Signs(pair.Mentor);
        await (await pair.Assistant()).IsRefused(pair.Own("/series/confirm"), new { }, 422, "charter-unsigned");
        Assert.Empty(await pair.Booked());

        await pair.Signs(pair.Mentee);
        await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });
        Assert.NotEmpty(await pair.Booked());
    }

    [Fact]
    public async Task A_series_that_waited_too_long_is_planned_anew_with_the_mentors_notice()
    {
        var pair = await APair.Active(service);
        var first = (await pair.Mentee.Json(pair.Own("/series"))).GetProperty("slots")[0].GetProperty("startsAt").GetDateTimeOffset();
        service.Clock.Set(first.AddMinutes(-5));

        var booked = await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });

        Assert.False(booked.GetProperty("asProposed").GetBoolean());
        // A day, where nothing else was said.
        Assert.True(booked.GetProperty("slots")[0].GetProperty("startsAt").GetDateTimeOffset() >= service.Clock.GetUtcNow().AddDays(1));
    }

    [Fact]
    public async Task A_delegate_confirms_for_the_mentee_and_that_is_audited()
    {
        var pair = await APair.Active(service);

        await (await pair.Assistant()).Posts(pair.Own("/series/confirm"), new { });

        Assert.NotEmpty(await pair.Booked());
        Assert.Equal(pair.Id, (await service.Bus.Of<ActionAudited>(pair.Unit, audited => audited.Code == "series-confirmed-for-mentee")).SubjectId);
    }

    [Fact]
    public async Task Where_the_platform_books_the_series_is_booked_by_itself()
    {
        var pair = await APair.Active(service, booking: "platform");

        Assert.InRange((await pair.Booked()).Count, 12, 14);
        await service.Bus.Of<SessionBooked>(pair.Unit);
    }

    [Fact]
    public async Task A_proposed_time_that_was_taken_meanwhile_is_planned_anew_and_nobody_is_booked_twice()
    {
        var pair = await APair.Active(service);
        var other = await pair.SameMentorWithAnother();
        await other.Mentee.Posts(other.Own("/series/confirm"), new { });

        var booked = await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });

        Assert.False(booked.GetProperty("asProposed").GetBoolean());
        var sessions = (await pair.Mentor.Json(pair.Unit.At("sessions/mine?limit=200"))).GetProperty("items").EnumerateArray()
            .Select(session => (From: session.GetProperty("startsAt").GetDateTimeOffset(), To: session.GetProperty("endsAt").GetDateTimeOffset())).ToArray();
        Assert.All(sessions.Zip(sessions.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));
    }

    [Fact]
    public async Task Without_a_common_time_the_programme_manager_is_told()
    {
        var pair = await APair.Formed(service, mentorZone: "Europe/Berlin", menteeZone: "Pacific/Auckland");
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);

        var fact = await service.Bus.Of<MomentumChanged>(pair.Unit);

        Assert.Equal(AlarmStep.ProgrammeManager, fact.Alarm);
        Assert.True(fact.NoCommonTime);
        Assert.Equal("none", (await pair.Mentee.Json(pair.Own("/series"))).Text("state"));
    }

    [Fact]
    public async Task A_common_time_is_looked_for_again_each_week_and_its_lack_is_told_once()
    {
        var pair = await WithoutACommonTime();
        var first = await service.Bus.Of<MomentumChanged>(pair.Unit);

        for (var week = 0; week < 4; week++)
        {
            var tries = await Tries(pair);
            service.Clock.Advance(TimeSpan.FromDays(7));
            await Eventually.Holds(async () => Assert.NotEqual(tries, await Tries(pair)));
        }

        Assert.Equal(first.Version, Assert.Single(service.Bus.All<MomentumChanged>(pair.Unit), fact => fact.Alarm is not null).Version);
        var board = (await pair.Manager.Json(pair.Unit.At($"momentum?programme={pair.Slug}"))).GetProperty("items")[0];
        Assert.Equal("stalled", board.Text("momentum"));
        Assert.Equal("The two have no common time inside their hours.", board.GetProperty("reasons")[0].GetString());
    }

    [Theory]
    [InlineData("mentee", "proposed")]
    [InlineData("platform", "booked")]
    public async Task Once_either_offers_other_hours_the_series_is_planned_at_once(string booking, string state)
    {
        var pair = await WithoutACommonTime(booking);
        await service.Bus.Of<MomentumChanged>(pair.Unit);

        // Eight in the evening in Auckland is nine in the morning in Berlin, give or take daylight saving.
        var evenings = new[] { "monday", "tuesday", "wednesday" }.Select(day => new { day, from = "18:00", to = "23:00" });
        await pair.Mentee.Puts(pair.Unit.At("availability/mine"), new { timeZone = "Pacific/Auckland", weekly = evenings });

        await Eventually.Holds(async () => Assert.Equal(state, (await pair.Mentor.Json(pair.Own("/series"))).Text("state")));
        var found = await service.Bus.Of<MomentumChanged>(pair.Unit, fact => fact.Momentum is Contracts.Scheduling.Momentum.Steady);
        Assert.Equal((null, null), (found.Alarm, found.NoCommonTime));
        Assert.Equal(0, await service.TimersOf(pair.Id, "partnership-common-time"));
    }

    [Fact]
    public async Task Whoever_moves_to_another_zone_is_planned_for_at_once()
    {
        var pair = await WithoutACommonTime();
        await service.Bus.Of<MomentumChanged>(pair.Unit);

        await service.Publish(pair.Unit, new PersonChanged(pair.MenteeId, 2, "Enno Mentee", null, "Europe/Paris", ["en"], CareerStage.Early, "Nordlicht", "Paris", null, []));

        await Eventually.Holds(async () => Assert.Equal("proposed", (await pair.Mentee.Json(pair.Own("/series"))).Text("state")));
    }

    private async Task<APair> WithoutACommonTime(string booking = "mentee")
    {
        var pair = await APair.Formed(service, booking, mentorZone: "Europe/Berlin", menteeZone: "Pacific/Auckland");
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        return pair;
    }

    private Task<DateTime> Tries(APair pair) =>
        service.AsOwner<DateTime>($"select due_at from platform.timers where name = 'partnership-common-time' and key = '{pair.Id}'");

    [Fact]
    public async Task A_pair_told_of_twice_is_formed_once()
    {
        var pair = await APair.Formed(service);
        await pair.Signs(pair.Mentor);
        foreach (var version in new[] { 1L, 2L })
        {
            var message = Guid.CreateVersion7();
            await service.Publish(pair.Unit, pair.PairFormed(version), message);
            await service.HasConsumed(message, "form-partnership-when-pair-formed");
        }

        Assert.True((await pair.Mentor.Json(pair.Own("/charter"))).GetProperty("signedByMe").GetBoolean());
        Assert.Equal(1, await service.In(pair.Unit, db => db.Partnerships.CountAsync()));
    }

    [Fact]
    public async Task A_reciprocal_pair_reads_the_topics_of_both_ways_and_finds_them_in_its_charter()
    {
        var pair = await APair.Formed(service, topicsBack: [new TopicLevel("strategy-and-finance", "Strategy and finance", 5)]);

        foreach (var person in new[] { pair.Mentor, pair.Mentee })
        {
            var seen = await person.Json(pair.Own());
            Assert.Equal("Prompt writing", Assert.Single(seen.GetProperty("topics").EnumerateArray()).GetString());
            Assert.Equal("Strategy and finance", Assert.Single(seen.GetProperty("topicsBack").EnumerateArray()).GetString());
        }
        var clauses = (await pair.Mentee.Json(pair.Own("/charter"))).GetProperty("clauses").EnumerateArray();
        Assert.Contains(
            "The mentor brings Prompt writing; the mentee brings Strategy and finance.", clauses.Single(clause => clause.Text("name") == "topics").Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_of_one_way_has_no_topics_back()
    {
        var pair = await APair.Formed(service);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await pair.Mentor.Json(pair.Own())).GetProperty("topicsBack").ValueKind);
    }

    [Fact]
    public async Task A_pair_dissolved_before_it_was_heard_of_is_not_formed()
    {
        var unit = TestUnit.New();
        var (id, programme, mentor, mentee) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var dissolved = Guid.CreateVersion7();
        await service.Publish(unit, new PairDissolved(id, 2, programme, mentor, mentee), dissolved);
        await service.HasConsumed(dissolved, "end-partnership-when-pair-dissolved");

        var formed = Guid.CreateVersion7();
        await service.Publish(unit, new PairFormed(id, 1, programme, mentor, mentee, "w", [], "why"), formed);
        await service.HasConsumed(formed, "form-partnership-when-pair-formed");

        Assert.Equal(0, await service.In(unit, db => db.Partnerships.CountAsync()));
    }
}
