using Mentoring.Demonstration;
using Mentoring.Testing;

namespace Mentoring.Journeys.Tests.Templates;

/// <summary>Runs all scenarios side by side, each in a business unit of its own, on the platform under test.</summary>
public sealed class EveryTemplate(PlatformUnderTest platform) : IAsyncLifetime
{
    private readonly Dictionary<string, (IReadOnlyList<string> Said, Exception? Failed)> _played = [];

    public (IReadOnlyList<string> Said, Exception? Failed) this[string template] => _played[template];

    public async ValueTask InitializeAsync()
    {
        using var api = new Api(platform.Described);
        var clock = new SharedClock(platform.Described, AllTemplates.Those.Count, CaughtUp);
        await Task.WhenAll(AllTemplates.Those.Select(async template =>
        {
            var scenario = new Scenario(template, api, clock);
            Exception? failed = null;
            try
            {
                await scenario.Play();
            }
            catch (Exception e)
            {
                failed = e;
            }
            lock (_played)
                _played[template.Name] = (scenario.Said, failed);
            await clock.Leave();
        }));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task CaughtUp(DateTimeOffset now)
    {
        foreach (var service in PlatformUnderTest.Services)
            await Eventually.Holds(async () => Assert.Equal(0L, await PlatformUnderTest.Ask<long>(service, $"select count(*) from platform.timers where due_at <= '{now:O}'")), TimeSpan.FromSeconds(90));
    }
}

/// <summary>Each template's acceptance scenario, by name.</summary>
public sealed class RunningEveryTemplate(EveryTemplate every, ITestOutputHelper output) : IClassFixture<EveryTemplate>
{
    public static TheoryData<string> Names => [.. AllTemplates.Those.Select(template => template.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_programme_made_from_it_runs_to_its_review(string template)
    {
        var (said, failed) = every[template];
        foreach (var line in said)
            output.WriteLine(line);

        Assert.True(failed is null, $"{string.Join('\n', said)}\n{failed}");
    }
}
