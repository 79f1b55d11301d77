using System.Diagnostics;

namespace Mentoring.Host;

/// <summary>Runs the demonstration against the platform that serves this state.</summary>
internal static class Demo
{
    public static async Task<int> Run(LocalState state, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var dll = Path.Combine(LocalState.Checkout, "deploy", "local", "Demonstration", "bin", "Release", "net10.0", "Demonstration.dll");
        var info = new ProcessStartInfo("dotnet", [dll, .. arguments]) { WorkingDirectory = LocalState.Checkout };
        info.Environment["PLATFORM_FILE"] = state.In("platform.json");
        using var demo = Process.Start(info)!;
        try
        {
            await demo.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            Native.Signal(demo.Id, Native.Terminate);
            throw;
        }
        return demo.ExitCode;
    }
}
