using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>
/// The scale built into the house: what the platform's own layers cost beside the same without them, in one run on one machine.
/// Ratios carry from one machine to another; the rest says how fast this one is.
/// </summary>
internal static class PlatformBench
{
    private const double Gibibyte = 1024 * 1024 * 1024;
    private const string Unit = "bench";

    /// <summary>A quiet machine takes four minutes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan UntilAtRest = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(Effort effort, CancellationToken stop)
    {
        var folder = Path.Combine(LocalState.Checkout, ".local", "bench");
        var tools = new LocalState(Path.Combine(folder, "tools"));
        var platform = Path.Combine(folder, "platform");
        var table = new Table();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            await using var claim = Daemon.Claim(tools);
            over.CancelAfter(Longest);
            await Measure(tools, platform, effort, table, over.Token);
            // Only after success: otherwise its logs are wanted.
            OwnPlatform.Forget(platform);
            return 0;
        }
        catch (Exception e) when (e is BenchFailed or StartFailed or HttpRequestException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (IOException) when (Daemon.RunningIn(tools) is { } other)
        {
            await Console.Error.WriteLineAsync($"Another bench is running (pid {other}); two at once would measure each other.");
            return 1;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            if (stop.IsCancellationRequested)
                return 130;
            await Console.Error.WriteLineAsync($"Not done within {Longest.TotalMinutes:0} minutes: the machine is too busy for figures that mean anything.");
            return 1;
        }
        finally
        {
            // After a failure as well: what was measured before it holds.
            Console.WriteLine(table);
        }
    }

    private static async Task Measure(LocalState tools, string folder, Effort effort, Table table, CancellationToken stop)
    {
        var progress = new Progress();
        var load = await File.ReadAllTextAsync("/proc/loadavg", stop);
        progress.Say($"{Environment.ProcessorCount} processors, load {load.Split(' ')[0]} before the bench; starting a platform from nothing");
        tools.ForgetTakenPorts();
        await using var platform = await OwnPlatform.Start(tools, folder, stop);
        await Task.Delay(UntilAtRest, stop);
        var memory = platform.Memory;

        await using (var proxies = await Proxies.Start(tools, platform, stop))
        {
            using var admin = await FirstAdministrator(platform, proxies.Gateway, stop);
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

    private static async Task<Person> FirstAdministrator(OwnPlatform platform, string gateway, CancellationToken ct)
    {
        const string email = "admin@nordlicht.example";
        using var host = await Person.SignIn(platform.State, gateway, "operator@mentoring.example", ct);
        await host.Post("/api/v1/units", new
        {
            slug = Unit,
            name = "Bench",
            timeZone = "Europe/Berlin",
            issuers = new[] { new { issuer = Topology.AddressOf(platform.State, Topology.Identity), domains = new[] { "nordlicht.example" } } },
            admin = new { email, name = "First Administrator" },
        }, ct);
        return await Person.SignIn(platform.State, gateway, email, ct);
    }
}
