using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Mentoring.Host;
using Npgsql;

namespace Mentoring.Benches;

/// <summary>
/// A file of people as an administrator imports it, through the gateway and until it is done, beside a bare COPY of the same bytes into a table
/// without an index. The import reads every cell, checks it, finds managers and lines, and writes into a row-secured table with its indexes. What
/// the writing alone takes is measured too: the rows it made, from one table into another.
/// </summary>
internal static class ImportBench
{
    private const double Mebibyte = 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public static Bench Of(bool briefly) => new(
        Longest, (_, platform, table, progress, ct) => Measure(platform, briefly ? 5_000 : 300_000, briefly ? 1 : 3, table, progress, ct));

    private static async Task Measure(OwnPlatform platform, int rows, int rounds, Table table, Progress progress, CancellationToken ct)
    {
        var gateway = Topology.AddressOf(platform.State, Topology.Gateway);
        var service = Status.PidOf(platform.State, "participants") ?? throw new BenchFailed("Participants is not running.");
        await using var database = NpgsqlDataSource.Create($"{platform.Postgres.ConnectionString};Database=participants");
        var people = People(rows);
        var megabytes = Encoding.UTF8.GetByteCount(people) / Mebibyte;
        using (var admin = await Administrator(platform, gateway, "warm", ct))
        {
            progress.Say("warming up");
            await Import(admin, "warm", People(Math.Min(rows, 5_000)), ct);
        }

        var (bare, upload, whole, again, idle, peak) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (written, indexed) = (new List<double>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            progress.Say($"round {round} of {rounds}: bare COPY of {rows} rows");
            bare.Add(await BareCopy(database, people, ct));
            var unit = $"bench-{round}";
            using var admin = await Administrator(platform, gateway, unit, ct);
            idle.Add(Native.ForgetPeakMemoryOf(service) / Mebibyte);
            progress.Say($"round {round} of {rounds}: import of {rows} rows");
            var (sent, done, result) = await Import(admin, unit, people, ct);
            peak.Add((Native.PeakMemoryOf(service) / Mebibyte) - idle[^1]);
            upload.Add(sent);
            whole.Add(done);
            if (result["added"]!.GetValue<int>() != rows)
                throw new BenchFailed($"Not everybody was added: {result}");
            progress.Say($"round {round} of {rounds}: bare INSERT of the {rows} rows it made");
            written.Add(await BareInsert(database, unit, "create table public.bare_people (like people)", rows, ct));
            indexed.Add(await BareInsert(database, unit, "create table public.bare_people (like people including indexes)", rows, ct));
            progress.Say($"round {round} of {rounds}: the same file again");
            (_, done, result) = await Import(admin, unit, people, ct);
            again.Add(done);
            if (result["unchanged"]!.GetValue<int>() != rows)
                throw new BenchFailed($"The same file again changed something: {result}");
        }

        table.Add($"{rows:N0} people: size of the file", "MiB", Figure.Once(megabytes));
        table.Add($"{rows:N0} people: bare COPY into an unindexed table", "s", Figure.MedianOf(bare));
        table.Add($"{rows:N0} people: import, from the call to its end", "s", Figure.MedianOf(whole));
        table.Add($"{rows:N0} people: of it upload through the gateway", "s", Figure.MedianOf(upload));
        table.Add("import / bare COPY", "", Figure.MedianOf([.. whole.Zip(bare, (import, copy) => import / copy)]), Aim.AtMost(4));
        table.Add($"{rows:N0} people: bare INSERT of the rows it made", "s", Figure.MedianOf(written));
        table.Add($"{rows:N0} people: the same with their indexes", "s", Figure.MedianOf(indexed));
        table.Add("import / bare INSERT with indexes", "", Figure.MedianOf([.. whole.Zip(indexed, (import, insert) => import / insert)]));
        table.Add($"{rows:N0} people: the same file again", "s", Figure.MedianOf(again));
        table.Add("memory of the service before", "MiB", Figure.MedianOf(idle));
        table.Add("most memory above that", "MiB", Figure.MedianOf(peak), Aim.AtMost(200));
    }

    private static async Task<(double Sent, double Done, JsonNode Result)> Import(Person admin, string unit, string csv, CancellationToken ct)
    {
        var path = $"/api/v1/units/{unit}/people/imports";
        var started = Stopwatch.GetTimestamp();
        var import = await admin.PostText(path, csv, "text/csv", ct);
        var sent = Stopwatch.GetElapsedTime(started).TotalSeconds;
        while (true)
        {
            import = await admin.Read($"{path}/{import["id"]!.GetValue<string>()}", ct);
            if (import["state"]!.GetValue<string>() is var state && state is not ("queued" or "running"))
            {
                return state == "succeeded"
                    ? (sent, Stopwatch.GetElapsedTime(started).TotalSeconds, import["result"]!)
                    : throw new BenchFailed($"The import failed: {import}");
            }
            await Task.Delay(BetweenLooks, ct);
        }
    }

    /// <returns>Seconds.</returns>
    private static async Task<double> BareCopy(NpgsqlDataSource database, string csv, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var columns = string.Join(", ", csv[..csv.IndexOf('\n', StringComparison.Ordinal)].Split(',').Select(name => $"\"{name}\" text"));
        await using var make = new NpgsqlCommand($"drop table if exists public.bare_copy; create table public.bare_copy ({columns})", connection);
        await make.ExecuteNonQueryAsync(ct);
        var started = Stopwatch.GetTimestamp();
        await using (var writer = await connection.BeginTextImportAsync("copy public.bare_copy from stdin (format csv, header)", ct))
            await writer.WriteAsync(csv.AsMemory(), ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await using var drop = new NpgsqlCommand("drop table public.bare_copy", connection);
        await drop.ExecuteNonQueryAsync(ct);
        return seconds;
    }

    /// <summary>What an import cannot do without, however it comes by its rows: no file, no checks, no row security, no service.</summary>
    /// <returns>Seconds.</returns>
    private static async Task<double> BareInsert(NpgsqlDataSource database, string unit, string make, int rows, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var batch = new NpgsqlBatch(connection)
        {
            Timeout = 0,
            BatchCommands =
            {
                new("drop table if exists public.bare_people, public.made_people"),
                new(make),
                new("create unlogged table public.made_people (like people)"),
                new("insert into public.made_people select * from people where unit_id = (select id from platform.units where slug = $1) and external_id is not null order by id")
                {
                    Parameters = { new() { Value = unit } },
                },
            },
        })
            await batch.ExecuteNonQueryAsync(ct);
        await using var insert = new NpgsqlCommand("insert into public.bare_people select * from public.made_people", connection) { CommandTimeout = 0 };
        var started = Stopwatch.GetTimestamp();
        var inserted = await insert.ExecuteNonQueryAsync(ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await using var drop = new NpgsqlCommand("drop table public.bare_people, public.made_people", connection);
        await drop.ExecuteNonQueryAsync(ct);
        return inserted == rows ? seconds : throw new BenchFailed($"{inserted} of {rows} rows were written.");
    }

    /// <summary>Of a unit of its own: each round adds everybody.</summary>
    private static async Task<Person> Administrator(OwnPlatform platform, string gateway, string unit, CancellationToken ct)
    {
        var email = $"{unit}@nordlicht.example";
        using var host = await Person.SignIn(platform.State, gateway, "operator@mentoring.example", ct);
        await host.Post("/api/v1/units", new
        {
            slug = unit,
            name = unit,
            timeZone = "Europe/Berlin",
            issuers = new[] { new { issuer = Topology.AddressOf(platform.State, Topology.Identity), domains = new[] { "nordlicht.example" } } },
            admin = new { email, name = "First Administrator" },
        }, ct);
        return await Person.SignIn(platform.State, gateway, email, ct);
    }

    /// <summary>A tree of eight below each.</summary>
    private static string People(int count)
    {
        string[] given = ["Ada", "Björn", "Chloé", "Dmitri", "Emre", "Fatima", "Grace", "Hiroshi", "Inés", "Jürgen", "Kofi"];
        string[] titles = ["Clerk", "Engineer", "Senior Engineer", "Team Lead", "Analyst", "Nurse", "Head of Department"];
        (string City, string Zone, string Languages)[] places =
            [("Berlin", "Europe/Berlin", "de;en"), ("London", "Europe/London", "en"), ("Madrid", "Europe/Madrid", "es;en"), ("Lyon", "Europe/Paris", "fr")];
        var file = new StringBuilder("externalId,givenName,familyName,email,title,unitPath,managerExternalId,location,timeZone,languages\n");
        for (var i = 1; i <= count; i++)
        {
            var (city, zone, languages) = places[i % places.Length];
            var manager = i == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"E{(i + 6) / 8:000000}");
            file.Append(CultureInfo.InvariantCulture,
                $"E{i:000000},{given[i % given.Length]},Family{i},person.{i}@company.example,{titles[i % titles.Length]},Division {i % 10} / Unit {i % 200},{manager},{city},{zone},{languages}\n");
        }
        return file.ToString();
    }
}
