using Mentoring.Testing;

namespace Mentoring.Feedback.Tests;

public sealed class EveryRoute(FeedbackService service)
{
    [Fact]
    public void Says_who_may_call_it() => Assert.Empty(Routes.WithoutPolicy(service.Services));
}
