using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class BeginningManyPartnerships(SchedulingService service)
{
    [Fact]
    public async Task Hundreds_at_once_are_planned_around_one_another_and_booked_by_one_job()
    {
        await using var cohort = await ACohort.Ready(service, 450);
        Assert.Equal((0, 450), await Progress(cohort));

        await cohort.Begins();
        await cohort.HasBegun();

        await cohort.IsWholeAndNobodyIsBookedTwice();
        // 200 at a time: not a transaction for each.
        Assert.InRange(await service.AsOwner<long>($"select count(distinct xmin::text) from sessions where unit_id = '{cohort.Unit.Id}'"), 3, 8);
        var facts = await Facts(cohort);
        Assert.Equal(facts.Count, facts.Select(fact => fact.SessionId).Distinct().Count());
    }

    [Fact]
    public async Task How_far_it_is_and_what_came_of_it_is_read_by_the_programme_manager_alone()
    {
        var offered = new OfferedHours { TimeZone = "Asia/Kolkata", Weekly = [], Exceptions = [] };
        await using var cohort = await ACohort.Ready(service, 30, booking: "mentee", offered: zone => zone == offered.TimeZone ? offered : null);
        var path = cohort.Unit.At($"partnerships/activation?programme={cohort.Slug}");
        var before = await cohort.Activation();
        Assert.Equal(("running", 0, 30), (before.Text("state"), before.GetProperty("done").GetInt32(), before.GetProperty("total").GetInt32()));

        await cohort.Begins();
        await cohort.HasBegun();

        var after = await cohort.Activation();
        var result = after.GetProperty("result");
        var without = result.GetProperty("withoutCommonTime").GetInt32();
        Assert.Equal((30, 30), await Progress(cohort));
        Assert.True(without > 0);
        Assert.Equal((0, 30 - without), (result.GetProperty("booked").GetInt32(), result.GetProperty("proposed").GetInt32()));
        Assert.Equal(without, await cohort.Timers(LookForCommonTime.Name));
        await service.As(cohort.Unit, cohort.Pairs[0].MentorId).IsRefused(HttpMethod.Get, path, null, 403, "role-missing");
        await service.As(cohort.Unit, cohort.ManagerId, [], (Guid.CreateVersion7(), Roles.ProgrammeManager)).IsRefused(HttpMethod.Get, path, null, 403, "role-missing");
        await service.As(TestUnit.New(), cohort.ManagerId, [], (cohort.ProgrammeId, Roles.ProgrammeManager)).FindsNothing(path);
        await cohort.Manager.FindsNothing(cohort.Unit.At("partnerships/activation?programme=unheard-of"));
    }

    [Fact]
    public async Task Whom_somebody_else_books_meanwhile_is_planned_again_and_the_others_lose_nothing()
    {
        await using var cohort = await ACohort.Ready(service, 60);
        await using var rival = await ABookingUnderWay.Of(cohort, cohort.Pairs[7]);

        await cohort.Begins(cohort.Pairs.Skip(1));
        await rival.IsWaitedFor();
        await rival.Commits();

        await Eventually.Holds(async () => Assert.Equal(1, await Waiting(cohort)));
        await cohort.Begins(cohort.Pairs.Take(1));
        await cohort.HasBegun();
        var taken = await service.In(cohort.Unit, db => db.Sessions.AsNoTracking().SingleAsync(session => session.Id == rival.Session.Id));
        Assert.Equal(SessionState.Booked, taken.State);
        var of = cohort.Pairs[7].MentorId;
        var times = (await service.Taken(cohort.Unit)).Where(time => time.PersonId == of && time.EndsAt > taken.StartsAt && taken.EndsAt > time.StartsAt);
        Assert.Equal((taken.StartsAt, taken.EndsAt), times.Select(time => (time.StartsAt, time.EndsAt)).Single());
        Assert.Equal((60, 60), await Progress(cohort));
    }

    [Fact]
    public async Task One_that_ends_while_it_is_planned_does_not_begin_and_the_others_do()
    {
        await using var cohort = await ACohort.Ready(service, 60);
        await using var rival = await ABookingUnderWay.Of(cohort, cohort.Pairs[7]);
        var ended = cohort.Pairs[40].PairId;

        await cohort.Begins(cohort.Pairs.Skip(1));
        await rival.IsWaitedFor();
        // Read already, and not yet written.
        await service.AsOwner<int>($"update partnerships set ended_at = '{service.Clock.GetUtcNow():O}', version = version + 1 where id = '{ended}'");
        await rival.GivesUp();

        await Eventually.Holds(async () => Assert.Equal(58, await service.In(cohort.Unit, db => db.Partnerships.CountAsync(pair => pair.ActivatedAt != null))));
        Assert.Equal((0L, 0L), (await cohort.Timers(ActivatePartnership.Name), await service.In(cohort.Unit, db => db.Sessions.LongCountAsync(session => session.PartnershipId == ended))));
        Assert.Null(await service.In(cohort.Unit, db => db.Partnerships.Where(pair => pair.Id == ended).Select(pair => pair.ActivatedAt).SingleAsync()));
    }

    [Fact]
    public async Task Killed_in_the_middle_it_begins_again_and_every_effect_is_there_once()
    {
        await using var cohort = await ACohort.Ready(service, 60);
        await using (var rival = await ABookingUnderWay.Of(cohort, cohort.Pairs[20]))
        {
            await cohort.Begins();
            var job = await rival.IsWaitedFor();
            Assert.True(await service.AsOwner<bool>($"select pg_terminate_backend({job})"));
            await Eventually.Holds(async () => Assert.NotEqual(job, await rival.WaitingBackend()));
        }

        await cohort.HasBegun();

        await cohort.IsWholeAndNobodyIsBookedTwice();
        var facts = await Facts(cohort);
        Assert.Equal(facts.Count, facts.Select(fact => fact.SessionId).Distinct().Count());
    }

    private async Task<IReadOnlyList<SessionBooked>> Facts(ACohort cohort)
    {
        var sessions = await service.In(cohort.Unit, db => db.Sessions.CountAsync());
        await Eventually.Holds(() =>
        {
            Assert.True(service.Bus.All<SessionBooked>(cohort.Unit).Count >= sessions);
            return Task.CompletedTask;
        });
        return service.Bus.All<SessionBooked>(cohort.Unit);
    }

    private static async Task<(int Done, int Total)> Progress(ACohort cohort)
    {
        var activation = await cohort.Activation();
        return (activation.GetProperty("done").GetInt32(), activation.GetProperty("total").GetInt32());
    }

    private static async Task<int> Waiting(ACohort cohort)
    {
        var (done, total) = await Progress(cohort);
        return total - done;
    }

    /// <summary>Somebody who books a mentor's next days in a transaction that is not over yet.</summary>
    private sealed class ABookingUnderWay : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope;
        private readonly SchedulingDb _db;
        private readonly SchedulingService _service;
        private int _backend;

        private ABookingUnderWay(ACohort cohort, PairFormed fact)
        {
            _service = cohort.Service;
            _scope = cohort.Service.Services.CreateAsyncScope();
            _scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(cohort.Unit.Id);
            _db = _scope.ServiceProvider.GetRequiredService<SchedulingDb>();
            var now = cohort.Service.Clock.GetUtcNow();
            // For a pair of the same mentor that has nothing to do with the job.
            var another = Partnership.Form(fact with { PairId = cohort.Pairs[0].PairId, MenteeId = cohort.Pairs[0].MenteeId }, now);
            Session = Session.Book(another, new TimeSlot(now.AddHours(12), now.AddDays(3), Channels.Video, null), null, now);
        }

        public Session Session { get; }

        public static async Task<ABookingUnderWay> Of(ACohort cohort, PairFormed fact)
        {
            var booking = new ABookingUnderWay(cohort, fact);
            await booking._db.Database.BeginTransactionAsync();
            booking._backend = await booking._db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();
            booking._db.Sessions.Add(booking.Session);
            booking._db.BookedTimes.AddRange(BookedTimes.For(booking.Session).Where(booked => booked.PersonId == fact.MentorId));
            await booking._db.SaveChangesAsync();
            return booking;
        }

        /// <summary>The server process that cannot go on before this booking is over.</summary>
        public async Task<int> IsWaitedFor()
        {
            await Eventually.Holds(async () => Assert.NotEqual(0, await WaitingBackend()));
            return await WaitingBackend();
        }

        public Task<int> WaitingBackend() =>
            _service.AsOwner<int>($"select pid from pg_stat_activity where {_backend} = any(pg_blocking_pids(pid)) limit 1");

        public Task Commits() => _db.Database.CommitTransactionAsync();

        public Task GivesUp() => _db.Database.RollbackTransactionAsync();

        public ValueTask DisposeAsync() => _scope.DisposeAsync();
    }
}
