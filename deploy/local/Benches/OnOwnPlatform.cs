using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>Measures something of a running platform, in a unit of its own.</summary>
/// <param name="Longest">On a quiet machine it takes about half of it.</param>
/// <param name="Measure">Told how far it is by <see cref="Progress"/>.</param>
internal sealed record Bench(TimeSpan Longest, Bench.Of Measure)
{
    /// <param name="tools">Where what runs beside the platform keeps its ports and logs.</param>
    public delegate Task Of(LocalState tools, OwnPlatform platform, Table table, Progress progress, CancellationToken ct);
}

/// <summary>Benches with a platform of their own: what they measured is shown even where one failed half-way, and what they left behind goes.</summary>
internal static class OnOwnPlatform
{
    /// <param name="benches">One after the other on the same platform.</param>
    /// <param name="stop">Somebody wants it to end.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IReadOnlyList<Bench> benches, CancellationToken stop)
    {
        var longest = benches.Aggregate(TimeSpan.Zero, (sum, bench) => sum + bench.Longest);
        var folder = Path.Combine(LocalState.Checkout, ".local", "bench");
        var tools = new LocalState(Path.Combine(folder, "tools"));
        var own = Path.Combine(folder, "platform");
        var table = new Table();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            await using var claim = Daemon.Claim(tools);
            over.CancelAfter(longest);
            var progress = new Progress();
            var load = await File.ReadAllTextAsync("/proc/loadavg", over.Token);
            progress.Say($"{Environment.ProcessorCount} processors, load {load.Split(' ')[0]} before the bench; starting a platform from nothing");
            tools.ForgetTakenPorts();
            await using (var platform = await OwnPlatform.Start(tools, own, over.Token))
            {
                foreach (var bench in benches)
                {
                    await bench.Measure(tools, platform, table, progress, over.Token);
                    table.Space();
                }
            }
            // Only after success: otherwise its logs are wanted.
            OwnPlatform.Forget(own);
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
            await Console.Error.WriteLineAsync($"Not done within {longest.TotalMinutes:0} minutes: the machine is too busy for figures that mean anything.");
            return 1;
        }
        finally
        {
            // After a failure as well: what was measured before it holds.
            Console.WriteLine(table);
        }
    }

    /// <summary>A unit with its first administrator, signed in at this gateway.</summary>
    public static async Task<Person> FirstAdministrator(OwnPlatform platform, string gateway, string unit, CancellationToken ct)
    {
        // Somebody else in each unit: whoever has signed in for one is let into another only once the gateway has heard of it.
        var email = $"admin.{unit}@nordlicht.example";
        using var host = await Person.SignIn(platform.State, gateway, "operator@mentoring.example", ct);
        await host.Post("/api/v1/units", new
        {
            slug = unit,
            name = "Bench",
            timeZone = "Europe/Berlin",
            issuers = new[] { new { issuer = Topology.AddressOf(platform.State, Topology.Identity), domains = new[] { "nordlicht.example" } } },
            admin = new { email, name = "First Administrator" },
        }, ct);
        return await Person.SignIn(platform.State, gateway, email, ct);
    }
}
