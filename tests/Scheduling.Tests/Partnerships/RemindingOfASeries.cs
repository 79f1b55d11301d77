using System.Text.Json;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class RemindingOfASeries(SchedulingService service)
{
    [Fact]
    public async Task After_three_working_days_the_mentee_is_reminded_once_and_then_the_board_alone_shows_it()
    {
        var pair = await APair.Active(service);
        Assert.True((await OnBoard(pair)).GetProperty("seriesUnconfirmed").GetBoolean());
        // Monday morning; the third working day after it is Thursday.
        service.Clock.Advance(TimeSpan.FromDays(2.9));
        await Eventually.Holds(async () => Assert.Equal(1, await service.TimersOf(pair.Id, RemindOfSeries.Name)));

        service.Clock.Advance(TimeSpan.FromDays(0.2));

        var fact = await service.Bus.Of<SeriesUnconfirmed>(pair.Unit);
        var slots = (await pair.Mentee.Json(pair.Own("/series"))).GetProperty("slots").EnumerateArray()
            .Select(slot => slot.GetProperty("startsAt").GetDateTimeOffset()).Where(start => start > service.Clock.GetUtcNow()).ToArray();
        Assert.Equal((pair.Id, pair.MenteeId, 1, slots[0], slots.Length), (fact.PartnershipId, fact.MenteeId, fact.Term, fact.FirstAt, fact.Count));
        Assert.Equal(0, await service.TimersOf(pair.Id, RemindOfSeries.Name));
        service.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Single(service.Bus.All<SeriesUnconfirmed>(pair.Unit));
        Assert.True((await OnBoard(pair)).GetProperty("seriesUnconfirmed").GetBoolean());
        Assert.DoesNotContain(service.Bus.All<MomentumChanged>(pair.Unit), change => change.Alarm is not null);
    }

    [Fact]
    public async Task Whoever_books_for_the_mentee_is_named_and_never_the_mentor()
    {
        var pair = await APair.Active(service);
        await pair.IsBookedForBy(pair.AssistantId, pair.MentorId);

        service.Clock.Advance(TimeSpan.FromDays(3.1));

        Assert.Equal([pair.AssistantId], (await service.Bus.Of<SeriesUnconfirmed>(pair.Unit)).Delegates!);
    }

    [Fact]
    public async Task Once_it_is_booked_nobody_is_reminded_and_the_board_shows_nothing()
    {
        var pair = await APair.Meeting(service);

        Assert.Equal(0, await service.TimersOf(pair.Id, RemindOfSeries.Name));
        Assert.False((await OnBoard(pair)).GetProperty("seriesUnconfirmed").GetBoolean());
    }

    [Fact]
    public async Task Where_the_platform_books_there_is_nothing_to_remind_of()
    {
        var pair = await APair.Active(service, booking: "platform");

        Assert.Equal(0, await service.TimersOf(pair.Id, RemindOfSeries.Name));
    }

    [Fact]
    public async Task A_pair_that_has_a_session_to_come_is_left_in_peace()
    {
        var pair = await APair.Active(service);
        var slots = (await pair.Mentee.Json(pair.Own("/series"))).GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("startsAt").GetDateTimeOffset()).ToArray();
        var booked = await pair.HasBooked(slots[1]);
        service.Clock.Advance(TimeSpan.FromDays(3.1));

        await Eventually.Holds(async () => Assert.Equal(0, await service.TimersOf(pair.Id, RemindOfSeries.Name)));
        // Told after whatever the timer would have told.
        await pair.Cancels(pair.Mentor, booked);
        await service.Bus.Of<SessionCancelled>(pair.Unit);
        Assert.Empty(service.Bus.All<SeriesUnconfirmed>(pair.Unit));
    }

    [Fact]
    public async Task While_the_charter_waits_for_signatures_it_cannot_be_booked_and_the_days_count_anew()
    {
        var pair = await APair.Active(service);
        using var edited = await pair.Edits(pair.Mentor, charter => charter["confidentiality"] = "Nothing leaves the room.");
        service.Clock.Advance(TimeSpan.FromDays(3.1));
        await Eventually.Holds(async () => Assert.Equal(
            1L, await service.AsOwner<long>($"select count(*) from platform.timers where name = '{RemindOfSeries.Name}' and key = '{pair.Id}' and due_at > '{service.Clock.GetUtcNow():O}'")));
        Assert.Empty(service.Bus.All<SeriesUnconfirmed>(pair.Unit));
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);

        service.Clock.Advance(TimeSpan.FromDays(6));

        await service.Bus.Of<SeriesUnconfirmed>(pair.Unit);
    }

    [Fact]
    public async Task A_pair_that_is_over_is_not_reminded()
    {
        var pair = await APair.Active(service);

        await pair.Mentee.PostAsync(pair.Own("/end"), null);

        Assert.Equal(0, await service.TimersOf(pair.Id, RemindOfSeries.Name));
    }

    private static async Task<JsonElement> OnBoard(APair pair) =>
        Assert.Single((await pair.Manager.Json(pair.Unit.At($"momentum?programme={pair.Slug}"))).GetProperty("items").EnumerateArray());
}
