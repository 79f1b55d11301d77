using System.Diagnostics;
using System.Text;
using Mentoring.Testing;

[assembly: AssemblyFixture(typeof(Mentoring.Journeys.Tests.PlatformUnderTest))]
// Each of them wants the machine to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Mentoring.Journeys.Tests;

/// <summary>
/// A whole platform of the tests' own, started, asked and stopped by the same commands a developer uses, beside whatever else runs.
/// </summary>
public sealed class PlatformUnderTest : IAsyncLifetime
{
    /// <summary>Each with a database of its own name.</summary>
    public static readonly IReadOnlyList<string> Services = ["participants", "matching", "scheduling", "feedback", "notifications"];

    private static readonly string s_state = Path.Combine(Servers.Root, ".local", "journey");

    public Collector Collector { get; private set; } = null!;

    /// <summary>Where to reach it.</summary>
    public Demonstration.Platform Described => Demonstration.Platform.Read(Path.Combine(s_state, "platform.json"));

    public async ValueTask InitializeAsync()
    {
        Collector = await Collector.Start();
        var (status, output) = await Run("up", "--detach", "--no-demo", "--fresh", "--otlp", Collector.Address);
        Assert.True(status == 0, output);
    }

    /// <summary>One of the commands in <c>deploy/local</c>.</summary>
    public static Task<(int Status, string Output)> Run(string command, params string[] arguments) => Run(command, arguments, _ => { });

    /// <summary>The same, told of each line as it is said.</summary>
    public static async Task<(int Status, string Output)> Run(string command, string[] arguments, Action<string> said)
    {
        var info = new ProcessStartInfo(Path.Combine(Servers.Root, "deploy", "local", command), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Servers.Root,
            Environment = { ["MENTORING_STATE"] = s_state },
        };
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.AppendLine(line);
            said(line);
        }
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
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

    /// <summary>What the services themselves call a failure, with where it happened: the reason of a step that failed.</summary>
    public static string Failures() => string.Join('\n', Directory.EnumerateFiles(Path.Combine(s_state, "logs")).SelectMany(log =>
    {
        var lines = File.ReadAllLines(log);
        return lines.Index().Where(line => line.Item.StartsWith("fail: Mentoring.", StringComparison.Ordinal) || line.Item.StartsWith("crit: ", StringComparison.Ordinal))
            .SelectMany(line => lines.Skip(line.Index).Take(12).Prepend(Path.GetFileName(log)));
    }));

    public async ValueTask DisposeAsync()
    {
        await Run("down");
        await Collector.DisposeAsync();
    }
}
