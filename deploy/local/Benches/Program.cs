using System.Runtime.InteropServices;
using Mentoring.Benches;
using Mentoring.Host;

// What the figures are compared with runs as this same program, in a process of its own.
if (args is ["bare-yarp", var address, var upstream])
{
    await BareYarp.Run(address, upstream);
    return 0;
}
if (args is not ([] or ["platform" or "matching" or "import" or "gapmap" or "assignment"] or ["platform" or "matching" or "import" or "gapmap" or "assignment", "--briefly"]))
{
    await Console.Error.WriteLineAsync("Usage: deploy/local/bench [platform|matching|import|gapmap|assignment [--briefly]]");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var briefly = args is [_, "--briefly"];
return MainThread.Run(() => args switch
{
    ["assignment", ..] => AssignmentBench.Run(briefly, stop.Token),
    ["import", ..] => ImportBench.Run(briefly, stop.Token),
    ["gapmap", ..] => GapMapBench.Run(briefly, stop.Token),
    ["matching", ..] => MatchingBench.Run(briefly, stop.Token),
    _ => PlatformBench.Run(briefly ? Effort.Brief : Effort.Whole, stop.Token),
});

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
