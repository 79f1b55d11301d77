using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;

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
