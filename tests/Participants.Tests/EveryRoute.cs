using Mentoring.Testing;

namespace Mentoring.Participants.Tests;

public sealed class EveryRoute(ParticipantsService service)
{
    [Fact]
    public void Says_who_may_call_it() => Assert.Empty(Routes.WithoutPolicy(service.Services));
}
