namespace Mentoring.Host;

/// <summary>Takes a running platform's parts away and gives them back: what a test of outages needs, and a developer at times.</summary>
internal static class Control
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Ends it without a warning; the host starts it again.</summary>
    public static async Task<int> Kill(LocalState state, string name)
    {
        if (Status.PidOf(state, name) is not { } pid)
            return NotRunning(name);
        Native.Signal(pid, Native.Kill);
        await UntilGone(pid);
        return 0;
    }

    /// <summary>Ends it in order, and it stays down until it is started.</summary>
    public static async Task<int> Stop(LocalState state, string name)
    {
        if (Status.PidOf(state, name) is not { } pid)
            return NotRunning(name);
        await File.WriteAllTextAsync(Child.HoldFile(state, name), "");
        Native.Signal(pid, name == Servers.PostgreSql.Name ? Native.Interrupt : Native.Terminate);
        await UntilGone(pid);
        return 0;
    }

    public static async Task<int> Start(LocalState state, string name)
    {
        var isHealthy = Status.Parts(state).Where(part => part.Name == name).Select(part => part.IsHealthy).SingleOrDefault();
        if (isHealthy is null)
            return NotRunning(name);
        File.Delete(Child.HoldFile(state, name));
        var since = TimeProvider.System.GetTimestamp();
        while (!await isHealthy())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                await Console.Error.WriteLineAsync($"{name} is not healthy after {Patience.TotalSeconds:0} s; its log: {state.In("logs", name + ".log")}");
                return 1;
            }
            await Task.Delay(BetweenLooks);
        }
        return 0;
    }

    private static async Task UntilGone(int pid)
    {
        while (Native.IsAlive(pid))
            await Task.Delay(BetweenLooks);
    }

    private static int NotRunning(string name)
    {
        Console.Error.WriteLine($"No part named {name} runs; deploy/local/status lists them.");
        return 1;
    }
}
