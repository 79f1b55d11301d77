using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
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

        await using (var scope = service.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(pair.Unit.Id);
            foreach (var republish in scope.ServiceProvider.GetServices<IRepublish>())
                await republish.Republish(CancellationToken.None);
        }

        await Eventually.Holds(() =>
        {
            Assert.Equal((2 * standing) + 1, service.Bus.All<SessionBooked>(pair.Unit).Count);
            Assert.Equal(2, service.Bus.All<SessionCancelled>(pair.Unit).Count);
            Assert.Equal(2, service.Bus.All<CharterSigned>(pair.Unit).Count);
            return Task.CompletedTask;
        });
    }
}
