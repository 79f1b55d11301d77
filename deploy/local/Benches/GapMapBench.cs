using System.Diagnostics;
using System.Globalization;
using Mentoring.Host;
using Npgsql;

namespace Mentoring.Benches;

/// <summary>
/// The gap map of a large unit as a programme manager reads it through the gateway: the list of its topics, one of them looked into, and the parts
/// of the organisation below it, each asked in turn while somebody keeps changing what people know. Beside it the same numbers counted from what
/// people told, without the read model. The unit is written into the service's own tables, as an import would; who knows what follows from a seed.
/// </summary>
internal static class GapMapBench
{
    private const string Unit = "bench-gapmap";
    private const string TheUnit = $"(select id from platform.units where slug = '{Unit}')";
    private const int TopicsEach = 10;
    private const int Divisions = 20;
    private const int Departments = 200;
    private const int Slices = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenChanges = TimeSpan.FromMilliseconds(200);

    public static Bench Of(bool briefly) => new(
        Longest,
        (_, platform, table, progress, ct) => Measure(platform, briefly ? 5_000 : 100_000, briefly ? 20 : 400, briefly, table, progress, ct));

    private static async Task Measure(OwnPlatform platform, int people, int calls, bool briefly, Table table, Progress progress, CancellationToken ct)
    {
        var gateway = Topology.AddressOf(platform.State, Topology.Gateway);
        using var admin = await OnOwnPlatform.FirstAdministrator(platform, gateway, Unit, ct);
        await using var database = NpgsqlDataSource.Create($"{platform.Postgres.ConnectionString};Database=participants");
        var size = $"{people:N0} × {TopicsEach}";

        progress.Say($"{size}: writing what people offer and need");
        await Fill(database, people, ct);
        progress.Say($"{size}: the map is counted");
        var started = Stopwatch.GetTimestamp();
        await UntilCounted(database, ct);
        table.Add($"{size}: the whole map counted", "s", Figure.Once(Stopwatch.GetElapsedTime(started).TotalSeconds));
        var topics = (await admin.Read($"/api/v1/units/{Unit}/gap-map?limit=200", ct))["items"]!.AsArray().Select(item => item!["topic"]!.GetValue<string>()).ToArray();
        if (topics.Length == 0) throw new BenchFailed("The map is empty.");
        await MapIsRight(database, admin, topics[0], ct);

        progress.Say($"{size}: {calls} rounds of answers while people keep telling");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var telling = KeepTelling(database, people, over.Token);
        await Ask(admin, topics, calls / 4, ct);
        var asked = await Ask(admin, topics, calls, ct);
        await over.CancelAsync();
        var changes = await telling;
        foreach (var (question, milliseconds) in asked)
        {
            table.Add($"{size}: {question}, p50", "ms", Percentile(milliseconds, 50));
            table.Add($"{size}: {question}, p99", "ms", Percentile(milliseconds, 99), briefly ? null : Aim.AtMost(150));
        }
        table.Add($"{size}: changes of knowledge meanwhile", "", Figure.Once(changes));

        progress.Say($"{size}: from a change to the map");
        table.Add($"{size}: a topic's change is in the map after", "ms", Figure.MedianOf(await Delays(database, briefly ? 2 : 9, ct)));
        table.Add($"{size}: the list counted from what people told", "ms", Figure.MedianOf(await CountedAnew(database, briefly ? 1 : 3, ct)));
    }

    /// <summary>Each question once a round, so that none has the machine to itself.</summary>
    private static async Task<IReadOnlyList<(string Question, double[] Milliseconds)>> Ask(Person admin, string[] topics, int rounds, CancellationToken ct)
    {
        var map = $"/api/v1/units/{Unit}/gap-map";
        (string Question, Func<int, string> Path)[] questions =
        [
            ("the unit's topics", _ => $"{map}?limit=50"),
            ("a division's topics", i => $"{map}?limit=50&unitPath=Division%20{i % Divisions}"),
            ("a topic and what it suggests", i => $"{map}/{topics[i % topics.Length]}"),
            ("a topic by parts of the unit", i => $"{map}/{topics[i % topics.Length]}/units?limit=200"),
        ];
        var asked = questions.Select(question => (question.Question, new double[rounds])).ToList();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (i, question) in questions.Index())
            {
                var started = Stopwatch.GetTimestamp();
                await admin.Read(question.Path(round), ct);
                asked[i].Item2[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }
        return asked;
    }

    private static Figure Percentile(double[] milliseconds, int percent) =>
        Figure.PercentileOf([.. milliseconds.Chunk(Math.Max(1, milliseconds.Length / Slices))], percent);

    /// <summary>What is read must be what was told: the largest number of all is compared with a count of its own.</summary>
    private static async Task MapIsRight(NpgsqlDataSource database, Person admin, string topic, CancellationToken ct)
    {
        var shown = (await admin.Read($"/api/v1/units/{Unit}/gap-map/{topic}", ct))["needs"]!.GetValue<long>();
        await using var count = database.CreateCommand($"""
            select count(*) from known_topics k join people p on p.unit_id = k.unit_id and p.id = k.person_id
            where k.unit_id = {TheUnit} and k.topic = $1 and k.kind = 'need' and p.stage in ('senior', 'executive') and not p.gone
            """);
        count.Parameters.AddWithValue(topic);
        if (await count.ExecuteScalarAsync(ct) is not long counted || counted != shown)
            throw new BenchFailed($"The map shows {shown} who need '{topic}', which is not what people told.");
    }

    private static async Task<int> KeepTelling(NpgsqlDataSource database, int people, CancellationToken ct)
    {
        var changes = 0;
        try
        {
            for (; !ct.IsCancellationRequested; changes++)
            {
                await Change(database, 1 + changes * 7919 % people, ct);
                await Task.Delay(BetweenChanges, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Measured.
        }
        return changes;
    }

    private static async Task Change(NpgsqlDataSource database, int person, CancellationToken ct)
    {
        await using var tell = database.CreateCommand($"update known_topics set level = 1 + level % 5 where unit_id = {TheUnit} and person_id = md5('person' || $1)::uuid");
        tell.Parameters.AddWithValue(person.ToString(CultureInfo.InvariantCulture));
        await tell.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyCollection<double>> Delays(NpgsqlDataSource database, int rounds, CancellationToken ct)
    {
        var delays = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await UntilCounted(database, ct);
            var started = Stopwatch.GetTimestamp();
            await Change(database, 11 + round, ct);
            await UntilCounted(database, ct);
            delays.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return delays;
    }

    private static async Task<IReadOnlyCollection<double>> CountedAnew(NpgsqlDataSource database, int rounds, CancellationToken ct)
    {
        var milliseconds = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var count = database.CreateCommand($"""
                select k.topic, p.unit_path, p.stage, count(*) from known_topics k join people p on p.unit_id = k.unit_id and p.id = k.person_id
                where k.unit_id = {TheUnit} and not p.gone group by k.topic, p.unit_path, p.stage
                """);
            await using var reader = await count.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
            }
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return milliseconds;
    }

    private static async Task UntilCounted(NpgsqlDataSource database, CancellationToken ct)
    {
        while (true)
        {
            await using var waiting = database.CreateCommand("select exists (select from platform.uncounted_topics)");
            if (await waiting.ExecuteScalarAsync(ct) is false) return;
            await Task.Delay(BetweenLooks, ct);
        }
    }

    /// <summary>
    /// One in ten has authority and needs what the others offer, mostly out of a tenth of the catalogue, as people do; everybody stands in one of 200
    /// departments of 20 divisions.
    /// </summary>
    private static async Task Fill(NpgsqlDataSource database, int people, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        // A million rows that are right by construction: references are not looked up one by one, and what is to be counted is noted at the end.
        batch.Add("set session_replication_role = replica");
        batch.Add($"""
            insert into people (unit_id, id, external_id, given_name, family_name, family_first, given_first, unit_path, chain, stage, stage_told,
                time_zone, languages, gone, is_guest, known_elsewhere, version)
            select {TheUnit}, md5('person' || i)::uuid, 'p' || i, 'Person', i::text, i || ' person', 'person ' || i,
                   'Division ' || i % $2 || ' / Department ' || i % $3, array[]::uuid[],
                   (array['senior', 'executive', 'early', 'early', 'early', 'early', 'established', 'established', 'established', 'established'])[1 + case when i % 50 = 0 then 1 when i % 10 = 0 then 0 else 2 + i % 8 end],
                   true, 'Europe/Berlin', array['en'], false, false, false, 1
            from generate_series(1, $1) i
            """, people, Divisions, Departments);
        batch.Add($"""
            insert into known_topics (unit_id, person_id, kind, topic, level, priority)
            select {TheUnit}, md5('person' || i)::uuid, case when i % 10 = 0 then case when k <= 7 then 'need' else 'offer' end else case when k <= 7 then 'offer' else 'need' end end,
                   topic.slug, 1 + (i + k) % 5, false
            from generate_series(1, $1) i
            cross join generate_series(1, $2) k
            cross join lateral (select abs(hashint4extended(i * 16 + k, 1)) as drawn) d
            join (select slug, row_number() over (order by slug) - 1 as number, count(*) over () as topics from topics where unit_id = {TheUnit}) topic
                on topic.number = case when k <= 7 then drawn % (topic.topics / 10) else drawn % topic.topics end
            on conflict do nothing
            """, people, TopicsEach);
        batch.Add($"insert into platform.uncounted_topics (unit_id, topic) select distinct unit_id, topic from known_topics where unit_id = {TheUnit}");
        batch.Add("reset session_replication_role");
        batch.Add("analyze");
        await batch.ExecuteNonQueryAsync(ct);
    }
}
