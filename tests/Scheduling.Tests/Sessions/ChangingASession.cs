using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Scheduling.Tests.Sessions;

public sealed class ChangingASession(SchedulingService service)
{
    [Fact]
    public async Task A_moved_session_frees_its_old_time_and_takes_the_new_one()
    {
        var pair = await APair.Active(service);
        var (first, second) = (await pair.NextSlot(), await pair.NextSlot(1));
        var session = await pair.HasBooked(first);

        var moved = await pair.Mentor.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = second });

        Assert.Equal((second, 1), (moved.GetProperty("startsAt").GetDateTimeOffset(), moved.GetProperty("sequence").GetInt32()));
        var fact = await service.Bus.Of<SessionMoved>(pair.Unit);
        Assert.Equal((session, 2L, 1, second), (fact.SessionId, fact.Version, fact.Sequence, fact.StartsAt));
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = second }, 409, "slot-taken");
        await pair.HasBooked(first);
    }

    [Fact]
    public async Task A_session_does_not_stand_in_its_own_way()
    {
        var pair = await APair.Active(service, booking: "platform");
        var session = (await pair.Booked())[0];
        var before = await pair.Taken();
        var at = (await pair.Mentee.Json(pair.Unit.At($"sessions/{session}"))).GetProperty("startsAt").GetDateTimeOffset();

        // First out of the row of its series, then out of its own.
        foreach (var start in new[] { at.AddMinutes(15), at.AddMinutes(30), at })
            await pair.Mentee.Posts(pair.Unit.At($"sessions/{session}/move"), new { startsAt = start });

        Assert.Equal(before.ToHashSet(), (await pair.Taken()).ToHashSet());
    }

    [Fact]
    public async Task Several_of_one_series_may_be_changed_at_the_same_moment()
    {
        var pair = await APair.Active(service, booking: "platform");
        var series = await pair.Booked();
        var before = await pair.Taken();
        await using var scope = service.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(pair.Unit.Id);
        var db = scope.ServiceProvider.GetRequiredService<SchedulingDb>();
        await using var other = await db.Database.BeginTransactionAsync();
        var backend = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();
        await db.Database.ExecuteSqlAsync($"select from booked_times for update");

        var changes = series.Take(4).Select(session => pair.Cancels(pair.Mentee, session)).ToArray();
        // All have found their session, and none can write.
        await Eventually.Holds(async () => Assert.Equal(4, await service.AsOwner<long>($"select count(*) from pg_stat_activity where {backend} = any(pg_blocking_pids(pid)) or pid in (select blocked.pid from pg_stat_activity blocked, pg_stat_activity first where {backend} = any(pg_blocking_pids(first.pid)) and first.pid = any(pg_blocking_pids(blocked.pid)))")));
        await other.RollbackAsync();
        await Task.WhenAll(changes);

        var left = await pair.Taken();
        Assert.Equal(before.Count - (2 * 4), left.Count);
        Assert.Subset(before.ToHashSet(), left.ToHashSet());
    }

    [Fact]
    public async Task A_cancelled_session_frees_its_time_and_says_whose_side_it_was()
    {
        var pair = await APair.Active(service);
        var at = await pair.NextSlot();
        var session = await pair.HasBooked(at);

        await pair.Cancels(pair.Mentor, session);

        var fact = await service.Bus.Of<SessionCancelled>(pair.Unit);
        Assert.Equal((session, 2L, 1, Side.Mentor, "workload"), (fact.SessionId, fact.Version, fact.Sequence, fact.BySide, fact.Reason));
        await pair.HasBooked(at);
        await pair.Mentee.IsRefused(pair.Unit.At($"sessions/{session}/cancel"), new { reason = "other" }, 409, "session-not-open");
        await pair.Mentee.IsRefused(pair.Unit.At($"sessions/{session}/move"), new { startsAt = at }, 409, "session-not-open");
    }

    [Fact]
    public async Task A_delegate_cancels_on_the_mentees_side_and_that_is_audited()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        await pair.Cancels(await pair.Assistant(), session);

        Assert.Equal(Side.Mentee, (await service.Bus.Of<SessionCancelled>(pair.Unit)).BySide);
        Assert.Equal(session, (await service.Bus.Of<ActionAudited>(pair.Unit, audited => audited.Code == "session-cancelled-for-mentee")).SubjectId);
    }

    [Fact]
    public async Task A_reason_outside_the_short_list_is_refused()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        await pair.Mentee.IsRefused(pair.Unit.At($"sessions/{session}/cancel"), new { reason = "because Mara was late" }, 400, "invalid");
        await pair.Mentee.IsRefused(pair.Unit.At($"sessions/{session}/cancel"), new { reason = "partnership-ended" }, 400, "invalid");
    }

    [Fact]
    public async Task Two_who_cancel_at_once_cancel_it_once()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        var answers = await Task.WhenAll(new[] { pair.Mentor, pair.Mentee, pair.Mentor, pair.Mentee }.Select(async who =>
        {
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(who, pair.Unit.At($"sessions/{session}/cancel"), new { reason = "clash" });
            return (int)answer.StatusCode;
        }));

        Assert.Single(answers, 200);
        Assert.Equal(3, answers.Count(status => status == 409));
    }

    [Fact]
    public async Task A_session_that_has_started_is_neither_moved_nor_cancelled()
    {
        var pair = await APair.Active(service);
        var at = await pair.NextSlot();
        var session = await pair.HasBooked(at);
        service.Clock.Set(at);

        await pair.Mentee.IsRefused(pair.Unit.At($"sessions/{session}/cancel"), new { reason = "clash" }, 422, "session-started");
        await pair.Mentee.IsRefused(pair.Unit.At($"sessions/{session}/move"), new { startsAt = at.AddDays(1) }, 422, "session-started");
    }
}
