using System.Text;
using Mentoring.Demo;

namespace Mentoring.Journeys.Tests;

/// <summary>
/// The journey a newcomer sees, through the gateway, every process real.
/// </summary>
public sealed class TheWholeJourney(PlatformUnderTest platform, ITestOutputHelper output)
{
    private const int Pairs = 12;
    private static readonly string[] s_services = ["participants", "matching", "scheduling", "feedback", "notifications"];

    [Fact]
    public async Task It_goes_from_an_empty_platform_to_a_refused_expansion()
    {
        var journey = await Journey.Begin(platform.Api, Pairs);

        var transcript = new StringWriter(new StringBuilder());
        var finished = await Transcript.Of(journey.Steps, transcript);

        output.WriteLine(transcript.ToString());
        Assert.True(finished, transcript.ToString());
    }

    [Fact]
    public async Task Status_and_clock_say_how_it_is()
    {
        var (status, parts) = await PlatformUnderTest.Run("status");
        var (clockStatus, clock) = await PlatformUnderTest.Run("clock");

        Assert.Equal(0, status);
        Assert.All(s_services.Append("gateway"), service => Assert.Contains(service, parts, StringComparison.Ordinal));
        Assert.Equal(0, clockStatus);
        Assert.Contains("UTC", clock, StringComparison.Ordinal);
    }
}
