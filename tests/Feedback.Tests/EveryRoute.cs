using Mentoring.Testing;

namespace Mentoring.Feedback.Tests;

public sealed class EveryRoute(FeedbackService service)
{
    [Fact]
    public void Says_who_may_call_it() => Assert.Empty(Routes.WithoutPolicy(service.Services));

    [Fact]
    public async Task Is_shut_to_machine_clients() => Assert.Empty(await Routes.OpenToMachines(service));
}
