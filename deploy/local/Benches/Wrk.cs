using System.Globalization;
using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>What one round of load gave.</summary>
internal readonly record struct Load(double RequestsPerSecond, double P99Milliseconds);

/// <summary>As many requests as the other side takes, over a fixed number of connections.</summary>
internal sealed class Wrk(string path, string token)
{
    private const int Connections = 32;

    /// <exception cref="BenchFailed">Not every answer was a success: refusals are cheap, and would count as speed.</exception>
    public async Task<Load> Run(string address, TimeSpan time, CancellationToken ct)
    {
        var (exit, output) = await new Launch("wrk",
        [
            "--threads", "1", "--connections", $"{Connections}", "--duration", $"{time.TotalSeconds:0}s", "--timeout", "5s",
            "--header", $"Authorization: Bearer {token}", "--script", Path.Combine(AppContext.BaseDirectory, "wrk.lua"), address + path,
        ]).Run(ct);
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("figures ", StringComparison.Ordinal));
        if (exit != 0 || line is null)
            throw new BenchFailed($"wrk against {address} ended with {exit}: {output}");
        var figures = Array.ConvertAll(line.Split(' ')[1..], number => double.Parse(number, CultureInfo.InvariantCulture));
        return figures is [var requests, var microseconds, var p99, 0]
            ? new Load(requests * 1_000_000 / microseconds, p99 / 1_000)
            : throw new BenchFailed($"{address} did not answer everything with success: {output}");
    }
}
