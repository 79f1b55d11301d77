using System.Diagnostics;
using Mentoring.Demonstration;
using Mentoring.Testing;

[assembly: AssemblyFixture(typeof(Mentoring.Journeys.Tests.PlatformUnderTest))]

namespace Mentoring.Journeys.Tests;

/// <summary>
/// A whole platform of the tests' own, started, asked and stopped by the same commands a developer uses, beside whatever else runs.
/// </summary>
public sealed class PlatformUnderTest : IAsyncLifetime
{
    private static readonly string s_state = Path.Combine(Servers.Root, ".local", "journey");
    private Api? _api;

    public Collector Collector { get; private set; } = null!;

    public Api Api => _api ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        Collector = await Collector.Start();
        var (status, output) = await Run("up", "--detach", "--no-demo", "--fresh", "--otlp", Collector.Address);
        Assert.True(status == 0, output);
        _api = new Api(Platform.Read(Path.Combine(s_state, "platform.json")));
    }

    /// <summary>One of the commands in <c>deploy/local</c>.</summary>
    public static async Task<(int Status, string Output)> Run(string command, params string[] arguments)
    {
        var info = new ProcessStartInfo(Path.Combine(Servers.Root, "deploy", "local", command), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Servers.Root,
            Environment = { ["MENTORING_STATE"] = s_state },
        };
        using var process = Process.Start(info)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Ends a part with kill -9; the host starts it again.</summary>
    public static async Task Kill(string part)
    {
        var (status, output) = await Run("part", "kill", part);
        Assert.True(status == 0, output);
    }

    /// <summary>Asks a service's own database, as its owner.</summary>
    public static async Task<T> Ask<T>(string service, string sql)
    {
        var connection = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(s_state, "platform.json"))).RootElement.GetProperty("postgres").GetString();
        await using var source = Npgsql.NpgsqlDataSource.Create(new Npgsql.NpgsqlConnectionStringBuilder(connection) { Database = service }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"No answer to {sql}"));
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        await Run("down");
        await Collector.DisposeAsync();
    }
}
