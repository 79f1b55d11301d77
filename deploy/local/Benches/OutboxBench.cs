using Mentoring.Host;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mentoring.Benches;

/// <summary>
/// What a fact adds to an insert: the same row written by the same service, with and without one. The relay runs all the while and publishes
/// to the broker, as it does in a service, so its work is part of the price.
/// </summary>
internal sealed class OutboxBench(OwnPlatform platform)
{
    private const string Name = "ledger";
    private const int Writers = 8;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly Guid _unit = Guid.CreateVersion7();

    public async Task Measure(Effort effort, Table table, Progress progress, CancellationToken ct)
    {
        var owner = $"{platform.Postgres.ConnectionString};Database={Name}";
        var password = platform.State.Secret($"database:{Name}");
        await TenantMigration.Run<LedgerDb>(owner, Name, password, ct);
        await using var source = NpgsqlDataSource.Create(owner);
        await using var service = Service(owner, password);
        await service.StartAsync(ct);

        foreach (var withFact in new[] { false, true })
            await Write(service, source, withFact, ct);
        var (plain, outbox, published) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            progress.Say($"insert with and without outbox: round {round + 1} of {effort.Rounds}");
            // The order turns, so that neither always has the warmer cache.
            foreach (var withFact in round % 2 == 0 ? new[] { false, true } : [true, false])
            {
                var (written, both) = await Write(service, source, withFact, ct);
                if (withFact)
                    published.Add(both);
                (withFact ? outbox : plain).Add(written);
            }
        }
        await service.StopAsync(ct);

        table.Add("insert", "1/s", Figure.MedianOf(plain));
        table.Add("insert with outbox, relay running", "1/s", Figure.MedianOf(outbox));
        table.Add("insert with outbox, until the broker has confirmed", "1/s", Figure.MedianOf(published));
        table.Add("insert with outbox / insert", "", Figure.MedianOf([.. outbox.Zip(plain, (one, other) => one / other)]), Aim.AtLeast(0.85));
    }

    private WebApplication Service(string owner, string password)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{Name}"] = owner,
            ["ConnectionStrings:messaging"] = platform.Broker.ConnectionString,
            ["Database:User"] = Name,
            ["Database:Password"] = password,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        // Its life is told by the bench; what goes wrong is thrown.
        builder.Logging.ClearProviders();
        builder.AddTenantDb<LedgerDb>(Name);
        builder.AddMessaging<LedgerDb>(Name);
        return builder.Build();
    }

    /// <summary>Rows a second while it was written, and until the last fact was out as well.</summary>
    private async Task<(double Written, double Published)> Write(WebApplication service, NpgsqlDataSource source, bool withFact, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        // Off the main thread, which all continuations would otherwise queue for.
        var counts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; TimeProvider.System.GetElapsedTime(started) < Round; count++)
                await WriteOne(service.Services, withFact, ct);
            return count;
        }, ct)));
        var written = counts.Sum() / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        // The next round must not pay for this one's facts.
        await using var waiting = source.CreateCommand("select count(*) from platform.outbox");
        while (await waiting.ExecuteScalarAsync(ct) is not 0L)
            await Task.Delay(BetweenLooks, ct);
        return (written, counts.Sum() / TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    private async Task WriteOne(IServiceProvider services, bool withFact, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(_unit);
        var db = scope.ServiceProvider.GetRequiredService<LedgerDb>();
        var entry = new Entry { Id = Guid.CreateVersion7(), Text = "Shown how to ask an assistant for a first draft" };
        db.Add(entry);
        if (withFact)
            scope.ServiceProvider.GetRequiredService<Outbox>().Publish(new EntryWritten(entry.Id, 1, entry.Text));
        await db.SaveChangesAsync(ct);
    }
}
