using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Mentoring.Host;
using Npgsql;

namespace Mentoring.Benches;

/// <summary>
/// A matching run as a programme manager starts it: over real people, and over pools of three sizes. Read, weighed, solved, proven and put into
/// words by the service, on PostgreSQL. The pools are written into the service's own tables, as facts would have; who is in them follows from a seed.
/// </summary>
internal static class MatchingBench
{
    private const double Mebibyte = 1024 * 1024;
    public const string Unit = "bench-matching";
    private const string Manager = "manager@nordlicht.example";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public static Bench Of(bool briefly) => new(
        Longest,
        (_, platform, table, progress, ct) => Measure(platform, briefly, briefly ? [500, 1_000] : [1_000, 10_000, 100_000], briefly ? 1 : 3, table, progress, ct));

    private static async Task Measure(OwnPlatform platform, bool briefly, int[] sizes, int rounds, Table table, Progress progress, CancellationToken ct)
    {
        var gateway = Topology.AddressOf(platform.State, Topology.Gateway);
        using var admin = await OnOwnPlatform.FirstAdministrator(platform, gateway, Unit, ct);
        await admin.Import($"/api/v1/units/{Unit}/people/imports", $"""
            externalId,givenName,familyName,email,title,unitPath,managerExternalId,location,timeZone,languages,stage
            1,Chief,Executive,sponsor@nordlicht.example,Chief executive,Board,,Berlin,Europe/Berlin,en,executive
            2,Programme,Manager,{Manager},Programme manager,People,1,Berlin,Europe/Berlin,en,established
            """, ct);
        using var manager = await Person.SignIn(platform.State, gateway, Manager, ct);
        await using var database = NpgsqlDataSource.Create($"{platform.Postgres.ConnectionString};Database=matching");
        var service = Status.PidOf(platform.State, "matching") ?? throw new BenchFailed("Matching is not running.");

        await new CivilServiceBench(platform, gateway, admin, manager).Measure(bothDirections: !briefly, rounds, table, progress, ct);

        var perPair = new List<double>();
        var last = new List<(int Size, JsonNode Run)>();
        foreach (var size in sizes)
        {
            var programme = $"pool-{size}";
            await Open(admin, programme, ct);
            progress.Say($"{size} people: writing the pool");
            await Fill(database, programme, size, ct);
            var runs = new List<JsonNode>();
            for (var round = 0; round < rounds; round++)
            {
                progress.Say($"{size} people: run {round + 1} of {rounds}");
                runs.Add(await RunOnce(manager, programme, ct));
            }
            Show(size, runs, table);
            table.Add($"{size:N0} people: most memory the service has held", "MiB", Figure.Once(Native.PeakMemoryOf(service) / Mebibyte), size == 100_000 ? Aim.AtMost(1024) : null);
            perPair.Add(runs.Min(run => Seconds(run)) / Result(run: runs[0], "candidates"));
            table.Space();
            last.Add((size, runs[^1]));
        }
        table.Add($"seconds a candidate, {sizes[^1]:N0} people / {sizes[^2]:N0} people", "", Figure.Once(perPair[^1] / perPair[^2]));
        table.Space();
        // At the end: tens of thousands who are asked keep the other services busy for a while.
        foreach (var (size, run) in last)
        {
            progress.Say($"{size} people: approving");
            table.Add($"{size:N0} people: approving, each pair a proposal", "s", Figure.Once(await Approve(manager, run, ct)));
        }
    }

    private static void Show(int size, IReadOnlyCollection<JsonNode> runs, Table table)
    {
        var first = runs.First();
        table.Add($"{size:N0} people: candidates", "pairs", Figure.Once(Result(first, "candidates")));
        table.Add($"{size:N0} people: paired", "pairs", Figure.Once(Result(first, "pairs")));
        table.Add($"{size:N0} people: whole run", "s", Figure.MedianOf([.. runs.Select(Seconds)]), size == 100_000 ? Aim.AtMost(10) : null);
        foreach (var phase in first["result"]!["phaseSeconds"]!.AsObject().Select(phase => phase.Key))
            table.Add($"{size:N0} people: of it {phase}", "s", Figure.MedianOf([.. runs.Select(run => run["result"]!["phaseSeconds"]![phase]!.GetValue<double>())]));
    }

    private static double Result(JsonNode run, string figure) => run["result"]![figure]!.GetValue<double>();

    /// <summary>From its start to the moment everything is stored.</summary>
    public static double Seconds(JsonNode run) => (Moment(run, "finishedAt") - Moment(run, "startedAt")).TotalSeconds;

    private static DateTimeOffset Moment(JsonNode run, string field) => DateTimeOffset.Parse(run[field]!.GetValue<string>(), CultureInfo.InvariantCulture);

    public static async Task<JsonNode> RunOnce(Person manager, string programme, CancellationToken ct)
    {
        var run = await manager.Post($"/api/v1/units/{Unit}/matching-runs", new { programme, wave = "all" }, ct);
        var address = $"/api/v1/units/{Unit}/matching-runs/{run["id"]!.GetValue<string>()}";
        while (true)
        {
            run = await manager.Read(address, ct);
            if (run["state"]!.GetValue<string>() is var state && state is not ("queued" or "running"))
                return state == "solved" ? run : throw new BenchFailed($"The run ended as {state}: {run["failure"]}");
            await Task.Delay(BetweenLooks, ct);
        }
    }

    /// <returns>Seconds until every proposal is stored with its places, deadline and fact.</returns>
    private static async Task<double> Approve(Person manager, JsonNode run, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var approved = await manager.Post($"/api/v1/units/{Unit}/matching-runs/{run["id"]!.GetValue<string>()}/approve", new { }, ct);
        return approved["proposals"]!.GetValue<int>() == (int)Result(run, "pairs")
            ? Stopwatch.GetElapsedTime(started).TotalSeconds
            : throw new BenchFailed($"Not every pair was proposed: {approved}");
    }

    private static async Task Open(Person admin, string programme, CancellationToken ct)
    {
        await admin.PostText($"/api/v1/units/{Unit}/programmes", $$"""
            name: {{programme}}
            gap: { area: What people close to the work know }
            sponsor: sponsor@nordlicht.example
            managers: [{{Manager}}]
            mentors: { stages: [early], capacity: 1 }
            mentees: { stages: [executive], capacity: 1 }
            measures:
              - { name: fluency, instrument: gap-self-rating, side: mentee, baseline: 2.1, target: 3.5 }
            """, "application/yaml", ct);
        await admin.Post($"/api/v1/units/{Unit}/programmes/{programme}/open", new { }, ct);
    }

    /// <summary>
    /// Six mentees to four mentors, five offers and needs each out of a fifth as many topics as there are people: some fifty candidates a
    /// mentee at every size. Everybody stands in a tree of eight below each, so that authority forbids some.
    /// </summary>
    private static async Task Fill(NpgsqlDataSource database, string programme, int people, CancellationToken ct)
    {
        while (true)
        {
            await using var known = database.CreateCommand("select count(*) from programmes where slug = $1");
            known.Parameters.AddWithValue(programme);
            if (await known.ExecuteScalarAsync(ct) is 1L) break;
            await Task.Delay(BetweenLooks, ct);
        }
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        batch.Add("""
            create temp table pool as
            select md5($1 || i)::uuid as id, i, i <= $2 * 6 / 10 as is_mentee,
                   array(select md5($1 || i / (8 ^ depth)::int)::uuid from generate_series(1, 6) depth where i / (8 ^ depth)::int > 0) as chain
            from generate_series(1, $2) i
            """, programme, people);
        batch.Add("""
            insert into people (unit_id, id, name, title) select programme.unit_id, pool.id, 'Person ' || pool.i, 'Clerk'
            from pool, programmes programme where programme.slug = $1
            """, programme);
        batch.Add("""
            insert into reporting_lines (unit_id, person_id, chain) select programme.unit_id, pool.id, pool.chain
            from pool, programmes programme where programme.slug = $1
            """, programme);
        batch.Add("""
            insert into participants (unit_id, id, programme_id, person_id, side, prepared, ready, wave, snapshot)
            select programme.unit_id, pool.id, programme.id, pool.id, case when is_mentee then 'Mentee' else 'Mentor' end, true, true, case when is_mentee then 'all' end,
                   jsonb_build_object(
                       'stage', case when is_mentee then 'executive' else 'early' end,
                       'unitPath', 'Division ' || i % 10 || ' / Unit ' || i % 200,
                       'location', 'Berlin',
                       'timeZone', (array['Europe/Berlin', 'Europe/London', 'America/New_York'])[1 + i % 3],
                       'languages', '["en"]'::jsonb,
                       'offers', (select jsonb_agg(jsonb_build_object('topic', 'topic-' || t, 'label', 'Topic ' || t, 'level', 1 + t % 5, 'priority', false))
                                  from (select distinct abs(hashint4extended(i * 16 + k, 1)) % ($2 / 5) as t from generate_series(1, 5) k) topics),
                       'needs', (select jsonb_agg(jsonb_build_object('topic', 'topic-' || t, 'label', 'Topic ' || t, 'level', 1, 'priority', false))
                                 from (select distinct abs(hashint4extended(i * 16 + k, 2)) % ($2 / 5) as t from generate_series(1, 5) k) topics),
                       'interests', '["sailing"]'::jsonb,
                       'channels', '["video", "in-person"]'::jsonb,
                       'dayStartsAt', '09:00:00', 'dayEndsAt', '17:00:00', 'consentsToSameChain', false)
            from pool, programmes programme where programme.slug = $1
            """, programme, people);
        batch.Add("drop table pool");
        batch.Add("analyze");
        await batch.ExecuteNonQueryAsync(ct);
    }
}
