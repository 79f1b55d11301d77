using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class GoingOn(SchedulingService service)
{
    [Fact]
    public async Task Two_weeks_before_the_planned_end_both_are_asked_once()
    {
        var pair = await APair.Active(service);
        await pair.Mentee.IsRefused(pair.Own("/continuation"), new { answer = "yes" }, 409, "continuation-not-asked");
        Assert.Equal(JsonValueKind.Null, (await pair.Mentee.Json(pair.Own())).GetProperty("continuation").ValueKind);

        var ends = await IsAsked(pair);

        Assert.Equal(ends, (await service.Bus.Of<ContinuationAsked>(pair.Unit)).EndsAt);
        foreach (var who in new[] { pair.Mentor, pair.Mentee })
        {
            var question = (await who.Json(pair.Own())).GetProperty("continuation");
            Assert.Equal((JsonValueKind.Null, ends), (question.GetProperty("answer").ValueKind, question.GetProperty("until").GetDateTimeOffset()));
        }
        service.Clock.Advance(TimeSpan.FromDays(13));
        await Answers(pair.Mentor, pair, "no");
        Assert.Single(service.Bus.All<ContinuationAsked>(pair.Unit));
    }

    [Fact]
    public async Task The_last_session_of_the_series_is_marked_as_closing()
    {
        // Every week, so that one is certain to fall between the question and the end.
        var pair = await APair.Formed(service);
        using var edited = await pair.Edits(pair.Mentee, charter => charter["cadence"]!["video"] = "P7D");
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        await Eventually.Holds(async () => Assert.Equal("proposed", (await pair.Mentee.Json(pair.Own("/series"))).Text("state")));
        await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });
        Assert.DoesNotContain(await Sessions(pair), session => session.GetProperty("closing").GetBoolean());

        var ends = await IsAsked(pair);

        var closing = await TheClosing(pair, ends);
        var fact = await service.Bus.Of<ContinuationAsked>(pair.Unit);
        Assert.Equal(closing.GetProperty("startsAt").GetDateTimeOffset(), fact.ClosingAt);
        Assert.Empty(fact.ClosingSlots);
        Assert.True((await pair.Mentor.Json(pair.Unit.At($"sessions/{closing.GetProperty("id").GetGuid()}"))).GetProperty("closing").GetBoolean());

        // Whatever is booked, moved or cancelled afterwards, it is the last.
        var booked = await pair.HasBooked(await pair.NextSlot(2));
        await TheClosing(pair, ends);
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{booked}/move"), new { startsAt = await pair.NextSlot() });
        await TheClosing(pair, ends);
        Assert.False((await pair.Cancels(pair.Mentee, closing.GetProperty("id").GetGuid())).GetProperty("closing").GetBoolean());
        Assert.NotEqual(closing.GetProperty("id").GetGuid(), (await TheClosing(pair, ends)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Where_none_is_booked_times_for_a_closing_session_are_offered()
    {
        var pair = await APair.Active(service);

        var ends = await IsAsked(pair);

        var fact = await service.Bus.Of<ContinuationAsked>(pair.Unit);
        Assert.Null(fact.ClosingAt);
        Assert.Equal(3, fact.ClosingSlots.Count);
        Assert.All(fact.ClosingSlots, slot => Assert.True(slot > service.Clock.GetUtcNow() && slot.AddHours(1) <= ends));
        var session = await pair.HasBooked(fact.ClosingSlots[1]);
        Assert.True((await pair.Mentor.Json(pair.Unit.At($"sessions/{session}"))).GetProperty("closing").GetBoolean());
    }

    [Fact]
    public async Task Both_yes_and_it_goes_on_for_another_term_from_its_end()
    {
        var pair = await APair.Active(service);
        var charter = await pair.Mentor.Json(pair.Own("/charter"));
        var ends = await IsAsked(pair);
        await Answers(pair.Mentor, pair, "yes");
        await Answers(pair.Mentee, pair, "yes");

        service.Clock.Set(ends);

        var fact = await service.Bus.Of<PlannedEndReached>(pair.Unit);
        // The same hour in Berlin, half a year later.
        var next = SameHourInBerlin(ends, 6);
        Assert.Equal((true, 2, next), (fact.Continued, fact.Term, fact.EndsAt));
        Assert.True(fact.Version > 0);
        var seen = await pair.Mentee.Json(pair.Own());
        Assert.Equal(("active", 2, next), (seen.Text("state"), seen.GetProperty("term").GetInt32(), seen.GetProperty("endsAt").GetDateTimeOffset()));
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("continuation").ValueKind);
        Assert.DoesNotContain(service.Bus.All<PartnershipEnded>(pair.Unit), _ => true);

        var after = await pair.Mentor.Json(pair.Own("/charter"));
        Assert.Equal(charter.GetProperty("version").GetInt32(), after.GetProperty("version").GetInt32());
        Assert.True(after.GetProperty("signedByMe").GetBoolean() && after.GetProperty("signedByOther").GetBoolean());
        Assert.True(charter.GetProperty("reviewAt").GetDateTimeOffset() < ends);
        Assert.Equal(ends + ((next - ends) / 2), after.GetProperty("reviewAt").GetDateTimeOffset());
        Assert.Equal(fact.ReviewAt, after.GetProperty("reviewAt").GetDateTimeOffset());

        Assert.Equal("proposed", (await pair.Mentee.Json(pair.Own("/series"))).Text("state"));
        await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });
        Assert.All(await Sessions(pair), session => Assert.InRange(session.GetProperty("startsAt").GetDateTimeOffset(), ends, next));
        Assert.Equal(0, await service.In(pair.Unit, db => db.ContinuationAnswers.CountAsync()));
    }

    [Fact]
    public async Task Where_the_platform_books_the_next_series_is_booked()
    {
        var pair = await APair.Active(service, booking: "platform");
        var ends = await IsAsked(pair);
        await Answers(pair.Mentor, pair, "yes");
        await Answers(pair.Mentee, pair, "yes");

        service.Clock.Set(ends);

        await service.Bus.Of<PlannedEndReached>(pair.Unit);
        Assert.InRange((await pair.Booked()).Count, 12, 15);
    }

    [Theory]
    [InlineData("yes", "no")]
    [InlineData("no", "yes")]
    [InlineData("yes", null)]
    [InlineData(null, "yes")]
    [InlineData("no", "no")]
    [InlineData(null, null)]
    public async Task Anything_else_and_it_ends_as_planned_the_same_whatever_was_answered(string? mentor, string? mentee)
    {
        var pair = await APair.Active(service);
        var ends = await IsAsked(pair);
        if (mentor is not null)
            await Answers(pair.Mentor, pair, mentor);
        if (mentee is not null)
            await Answers(pair.Mentee, pair, mentee);

        service.Clock.Set(ends);

        var ended = await service.Bus.Of<PartnershipEnded>(pair.Unit);
        var reached = await service.Bus.Of<PlannedEndReached>(pair.Unit);
        Assert.False(ended.Early);
        // Not even a version tells how many have answered.
        Assert.Equal(
            new PlannedEndReached(pair.Id, ended.Version, pair.ProgrammeId, pair.MentorId, pair.MenteeId, Continued: false, 1, null, null), reached);
        Assert.Equal(await VersionWithoutAnswers(), ended.Version);
        Assert.DoesNotContain(service.Bus.All<ActionAudited>(pair.Unit), _ => true);
        Assert.Equal(0, await service.In(pair.Unit, db => db.ContinuationAnswers.CountAsync()));
        foreach (var who in new[] { pair.Mentor, pair.Mentee })
        {
            var seen = await who.Json(pair.Own());
            Assert.Equal(("ended", JsonValueKind.Null), (seen.Text("state"), seen.GetProperty("continuation").ValueKind));
            await who.IsRefused(pair.Own("/continuation"), new { answer = "yes" }, 409, "partnership-ended");
        }
    }

    [Fact]
    public async Task An_answer_may_be_changed_until_the_end_and_the_last_counts()
    {
        var (on, off) = (await APair.Active(service), await APair.Active(service));
        var ends = await EndOf(on) > await EndOf(off) ? await EndOf(on) : await EndOf(off);
        service.Clock.Set(ends.AddDays(-10));
        await service.Bus.Of<ContinuationAsked>(on.Unit);
        await service.Bus.Of<ContinuationAsked>(off.Unit);

        await Answers(on.Mentor, on, "no");
        await Answers(on.Mentee, on, "yes");
        await Answers(on.Mentor, on, "yes");
        Assert.Equal("yes", (await on.Mentor.Json(on.Own())).GetProperty("continuation").Text("answer"));
        await Answers(off.Mentor, off, "yes");
        await Answers(off.Mentee, off, "yes");
        await Answers(off.Mentor, off, "no");

        service.Clock.Set(ends);

        Assert.True((await service.Bus.Of<PlannedEndReached>(on.Unit)).Continued);
        Assert.False((await service.Bus.Of<PlannedEndReached>(off.Unit)).Continued);
    }

    [Fact]
    public async Task Nobody_sees_the_answer_of_another()
    {
        var pair = await APair.Active(service);
        await IsAsked(pair);
        var manager = pair.Unit.At($"partnerships?programme={pair.Slug}");
        var before = await Seen(pair.Mentee, pair.Own());
        var (charter, managers, board) = (await Seen(pair.Mentee, pair.Own("/charter")), await Seen(pair.Manager, manager), await Seen(pair.Manager, pair.Own()));

        await Answers(pair.Mentor, pair, "no");

        Assert.Equal(before, await Seen(pair.Mentee, pair.Own()));
        Assert.Equal(charter, await Seen(pair.Mentee, pair.Own("/charter")));
        Assert.Equal(managers, await Seen(pair.Manager, manager));
        Assert.Equal(board, await Seen(pair.Manager, pair.Own()));
        Assert.Equal("no", (await pair.Mentor.Json(pair.Unit.At("partnerships/mine"))).GetProperty("items")[0].GetProperty("continuation").Text("answer"));
        foreach (var other in new[] { pair.Manager, await pair.Assistant(), pair.Somebody, service.As(TestUnit.New(), pair.MentorId) })
            await other.IsRefused(pair.Own("/continuation"), new { answer = "yes" }, 404, "not-found");
    }

    [Theory]
    [InlineData("""{"answer":"perhaps"}""")]
    [InlineData("""{"answer":null}""")]
    [InlineData("""{"answer":true}""")]
    [InlineData("{}")]
    public async Task What_is_neither_yes_nor_no_is_refused(string body)
    {
        var pair = await APair.Active(service);
        await IsAsked(pair);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await pair.Mentee.PostAsync(pair.Own("/continuation"), content);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(JsonValueKind.Null, (await pair.Mentee.Json(pair.Own())).GetProperty("continuation").GetProperty("answer").ValueKind);
    }

    [Fact]
    public async Task Answers_given_at_the_same_moment_all_count()
    {
        var pair = await APair.Active(service);
        var ends = await IsAsked(pair);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Answers(i % 2 == 0 ? pair.Mentor : pair.Mentee, pair, "yes")));

        service.Clock.Set(ends);
        Assert.True((await service.Bus.Of<PlannedEndReached>(pair.Unit)).Continued);
    }

    [Fact]
    public async Task After_another_term_both_are_asked_anew_and_old_answers_do_not_count()
    {
        var pair = await APair.Active(service);
        var ends = await IsAsked(pair);
        await Answers(pair.Mentor, pair, "yes");
        await Answers(pair.Mentee, pair, "yes");
        service.Clock.Set(ends);
        var on = await service.Bus.Of<PlannedEndReached>(pair.Unit);

        service.Clock.Set(on.EndsAt!.Value.AddDays(-14));
        await service.Bus.Of<ContinuationAsked>(pair.Unit, asked => asked.EndsAt == on.EndsAt);
        await Answers(pair.Mentor, pair, "yes");
        service.Clock.Set(on.EndsAt.Value);

        var over = await service.Bus.Of<PlannedEndReached>(pair.Unit, reached => reached.EndsAt is null);
        // It had gone on once, and that is what counts.
        Assert.Equal((true, 2), (over.Continued, over.Term));
        Assert.False((await service.Bus.Of<PartnershipEnded>(pair.Unit)).Early);
    }

    [Fact]
    public async Task Whoever_ends_it_early_leaves_no_answer_behind_and_no_planned_end()
    {
        var pair = await APair.Active(service);
        var ends = await IsAsked(pair);
        await Answers(pair.Mentee, pair, "yes");

        await pair.Mentor.PostAsync(pair.Own("/end"), null);
        await service.Bus.Of<PartnershipEnded>(pair.Unit);
        service.Clock.Set(ends);

        Assert.Equal(0, await service.In(pair.Unit, db => db.ContinuationAnswers.CountAsync()));
        Assert.Equal(0, await service.TimersOf(pair.Id, "partnership-end"));
        Assert.Empty(service.Bus.All<PlannedEndReached>(pair.Unit));
    }

    [Fact]
    public async Task Of_an_erased_person_no_answer_is_left()
    {
        var pair = await APair.Active(service);
        await IsAsked(pair);
        await Answers(pair.Mentee, pair, "no");
        await Answers(pair.Mentor, pair, "yes");

        await service.Publish(pair.Unit, new PersonErased(pair.MenteeId, 9));

        await Eventually.Holds(async () => Assert.Empty((await service.TracesOf(pair.MenteeId.ToString())).Except(["platform.versions"])));
    }

    private static async Task<DateTimeOffset> EndOf(APair pair) => (await pair.Mentee.Json(pair.Own())).GetProperty("endsAt").GetDateTimeOffset();

    /// <summary>Two weeks before the planned end; gives the end.</summary>
    private async Task<DateTimeOffset> IsAsked(APair pair)
    {
        var ends = await EndOf(pair);
        service.Clock.Set(ends.AddDays(-14));
        await service.Bus.Of<ContinuationAsked>(pair.Unit);
        return ends;
    }

    /// <summary>The version a pair ends with whom nobody has answered.</summary>
    private async Task<long> VersionWithoutAnswers()
    {
        var silent = await APair.Active(service);
        service.Clock.Set(await IsAsked(silent));
        return (await service.Bus.Of<PartnershipEnded>(silent.Unit)).Version;
    }

    /// <summary>The one session that is marked as closing, which is the last that stands before the end.</summary>
    private async Task<JsonElement> TheClosing(APair pair, DateTimeOffset ends)
    {
        var sessions = await Sessions(pair);
        var closing = Assert.Single(sessions, session => session.GetProperty("closing").GetBoolean());
        Assert.InRange(closing.GetProperty("startsAt").GetDateTimeOffset(), service.Clock.GetUtcNow(), ends);
        Assert.Equal(
            sessions.Last(session => session.Text("state") == "booked" && session.GetProperty("startsAt").GetDateTimeOffset() < ends).GetProperty("id").GetGuid(),
            closing.GetProperty("id").GetGuid());
        return closing;
    }

    private static Task<JsonElement> Answers(HttpClient who, APair pair, string answer) => who.Posts(pair.Own("/continuation"), new { answer });

    private static async Task<IReadOnlyList<JsonElement>> Sessions(APair pair) =>
        [.. (await pair.Mentee.Json(pair.Unit.At("sessions/mine?limit=200"))).GetProperty("items").EnumerateArray()];

    private static async Task<(string Body, string? Etag)> Seen(HttpClient who, Uri at)
    {
        using var answer = await who.GetAsync(at);
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.ETag?.Tag);
    }

    private static DateTimeOffset SameHourInBerlin(DateTimeOffset at, int monthsLater)
    {
        var berlin = NodaTime.DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        return berlin.AtLeniently(NodaTime.Instant.FromDateTimeOffset(at).InZone(berlin).LocalDateTime.PlusMonths(monthsLater)).ToDateTimeOffset().ToUniversalTime();
    }
}
