using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests;

public sealed class EveryRoute(SchedulingService service)
{
    [Fact]
    public void Says_who_may_call_it() => Assert.Empty(Routes.WithoutPolicy(service.Services));
}
