using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Scheduling.Tests.Sessions;

/// <summary>Of every session of a series that nobody settles the mentee is asked, though one timer serves all of them.</summary>
public sealed class AskingAboutASeries(SchedulingService service)
{
    [Fact]
    public async Task Each_is_asked_about_a_day_after_its_end_and_once()
    {
        var pair = await APair.Active(service, booking: "platform");
        var soon = await pair.NextSlot();
        var series = await pair.Booked();
        await pair.Cancels(pair.Mentee, series[1]);
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{series[2]}/move"), new { startsAt = await StartOf(pair, series[2], minutesLater: 15) });
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{series[5]}/move"), new { startsAt = soon });
        var single = await pair.HasBooked(await pair.NextSlot(1));
        var expected = new List<Guid>();
        foreach (var session in (await Standing(pair)).Take(6))
        {
            expected.Add(session.Id);
            service.Clock.Set(session.EndsAt.AddDays(1).AddMinutes(-1));
            await service.SweepsHavePassed();
            Assert.DoesNotContain(service.Bus.All<SessionUnconfirmed>(pair.Unit), asked => asked.SessionId == session.Id);

            service.Clock.Set(session.EndsAt.AddDays(1));
            await service.Bus.Of<SessionUnconfirmed>(pair.Unit, asked => asked.SessionId == session.Id);
        }
        Assert.Equal(expected, service.Bus.All<SessionUnconfirmed>(pair.Unit).Select(asked => asked.SessionId));
        // Of each kind one: booked by itself, moved to the front, moved by a little, and as it was planned.
        Assert.Empty(new[] { single, series[5], series[2], series[0] }.Except(expected));
    }

    [Fact]
    public async Task Though_the_clock_jumps_over_many_of_them_each_is_asked_about_once_and_missed_once()
    {
        var pair = await APair.Active(service, booking: "platform");
        var series = await pair.Booked();
        // Whose own timer is due in the same sweep as that of the series.
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{series[3]}/move"), new { startsAt = await StartOf(pair, series[3], minutesLater: 15) });
        var passed = (await Standing(pair)).Take(8).ToList();

        service.Clock.Set(passed[^1].EndsAt.AddDays(2));
        await service.Bus.Of<SessionUnconfirmed>(pair.Unit, asked => asked.SessionId == passed[^1].Id);
        await service.SweepsHavePassed();
        // Both have found out which of them came second.
        Assert.Equal(0, await service.TimersOf(series[3], AskWhetherHeld.Name));
        service.Clock.Advance(TimeSpan.FromDays(3));
        foreach (var session in passed)
            await service.Bus.Of<SessionMissed>(pair.Unit, missed => missed.SessionId == session.Id);
        await service.SweepsHavePassed();

        Assert.Equal(passed.Select(session => session.Id).Order(), service.Bus.All<SessionUnconfirmed>(pair.Unit).Select(asked => asked.SessionId).Order());
        Assert.Equal(passed.Count, service.Bus.All<SessionMissed>(pair.Unit).Count);
        // It has passed by the one that was asked about already, and goes on.
        var timer = Assert.Single(await TimersOf(pair));
        Assert.True(timer.Attempts == 0 && timer.DueAt > service.Clock.GetUtcNow());
    }

    [Fact]
    public async Task What_has_been_held_is_not_asked_about_and_the_rest_is()
    {
        var pair = await APair.Active(service, booking: "platform");
        var sessions = await Standing(pair);
        service.Clock.Set(sessions[0].EndsAt);
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{sessions[0].Id}/held"), new { });

        service.Clock.Set(sessions[1].EndsAt.AddDays(1));

        Assert.Equal(sessions[1].Id, (await service.Bus.Of<SessionUnconfirmed>(pair.Unit)).SessionId);
        Assert.Single(service.Bus.All<SessionUnconfirmed>(pair.Unit));
    }

    [Fact]
    public async Task Once_the_two_have_parted_only_what_they_have_had_is_asked_about()
    {
        var pair = await APair.Active(service, booking: "platform");
        var sessions = await Standing(pair);
        service.Clock.Set(sessions[0].EndsAt);
        var due = Assert.Single(await TimersOf(pair));
        await pair.Mentor.PostAsync(pair.Own("/end"), null);
        await service.Bus.Of<PartnershipEnded>(pair.Unit);
        Assert.Empty(await TimersOf(pair));

        // One that was just firing has set itself anew.
        await service.In(pair.Unit, db =>
        {
            db.Add(new TimerRow { UnitId = pair.Unit.Id, Name = AskAboutSeries.Name, Key = pair.Id.ToString(), DueAt = due.DueAt, Payload = "null" });
            return db.SaveChangesAsync();
        });
        service.Clock.Set(sessions[1].EndsAt.AddDays(1));
        await Eventually.Holds(async () => Assert.Empty(await TimersOf(pair)));
        Assert.Equal(sessions[0].Id, (await service.Bus.Of<SessionUnconfirmed>(pair.Unit)).SessionId);
        service.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(sessions[0].Id, (await service.Bus.Of<SessionMissed>(pair.Unit)).SessionId);
        Assert.Single(service.Bus.All<SessionUnconfirmed>(pair.Unit));
    }

    [Fact]
    public async Task Nobody_is_asked_about_what_is_just_being_settled()
    {
        var pair = await APair.Active(service, booking: "platform");
        var session = (await Standing(pair))[0];
        await using var scope = service.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(pair.Unit.Id);
        var db = scope.ServiceProvider.GetRequiredService<SchedulingDb>();
        await using var other = await db.Database.BeginTransactionAsync();
        var backend = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();
        await db.Sessions.Where(one => one.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.State, SessionState.Held).SetProperty(one => one.Version, 2));

        service.Clock.Set(session.EndsAt.AddDays(1));
        await Eventually.Holds(async () => Assert.Equal(1, await service.AsOwner<long>($"select count(*) from pg_stat_activity where {backend} = any(pg_blocking_pids(pid))")));
        await other.CommitAsync();

        await Eventually.Holds(async () => Assert.True(Assert.Single(await TimersOf(pair)).DueAt > service.Clock.GetUtcNow()));
        Assert.Empty(service.Bus.All<SessionUnconfirmed>(pair.Unit));
    }

    [Fact]
    public async Task What_is_moved_after_the_clock_went_back_is_asked_about_at_its_new_time()
    {
        var pair = await APair.Active(service, booking: "platform");
        var session = (await Standing(pair))[1];
        service.Clock.Set(session.EndsAt.AddDays(1));
        await service.Bus.Of<SessionUnconfirmed>(pair.Unit, asked => asked.SessionId == session.Id);
        service.Clock.Set(session.StartsAt.AddDays(-3));

        await pair.Mentee.Posts(pair.Unit.At($"sessions/{session.Id}/move"), new { startsAt = session.StartsAt.AddMinutes(15) });
        service.Clock.Set(session.EndsAt.AddDays(1).AddMinutes(15));

        await service.Bus.Of<SessionUnconfirmed>(pair.Unit, asked => asked.SessionId == session.Id && asked.Version == 2);
    }

    [Fact]
    public async Task The_series_of_another_term_is_asked_about_as_well()
    {
        var pair = await APair.Active(service, booking: "platform");
        var ends = (await pair.Mentee.Json(pair.Own())).GetProperty("endsAt").GetDateTimeOffset();
        service.Clock.Set(ends.AddDays(-14));
        await service.Bus.Of<ContinuationAsked>(pair.Unit);
        // Beyond the first of the next series: the timer stands already, for something later.
        var single = await pair.HasBooked((await pair.NextSlot()).AddDays(35));
        foreach (var who in new[] { pair.Mentor, pair.Mentee })
            await who.Posts(pair.Own("/continuation"), new { answer = "yes" });
        service.Clock.Set(ends);
        await service.Bus.Of<PlannedEndReached>(pair.Unit);
        var next = (await Standing(pair)).First(session => session.StartsAt >= ends);
        Assert.NotEqual(single, next.Id);

        service.Clock.Set(next.EndsAt.AddDays(1));

        await service.Bus.Of<SessionUnconfirmed>(pair.Unit, asked => asked.SessionId == next.Id);
        await service.SweepsHavePassed();
        Assert.Single(service.Bus.All<SessionUnconfirmed>(pair.Unit), asked => asked.SessionId == next.Id);
        Assert.Single(await TimersOf(pair));
    }

    private Task<List<Session>> Standing(APair pair) => service.In(pair.Unit, db =>
        db.Sessions.AsNoTracking().Where(session => session.State == SessionState.Booked).OrderBy(session => session.EndsAt).ToListAsync());

    private Task<List<TimerRow>> TimersOf(APair pair) => service.In(pair.Unit, db =>
        db.Set<TimerRow>().AsNoTracking().Where(timer => timer.Name == AskAboutSeries.Name && timer.Key == pair.Id.ToString()).ToListAsync());

    private static async Task<DateTimeOffset> StartOf(APair pair, Guid session, int minutesLater) =>
        (await pair.Mentee.Json(pair.Unit.At($"sessions/{session}"))).GetProperty("startsAt").GetDateTimeOffset().AddMinutes(minutesLater);
}
