using System.Diagnostics;

namespace Mentoring.Host;

/// <summary>How a part's process is started and stopped.</summary>
internal sealed record Launch(string Program, IReadOnlyList<string> Arguments)
{
    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>PostgreSQL calls its fast shutdown SIGINT; everything else stops in order on SIGTERM.</summary>
    public int StopSignal { get; init; } = Native.Terminate;

    /// <summary>Ten seconds for requests under way and a last flush of telemetry, and some to spare.</summary>
    public TimeSpan StopsWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>PostgreSQL refuses to run as root.</summary>
    public bool AsPostgres { get; init; }

    /// <summary>
    /// In a session of its own, so that Ctrl-C at the terminal reaches the host alone, which then stops the parts in order; and with a
    /// parent-death signal, so that nothing outlives a host that was killed. Both programs replace themselves: the pid is the part's.
    /// </summary>
    public Process Start()
    {
        var info = Info("setsid", ["setpriv", "--pdeathsig", StopSignal == Native.Interrupt ? "INT" : "TERM", .. Identity, "--", Program, .. Arguments]);
        var process = new Process { StartInfo = info, EnableRaisingEvents = true };
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    /// <summary>A tool that does one thing and ends, or is ended when nobody waits for it any more.</summary>
    public async Task<(int Exit, string Output)> Run(CancellationToken ct)
    {
        using var process = Process.Start(Info("setpriv", ["--pdeathsig", "KILL", .. Identity, "--", Program, .. Arguments]))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await using var giveUp = ct.Register(process.Kill);
        await process.WaitForExitAsync(CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        return (process.ExitCode, await output + await errors);
    }

    private string[] Identity => AsPostgres && Native.IsRoot ? ["--reuid=postgres", "--regid=postgres", "--init-groups"] : [];

    private ProcessStartInfo Info(string program, IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder ?? LocalState.Checkout,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables)
            info.Environment[name] = value;
        return info;
    }
}
