using System.Net.Http.Json;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Tests.Calendars.Providers;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Scheduling.Tests;

public sealed class Republishing(SchedulingService service)
{
    [Fact]
    public async Task Charters_and_sessions_are_told_again_as_they_stand()
    {
        var pair = await APair.Meeting(service);
        await pair.Cancels(pair.Mentor, (await pair.Booked())[0]);
        var standing = (await pair.Booked()).Count;
        await Eventually.Holds(() =>
        {
            Assert.Equal(standing + 1, service.Bus.All<SessionBooked>(pair.Unit).Count);
            Assert.Single(service.Bus.All<SessionCancelled>(pair.Unit));
            Assert.Single(service.Bus.All<CharterSigned>(pair.Unit));
            return Task.CompletedTask;
        });

        await TellAgain(pair);

        await Eventually.Holds(() =>
        {
            Assert.Equal((2 * standing) + 1, service.Bus.All<SessionBooked>(pair.Unit).Count);
            Assert.Equal(2, service.Bus.All<SessionCancelled>(pair.Unit).Count);
            Assert.Equal(2, service.Bus.All<CharterSigned>(pair.Unit).Count);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_session_says_again_in_whose_calendar_it_is_entered()
    {
        var pair = await APair.Active(service, unitSlug: AMicrosoft.Unit);
        using var connected = await pair.Mentor.PutAsJsonAsync(pair.Unit.At("calendars/account"), new { });
        connected.EnsureSuccessStatusCode();
        var (moved, stays) = (await pair.HasBooked(), await pair.HasBooked());
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{moved}/move"), new { startsAt = await pair.NextSlot() });

        await TellAgain(pair);

        await Eventually.Holds(() =>
        {
            Assert.Equal(2, service.Bus.All<SessionBooked>(pair.Unit).Count(fact => fact.SessionId == stays && fact.InCalendarOf is [var one] && one == pair.MentorId));
            Assert.Equal(2, service.Bus.All<SessionMoved>(pair.Unit).Count(fact => fact.SessionId == moved && fact.InCalendarOf is [var one] && one == pair.MentorId));
            return Task.CompletedTask;
        });
    }

    private async Task TellAgain(APair pair)
    {
        await using var scope = service.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(pair.Unit.Id);
        foreach (var republish in scope.ServiceProvider.GetServices<IRepublish>())
            await republish.Republish(CancellationToken.None);
    }
}
