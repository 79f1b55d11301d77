using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Tests.Sessions;

/// <summary>What is due fires once, late rather than never, whatever becomes of the clock and of the one who fires it.</summary>
public sealed class FiringThroughFaults(SchedulingService service)
{
    private static readonly TimeSpan s_threeDays = TimeSpan.FromDays(3);

    [Fact]
    public async Task Though_the_clock_jumps_ahead_over_all_of_it_each_comes_once_and_in_order()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        var ends = await EndOf(pair, session);

        // Past the question and past the moment at which it would have been missed.
        service.Clock.Set(ends + s_threeDays + s_threeDays);
        var question = await service.Bus.Of<SessionUnconfirmed>(pair.Unit);

        // The three days to answer begin when somebody could hear the question.
        Assert.Equal(service.Clock.GetUtcNow() + s_threeDays, question.AnswerBy);
        Assert.Equal(1, await service.TimersOf(session, CallItMissed.Name));
        service.Clock.Advance(s_threeDays);
        Assert.Equal(session, (await service.Bus.Of<SessionMissed>(pair.Unit)).SessionId);
        await Nothing_comes_twice(pair, session);
    }

    [Fact]
    public async Task Though_the_clock_goes_back_three_days_nothing_comes_again_and_the_rest_comes_in_its_time()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        var ends = await EndOf(pair, session);
        service.Clock.Set(ends.AddDays(1));
        var question = await service.Bus.Of<SessionUnconfirmed>(pair.Unit);

        service.Clock.Set(ends.AddDays(1) - s_threeDays);
        await service.SweepsHavePassed();
        Assert.Single(service.Bus.All<SessionUnconfirmed>(pair.Unit));
        service.Clock.Set(ends.AddDays(1));
        await service.SweepsHavePassed();
        Assert.Empty(service.Bus.All<SessionMissed>(pair.Unit));

        service.Clock.Set(question.AnswerBy);
        await service.Bus.Of<SessionMissed>(pair.Unit);
        await Nothing_comes_twice(pair, session);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Through_a_daylight_saving_night_each_comes_once_and_at_its_moment(int month)
    {
        var before = service.Clock.GetUtcNow();
        var at = HalfPastTwo(month, after: before.AddDays(30));
        service.Clock.Set(at.AddDays(-21));
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await service.In(pair.Unit, db => db.Set<TimerRow>().Where(timer => timer.Name == AskWhetherHeld.Name && timer.Key == session.ToString())
            .ExecuteUpdateAsync(set => set.SetProperty(timer => timer.DueAt, at)));

        for (var now = at.AddHours(-2); now < at; now = now.AddMinutes(20))
        {
            service.Clock.Set(now);
            await service.SweepsHavePassed();
            Assert.Empty(service.Bus.All<SessionUnconfirmed>(pair.Unit));
        }
        service.Clock.Set(at);
        await service.Bus.Of<SessionUnconfirmed>(pair.Unit);
        for (var now = at; now < at.AddHours(3); now = now.AddMinutes(20))
        {
            service.Clock.Set(now);
            await service.SweepsHavePassed();
        }
        Assert.Single(service.Bus.All<SessionUnconfirmed>(pair.Unit));
        service.Clock.Set(before);
    }

    /// <summary>Beside this replica another fires them too, is killed in the middle of it, and comes back.</summary>
    [Fact]
    public async Task Though_a_replica_is_killed_in_the_middle_of_it_each_comes_once()
    {
        const int many = 1_500;
        var unit = TestUnit.New();
        var kills = 0;
        var replica = await service.StartReplica();
        try
        {
            var sessions = await Ended(unit, many);
            foreach (var left in new[] { many * 5 / 6, many / 2 })
            {
                await Eventually.Holds(async () => Assert.InRange(await Left(unit), 1, left), TimeSpan.FromSeconds(60));
                replica.Kill();
                await replica.WaitForExitAsync();
                Assert.True(await Left(unit) > 0, "All had fired before it was killed.");
                kills++;
                replica.Dispose();
                replica = await service.StartReplica();
            }

            await Eventually.Holds(async () => Assert.Equal(0, await Left(unit)), TimeSpan.FromSeconds(60));
            await Eventually.Holds(() =>
            {
                var asked = service.Bus.All<SessionUnconfirmed>(unit).GroupBy(question => question.SessionId).ToDictionary(each => each.Key, each => each.Count());
                Assert.Equal(sessions.Order(), asked.Keys.Order());
                Assert.All(asked.Values, times => Assert.Equal(1, times));
                return Task.CompletedTask;
            }, TimeSpan.FromSeconds(60));
            Assert.Equal(2, kills);
        }
        finally
        {
            replica.Kill();
            await replica.WaitForExitAsync();
            replica.Dispose();
        }
    }

    /// <summary>In the next night of that month in which Berlin's clocks change: an hour they skip, or have twice.</summary>
    private static DateTimeOffset HalfPastTwo(int month, DateTimeOffset after) => Enumerable.Range(after.Year, 2)
        .Select(year => new LocalDate(year, month, 31).With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Sunday)).At(new LocalTime(2, 30)))
        .Select(local => DateTimeZoneProviders.Tzdb["Europe/Berlin"].AtLeniently(local).ToDateTimeOffset().ToUniversalTime())
        .First(at => at > after);

    private Task<long> Left(TestUnit unit) => service.AsOwner<long>($"select count(*) from platform.timers where unit_id = '{unit.Id}' and name = '{AskWhetherHeld.Name}'");

    /// <summary>Sessions that ended years ago, whatever clock one asks, and of which somebody is to be asked now.</summary>
    private Task<List<Guid>> Ended(TestUnit unit, int many) => service.In(unit, async db =>
    {
        var began = new DateTimeOffset(2020, 1, 6, 9, 0, 0, TimeSpan.Zero);
        var pair = Partnership.Form(
            new PairFormed(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "all", [], "They fit.", null), began);
        db.Partnerships.Add(pair);
        var sessions = new List<Guid>();
        for (var i = 0; i < many; i++)
        {
            var starts = began.AddHours(i);
            var session = Session.Book(pair, new TimeSlot(starts, starts.AddHours(1), Channels.Video, null), null, began);
            db.Sessions.Add(session);
            db.Add(new TimerRow { UnitId = unit.Id, Name = AskWhetherHeld.Name, Key = session.Id.ToString(), DueAt = session.EndsAt, Payload = "null" });
            sessions.Add(session.Id);
        }
        await db.SaveChangesAsync();
        return sessions;
    });

    private static async Task<DateTimeOffset> EndOf(APair pair, Guid session) =>
        (await pair.Mentor.Json(pair.Unit.At($"sessions/{session}"))).GetProperty("endsAt").GetDateTimeOffset();

    private async Task Nothing_comes_twice(APair pair, Guid session)
    {
        await service.SweepsHavePassed();
        Assert.Single(service.Bus.All<SessionUnconfirmed>(pair.Unit), question => question.SessionId == session);
        Assert.Single(service.Bus.All<SessionMissed>(pair.Unit), missed => missed.SessionId == session);
        Assert.Equal(0, await service.TimersOf(session, AskWhetherHeld.Name) + await service.TimersOf(session, CallItMissed.Name));
    }
}
