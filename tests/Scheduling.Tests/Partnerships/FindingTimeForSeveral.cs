using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class FindingTimeForSeveral(SchedulingService service)
{
    [Fact]
    public async Task A_mentor_finds_a_time_for_all_mentees_that_nobody_has_given_away()
    {
        var one = await APair.Active(service, menteeZone: "America/New_York");
        var other = await one.SameMentorWithAnother();
        var before = await Next(one.Mentor, one, other);
        var first = before[0].GetProperty("startsAt").GetDateTimeOffset();
        Assert.Equal(3, before.Length);
        Assert.Equal(
            new[] { one.MentorId, one.MenteeId, other.MenteeId }.Order(),
            before[0].GetProperty("people").EnumerateArray().Select(person => person.GetProperty("personId").GetGuid()).Order());
        // Berlin until five, New York from nine.
        Assert.All(before, slot => Assert.InRange(slot.GetProperty("startsAt").GetDateTimeOffset().Hour, 13, 15));
        Assert.Contains(before[0].GetProperty("people").EnumerateArray(), person => person.Text("local").EndsWith(" America/New_York", StringComparison.Ordinal) && person.GetProperty("inconvenience").GetInt32() >= 0);

        await other.HasBooked(first);

        Assert.DoesNotContain(await Next(one.Mentor, one, other), slot => slot.GetProperty("startsAt").GetDateTimeOffset() < first.AddHours(1) && first < slot.GetProperty("endsAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_whole_series_for_all_shows_what_it_costs_each()
    {
        var one = await APair.Active(service, menteeZone: "America/New_York");
        var other = await one.SameMentorWithAnother();

        var series = await one.Mentor.Json(At("series", one, other));

        var slots = series.GetProperty("slots").EnumerateArray().ToArray();
        var starts = slots.Select(slot => slot.GetProperty("startsAt").GetDateTimeOffset()).ToArray();
        Assert.True(slots.Length > 3, $"{slots.Length} sessions");
        Assert.All(starts.Zip(starts.Skip(1)), two => Assert.InRange((two.Second - two.First).TotalDays, 8, 20));
        Assert.All(starts, start => Assert.InRange(start.Hour, 13, 15));
        var people = series.GetProperty("people").EnumerateArray().ToDictionary(person => person.GetProperty("personId").GetGuid(), person => person.GetProperty("inconvenience").GetInt32());
        Assert.Equal(new[] { one.MentorId, one.MenteeId, other.MenteeId }.Order(), people.Keys.Order());
        Assert.All(people, person => Assert.Equal(person.Value, slots.Sum(slot => slot.GetProperty("people").EnumerateArray()
            .Single(seen => seen.GetProperty("personId").GetGuid() == person.Key).GetProperty("inconvenience").GetInt32())));
        await one.Mentee.FindsNothing(At("series", one, other));
    }

    [Fact]
    public async Task A_series_for_all_keeps_the_rhythm_of_the_pair_that_meets_least_and_ends_with_the_first_that_does()
    {
        var one = await APair.Active(service);
        var ends = await EndOf(one);
        service.Clock.Advance(TimeSpan.FromDays(28));
        var other = await one.SameMentorWithAnother();
        // Months are not all as long.
        Assert.True(await EndOf(other) >= ends.AddDays(24));
        using var rewritten = await other.Edits(other.Mentee, charter => charter["cadence"] = new JsonObject { ["video"] = "P28D" });
        Assert.True(rewritten.IsSuccessStatusCode, await rewritten.Content.ReadAsStringAsync());

        var starts = (await one.Mentor.Json(At("series", one, other, one))).GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("startsAt").GetDateTimeOffset()).ToArray();

        Assert.All(starts.Zip(starts.Skip(1)), two => Assert.InRange((two.Second - two.First).TotalDays, 22, 34));
        Assert.InRange(starts[^1], ends.AddDays(-34), ends);
    }

    [Fact]
    public async Task All_meet_for_as_long_as_the_longest_session_and_on_the_clock_of_whoever_is_in_all_pairs()
    {
        var one = await APair.Active(service);
        var (shorter, longer) = (await one.SameMentorElsewhere(30), await one.SameMentorElsewhere(90));

        foreach (var slots in new[] { await Next(one.Mentor, shorter, one, longer), [.. (await one.Mentor.Json(At("series", one, longer, shorter))).GetProperty("slots").EnumerateArray()] })
        {
            Assert.NotEmpty(slots);
            Assert.All(slots, slot => Assert.Equal(90, (slot.GetProperty("endsAt").GetDateTimeOffset() - slot.GetProperty("startsAt").GetDateTimeOffset()).TotalMinutes));
            Assert.All(slots, slot => Assert.Equal(one.MentorId, slot.GetProperty("people").EnumerateArray().Last().GetProperty("personId").GetGuid()));
        }
    }

    [Fact]
    public async Task It_is_for_those_who_are_in_each_of_the_pairs()
    {
        var one = await APair.Active(service);
        var other = await one.SameMentorWithAnother();
        var both = At("slots", one, other);

        await one.Mentee.FindsNothing(both);
        await one.Somebody.FindsNothing(both);
        await service.As(TestUnit.New(), one.MentorId).FindsNothing(both);
        var assistant = await one.Assistant();
        await assistant.FindsNothing(both);
        await other.IsBookedForBy(one.AssistantId);
        Assert.Equal(3, (await Next(assistant, one, other)).Length);
        await one.Mentor.IsRefused(HttpMethod.Get, one.Unit.At("partnerships/slots"), null, 400, "invalid");
        await one.Mentor.IsRefused(HttpMethod.Get, Unheard(11), null, 400, "invalid");
        await one.Mentor.FindsNothing(Unheard(10));
        await one.Mentor.FindsNothing(one.Unit.At($"partnerships/slots?pair={one.Id}&pair={Guid.CreateVersion7()}"));

        await one.Mentee.PostAsync(one.Own("/end"), null);
        await one.Mentor.IsRefused(HttpMethod.Get, both, null, 409, "partnership-ended");

        Uri Unheard(int pairs) => one.Unit.At($"partnerships/slots?{string.Join('&', Enumerable.Range(0, pairs).Select(_ => $"pair={Guid.CreateVersion7()}"))}");
    }

    private Task<DateTimeOffset> EndOf(APair pair) => service.In(pair.Unit, db => db.Partnerships.Where(one => one.Id == pair.Id).Select(one => one.EndsAt!.Value).SingleAsync());

    private static Uri At(string what, params APair[] pairs) => pairs[0].Unit.At($"partnerships/{what}?{string.Join('&', pairs.Select(pair => $"pair={pair.Id}"))}");

    private static async Task<JsonElement[]> Next(HttpClient who, params APair[] pairs) => [.. (await who.Json(At("slots", pairs))).GetProperty("items").EnumerateArray()];
}
