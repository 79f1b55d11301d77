using System.Runtime.InteropServices;
using Mentoring.Host;

// Main returns only when everything has stopped, and all forking happens on its thread: see MainThread.
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return MainThread.Run(() => Commands.Run(args, stop.Token));

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
