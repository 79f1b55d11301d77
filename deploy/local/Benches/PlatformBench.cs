using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>
/// The scale built into the house: what the platform's own layers cost beside the same without them, in one run on one machine.
/// Ratios carry from one machine to another; the rest says how fast this one is.
/// </summary>
internal static class PlatformBench
{
    private const double Gibibyte = 1024 * 1024 * 1024;

    /// <summary>A quiet machine takes four minutes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan UntilAtRest = TimeSpan.FromSeconds(5);

    private const string Unit = "bench-platform";

    public static Bench Of(Effort effort) => new(Longest, (tools, platform, table, progress, ct) => Measure(tools, platform, effort, table, progress, ct));

    private static async Task Measure(LocalState tools, OwnPlatform platform, Effort effort, Table table, Progress progress, CancellationToken stop)
    {
        await Task.Delay(UntilAtRest, stop);
        var memory = platform.Memory;

        await using (var proxies = await Proxies.Start(tools, platform, stop))
        {
            using var admin = await OnOwnPlatform.FirstAdministrator(platform, proxies.Gateway, Unit, stop);
            await proxies.Measure(admin, Unit, effort, table, progress, stop);
            table.Space();
            await new ReactionBench(platform, admin, Unit).Measure(effort, table, progress, stop);
        }
        table.Space();
        await new OutboxBench(platform).Measure(effort, table, progress, stop);
        table.Space();
        table.Add("cold up, after the build", "s", Figure.Once(platform.ColdStart.TotalSeconds), Aim.AtMost(40));
        table.Add("memory of the whole, after the start", "GiB", Figure.Once(memory / Gibibyte), Aim.AtMost(1.5));
        table.Add("memory of the whole, after the load", "GiB", Figure.Once(platform.Memory / Gibibyte));
    }
}
