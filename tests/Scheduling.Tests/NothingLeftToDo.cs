using System.Reflection;
using Xunit.v3;

[assembly: Mentoring.Scheduling.Tests.NothingLeftToDo]

namespace Mentoring.Scheduling.Tests;

/// <summary>
/// Before each test: timers of the tests before it are gone. They share one clock, and when one of them moves it by months, what others had left to do
/// would all be due at once and keep the next ones waiting.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NothingLeftToDo : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Task.Run(async () =>
    {
        if (await TestContext.Current.GetFixture<SchedulingService>() is { } service)
            await service.AsOwner<object>("delete from platform.timers");
    }).GetAwaiter().GetResult();
}
