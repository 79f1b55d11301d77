using System.Globalization;

namespace Mentoring.Host;

/// <summary>
/// The step before the services: each service's own program under <c>RUN=migrate</c>. A program that was migrated with before is not asked
/// again, which makes the second start one of seconds.
/// </summary>
internal sealed class Migrations(LocalState state, Programs programs, Environments environments, Progress progress)
{
    public const string StampFile = "migrated.json";

    public async Task Run(CancellationToken stop)
    {
        var done = state.Read<Dictionary<string, string>>(StampFile) ?? [];
        var waiting = Topology.Services.Where(service => service.Database is not null && done.GetValueOrDefault(service.Name) != Version(service)).ToArray();
        // Two at a time: each is mostly the start of a .NET program.
        await Parallel(waiting, 2, async service =>
        {
            var (exit, output) = await (programs.Launch(service.Project) with { Variables = environments.OfMigration(service) }).Run(stop);
            await File.WriteAllTextAsync(state.In("logs", $"{service.Name}-migrations.log"), output, stop);
            if (exit != 0)
                throw new StartFailed($"{service.Name}-migrations", $"ended with {exit}", state.In("logs", $"{service.Name}-migrations.log"), output.Trim().Split('\n').TakeLast(15));
            done[service.Name] = Version(service);
            progress.Say($"{service.Name} is migrated");
        });
        state.Write(StampFile, done);
    }

    private string Version(Part service) =>
        File.GetLastWriteTimeUtc(programs.Dll(service.Project)).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Not Parallel.ForEachAsync: its work runs on pool threads, and processes are started from the main one.</summary>
    private static Task Parallel(IEnumerable<Part> services, int degree, Func<Part, Task> work)
    {
        var queue = new Queue<Part>(services);
        return Task.WhenAll(Enumerable.Range(0, degree).Select(async _ =>
        {
            while (queue.TryDequeue(out var service))
                await work(service);
        }));
    }
}
