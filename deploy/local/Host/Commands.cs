namespace Mentoring.Host;

/// <summary>What deploy/local's scripts ask for.</summary>
internal static class Commands
{
    public static async Task<int> Run(string[] args, CancellationToken stop)
    {
        // Another folder is another platform, beside the one a developer works with: journeys that kill things bring their own.
        var folder = Path.Combine(LocalState.Checkout, ".local");
        if (args is ["--state", var other, ..])
            (folder, args) = (Path.GetFullPath(other), args[2..]);
        try
        {
            return args switch
            {
                ["up", .. var options] => await Up(folder, options, stop),
                ["down"] => await StopHost(new LocalState(folder)),
                ["status"] => await Status.Print(new LocalState(folder)),
                ["demo", .. var arguments] => await Demo.Run(new LocalState(folder), arguments, stop),
                ["clock"] => Clock.Print(new LocalState(folder)),
                ["clock", var by] => Clock.Move(new LocalState(folder), by),
                ["part", "kill", var name] => await Control.Kill(new LocalState(folder), name),
                ["part", "stop", var name] => await Control.Stop(new LocalState(folder), name),
                ["part", "start", var name] => await Control.Start(new LocalState(folder), name),
                ["servers"] => await StartTestServers(),
                ["servers", "--foreground"] => await Serve(TestServers.State(), () => TestServers.Run(stop)),
                ["servers", "--stop"] => await StopHost(TestServers.State()),
                _ => Refuse(args),
            };
        }
        catch (StartFailed failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
    }

    private static async Task<int> Up(string folder, string[] args, CancellationToken stop)
    {
        var state = new LocalState(folder);
        string[] known = ["--detach", "--no-demo", "--fresh", "--logs", "--otlp", "--detached"];
        var otlp = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT");
        var at = Array.IndexOf(args, "--otlp");
        if (at >= 0 && at + 1 < args.Length)
            (otlp, args) = (args[at + 1], [.. args[..at], .. args[(at + 2)..]]);
        if (args.FirstOrDefault(argument => !known.Contains(argument)) is { } unknown)
            return Refuse([unknown]);

        if (Daemon.RunningIn(state) is { } pid)
        {
            Console.WriteLine($"It is up already (pid {pid}):");
            return await Status.Print(state);
        }
        if (args.Contains("--detach"))
        {
            string[] passed = [.. args.Where(argument => argument != "--detach"), "--detached", .. otlp is null ? Array.Empty<string>() : ["--otlp", otlp]];
            return await Daemon.Start(state, ["--state", folder, "up", .. passed]);
        }
        var options = new UpOptions(args.Contains("--detached"), !args.Contains("--no-demo"), args.Contains("--fresh"), args.Contains("--logs"), otlp);
        return await Serve(state, () => new Platform(state, options).Run(stop));
    }

    private static async Task<int> StartTestServers()
    {
        var state = TestServers.State();
        if (Daemon.IsReady(state))
        {
            Console.WriteLine($"The servers for tests are running already: {TestServers.File}");
            return 0;
        }
        return await Daemon.Start(state, ["servers", "--foreground"]);
    }

    private static async Task<int> Serve(LocalState state, Func<Task<int>> run)
    {
        await using var claim = Daemon.Claim(state);
        return await run();
    }

    private static async Task<int> StopHost(LocalState state)
    {
        await Daemon.Stop(state);
        return 0;
    }

    private static int Refuse(string[] args)
    {
        Console.Error.WriteLine($"Unknown: {string.Join(' ', args)}");
        return 2;
    }
}
