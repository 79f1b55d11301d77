using System.Runtime.InteropServices;
using Mentoring.Benches;
using Mentoring.Host;

// What the figures are compared with runs as this same program, in a process of its own.
if (args is ["bare-yarp", var address, var upstream])
{
    await BareYarp.Run(address, upstream);
    return 0;
}
var briefly = args is [.., "--briefly"];
string[] names = briefly ? args[..^1] : args;
string[] known = ["platform", "matching", "import", "gapmap", "slots"];
if (names is not (["assignment"] or ["calendars"]) && names.Except(known).Any())
{
    await Console.Error.WriteLineAsync($"Usage: deploy/local/bench [assignment | calendars | {string.Join(' ', known.Select(name => $"[{name}]"))}] [--briefly]");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return MainThread.Run(() => names switch
{
    ["assignment"] => AssignmentBench.Run(briefly, stop.Token),
    ["calendars"] => CalendarsBench.Run(briefly, stop.Token),
    _ => OnOwnPlatform.Run([.. names.DefaultIfEmpty("platform").Select(Named)], stop.Token),
});

Bench Named(string name) => name switch
{
    "import" => ImportBench.Of(briefly),
    "gapmap" => GapMapBench.Of(briefly),
    "slots" => SlotsBench.Of(briefly),
    "matching" => MatchingBench.Of(briefly),
    _ => PlatformBench.Of(briefly ? Effort.Brief : Effort.Whole),
};

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
