using System.Diagnostics;
using System.Globalization;
using Mentoring.Host;
using Mentoring.Host.Servers;
using Npgsql;

namespace Mentoring.Benches;

/// <summary>
/// A programme whose pairs all begin at once: the platform plans each series around the others and books it, with its timers and facts. Beside it
/// a COPY of the very rows that came of it into tables with the same indexes and constraints. Then the next three slots, asked through the
/// gateway. Who is paired follows from a seed: mentors with three mentees each, five zones, hours of their own for one in five, and
/// bookings elsewhere for every second.
/// </summary>
/// <remarks>
/// The broker is down meanwhile, and facts wait in the outbox as they do in any outage: otherwise the figure would be that of the four services
/// that hear of 130,000 sessions, on the same processors.
/// </remarks>
internal static class SlotsBench
{
    private const double Mebibyte = 1024 * 1024;
    private const string Unit = "bench-slots";
    private const int Delegates = 20;
    private const int Slices = 5;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public static Bench Of(bool briefly) => new(
        Longest,
        (_, platform, table, progress, ct) => Measure(platform, briefly ? [100, 200] : [1_000, 10_000], briefly ? 1 : 3, briefly ? 50 : 5_000, briefly, table, progress, ct));

    private sealed record Round(double Seconds, double Service, double Database, double Memory, double Copy, long Sessions);

    private static async Task Measure(OwnPlatform platform, int[] sizes, int rounds, int calls, bool briefly, Table table, Progress progress, CancellationToken ct)
    {
        var gateway = Topology.AddressOf(platform.State, Topology.Gateway);
        using var admin = await OnOwnPlatform.FirstAdministrator(platform, gateway, Unit, ct);
        await using var database = NpgsqlDataSource.Create($"{platform.Postgres.ConnectionString};Database=scheduling;Command Timeout=0");
        var pools = new List<(int Size, string Programme)> { (sizes[0], "warm") };
        pools.AddRange(sizes.SelectMany(size => Enumerable.Range(1, rounds).Select(round => (size, $"pool-{size}-{round}"))));
        foreach (var (size, programme) in pools)
        {
            progress.Say($"{programme}: writing pairs that are ready");
            await Open(admin, programme, ct);
            await Fill(database, programme, size, ct);
        }
        var last = pools[^1].Programme;
        var askers = await SignIn(platform, database, gateway, admin, last, ct);
        try
        {
            await Control.Stop(platform.State, RabbitMq.Name);
            var measured = new List<(int Size, Round Round)>();
            await Begin(platform, database, "warm", sizes[0], ct);
            foreach (var size in sizes)
            {
                foreach (var (_, programme) in pools.Where(pool => pool.Size == size && pool.Programme != "warm"))
                {
                    progress.Say($"{programme}: {size} pairs begin");
                    measured.Add((size, await Begin(platform, database, programme, size, ct)));
                }
                Show(size, [.. measured.Where(one => one.Size == size).Select(one => one.Round)], briefly, table);
            }
            table.Add($"seconds a pair, {sizes[^1]:N0} / {sizes[0]:N0}", "", Ratio(measured, sizes, round => round.Seconds / round.Sessions));
            table.Add($"memory above idle, {sizes[^1]:N0} / {sizes[0]:N0}", "", Ratio(measured, sizes, round => round.Memory));

            progress.Say($"{calls} times the next three slots");
            await Ask(askers, database, last, Math.Max(20, calls / 5), ct);
            var milliseconds = await Ask(askers, database, last, calls, ct);
            table.Add("the next three slots through the gateway, p50", "ms", Percentile(milliseconds, 50));
            table.Add("the next three slots through the gateway, p99", "ms", Percentile(milliseconds, 99), briefly ? null : Aim.AtMost(50));
        }
        finally
        {
            foreach (var asker in askers) asker.Dispose();
            await Control.Start(platform.State, RabbitMq.Name);
        }
    }

    private static void Show(int size, Round[] rounds, bool briefly, Table table)
    {
        table.Add($"{size:N0} pairs: sessions booked", "", Figure.MedianOf([.. rounds.Select(round => (double)round.Sessions)]));
        table.Add($"{size:N0} pairs: from due to the last one booked", "s", Figure.MedianOf([.. rounds.Select(round => round.Seconds)]));
        table.Add($"{size:N0} pairs: pairs a second", "1/s", Figure.MedianOf([.. rounds.Select(round => size / round.Seconds)]), briefly ? null : Aim.AtLeast(500));
        table.Add($"{size:N0} pairs: processor time of the service", "s", Figure.MedianOf([.. rounds.Select(round => round.Service)]));
        table.Add($"{size:N0} pairs: processor time of PostgreSQL", "s", Figure.MedianOf([.. rounds.Select(round => round.Database)]));
        table.Add($"{size:N0} pairs: pairs a processor second of both", "1/s", Figure.MedianOf([.. rounds.Select(round => size / (round.Service + round.Database))]), briefly ? null : Aim.AtLeast(500));
        table.Add($"{size:N0} pairs: COPY of the same rows, indexes as there", "s", Figure.MedianOf([.. rounds.Select(round => round.Copy)]));
        table.Add($"{size:N0} pairs: planned and booked / COPY", "", Figure.MedianOf([.. rounds.Select(round => round.Seconds / round.Copy)]));
        table.Add($"{size:N0} pairs: most memory above idle", "MiB", Figure.MedianOf([.. rounds.Select(round => round.Memory)]));
    }

    private static Figure Ratio(List<(int Size, Round Round)> measured, int[] sizes, Func<Round, double> of)
    {
        var (small, large) = (Of(sizes[0]), Of(sizes[^1]));
        return Figure.MedianOf([.. large.SelectMany(one => small.Select(other => one / other))]);

        double[] Of(int size) => [.. measured.Where(one => one.Size == size).Select(one => of(one.Round))];
    }

    private static async Task<Round> Begin(OwnPlatform platform, NpgsqlDataSource database, string programme, int size, CancellationToken ct)
    {
        var service = Status.PidOf(platform.State, "scheduling") ?? throw new BenchFailed("Scheduling is not running.");
        var server = Status.PidOf(platform.State, PostgreSql.Name) ?? throw new BenchFailed("PostgreSQL is not running.");
        var published = await Ask<long>(database, "select coalesce(max(id), 0) from platform.outbox", ct);
        var idle = Native.ForgetPeakMemoryOf(service) / Mebibyte;
        var (ofService, ofDatabase) = (Native.ProcessorTimeOf(service), Native.ProcessorTimeOf(server));
        var started = Stopwatch.GetTimestamp();
        await Run(database, """
            insert into platform.timers (unit_id, name, key, due_at, payload, attempts)
            select pair.unit_id, 'partnership-activation', pair.id, now(), 'null', 0
            from partnerships pair join programmes programme on programme.id = pair.programme_id where programme.slug = $1
            """, ct, programme);
        var unit = await Ask<Guid>(database, "select unit_id from programmes where slug = $1", ct, programme);
        while (await Ask<bool>(database, "select exists (select from platform.timers where unit_id = $1 and name = 'partnership-activation')", ct, unit))
            await Task.Delay(RarerTheLonger(Stopwatch.GetElapsedTime(started)), ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        (ofService, ofDatabase) = (Native.ProcessorTimeOf(service) - ofService, Native.ProcessorTimeOf(server) - ofDatabase);
        var peak = Native.PeakMemoryOf(service) / Mebibyte - idle;

        var whole = await Ask<long>(database, """
            select count(*) from partnerships pair join programmes programme on programme.id = pair.programme_id
            join (select partnership_id, count(*) as booked from sessions where state = 'Booked' group by partnership_id) sessions on sessions.partnership_id = pair.id
            where programme.slug = $1 and (pair.series ->> 'booked')::boolean and jsonb_array_length(pair.series -> 'slots') = sessions.booked
            """, ct, programme);
        if (whole < size * 9 / 10)
            throw new BenchFailed($"Of {size} pairs only {whole} have a series.");
        var sessions = await Ask<long>(database, "select count(*) from sessions s join programmes p on p.id = s.programme_id where p.slug = $1", ct, programme);
        return new Round(seconds, ofService.TotalSeconds, ofDatabase.TotalSeconds, peak, await Copy(database, programme, published, ct), sessions);
    }

    /// <summary>The rows of all tables that the job has written to, into twins of these tables.</summary>
    /// <returns>Seconds of the writing alone.</returns>
    private static async Task<double> Copy(NpgsqlDataSource database, string programme, long publishedBefore, CancellationToken ct)
    {
        const string Of = "(select id from programmes where slug = '{0}')";
        var ofProgramme = string.Format(CultureInfo.InvariantCulture, Of, programme);
        var pairs = $"(select id from partnerships where programme_id = {ofProgramme}) pairs";
        var sessions = $"(select id from sessions where programme_id = {ofProgramme}) sessions";
        (string Table, string Rows)[] tables =
        [
            ("partnerships", $"select * from partnerships where programme_id = {ofProgramme}"),
            ("momentum", $"select written.* from momentum written join {pairs} on pairs.id = written.partnership_id"),
            ("momentum_transitions", $"select written.* from momentum_transitions written join {pairs} on pairs.id = written.partnership_id"),
            ("sessions", $"select * from sessions where programme_id = {ofProgramme}"),
            ("booked_times", $"select written.* from booked_times written join {pairs} on pairs.id = written.partnership_id"),
            ("platform.timers", $"select written.* from platform.timers written join {sessions} on sessions.id::text = written.key"),
            ("platform.outbox", string.Create(CultureInfo.InvariantCulture, $"select * from platform.outbox where id > {publishedBefore}")),
        ];
        await using var connection = await database.OpenConnectionAsync(ct);
        var seconds = 0.0;
        foreach (var (name, rows) in tables)
        {
            await Execute($"create table public.twin (like {name} including all)");
            using var bytes = new MemoryStream();
            await using (var read = await connection.BeginRawBinaryCopyAsync($"copy ({rows}) to stdout (format binary)", ct))
                await read.CopyToAsync(bytes, ct);
            bytes.Position = 0;
            var started = Stopwatch.GetTimestamp();
            await using (var write = await connection.BeginRawBinaryCopyAsync("copy public.twin from stdin (format binary)", ct))
                await bytes.CopyToAsync(write, ct);
            seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            await Execute("drop table public.twin");
        }
        return seconds;

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Several, as one person's allowance is for people; each books for every twentieth mentee.</summary>
    private static async Task<IReadOnlyList<Person>> SignIn(
        OwnPlatform platform, NpgsqlDataSource database, string gateway, Person admin, string programme, CancellationToken ct)
    {
        var people = new List<Person>();
        for (var i = 0; i < Delegates; i++)
        {
            var email = string.Create(CultureInfo.InvariantCulture, $"assistant-{i}@nordlicht.example");
            await admin.Post($"/api/v1/units/{Unit}/members", new { email, role = "programme-manager", programme, name = "Assistant" }, ct);
            var person = await Person.SignIn(platform.State, gateway, email, ct);
            people.Add(person);
            var me = (await person.Read("/api/v1/me", ct))["units"]!.AsArray().Single(unit => unit!["slug"]!.GetValue<string>() == Unit)!["personId"]!.GetValue<Guid>();
            await Run(database, """
                insert into delegations (unit_id, mentee_id, delegate_id)
                select unit_id, mentee_id, $2 from (
                    select pair.unit_id, pair.mentee_id, row_number() over (order by pair.id) - 1 as number
                    from partnerships pair join programmes programme on programme.id = pair.programme_id where programme.slug = $1) numbered
                where number % $3 = $4
                """, ct, programme, me, (long)Delegates, (long)i);
        }
        return people;
    }

    /// <summary>One call after the other, each for another pair.</summary>
    private static async Task<double[]> Ask(IReadOnlyList<Person> askers, NpgsqlDataSource database, string programme, int calls, CancellationToken ct)
    {
        var pairs = new List<Guid>();
        await using (var list = database.CreateCommand("select pair.id from partnerships pair join programmes programme on programme.id = pair.programme_id where programme.slug = $1 order by pair.id"))
        {
            list.Parameters.AddWithValue(programme);
            await using var reader = await list.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) pairs.Add(reader.GetGuid(0));
        }
        var milliseconds = new double[calls];
        for (var i = 0; i < calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var which = i * 7919 % pairs.Count;
            var answer = await askers[which % askers.Count].Read($"/api/v1/units/{Unit}/partnerships/{pairs[which]}/slots", ct);
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (answer["items"]!.AsArray().Count != 3)
                throw new BenchFailed($"Not three slots: {answer}");
        }
        return milliseconds;
    }

    private static Figure Percentile(double[] milliseconds, int percent) =>
        Figure.PercentileOf([.. milliseconds.Chunk(Math.Max(1, milliseconds.Length / Slices))], percent);

    private static async Task Open(Person admin, string programme, CancellationToken ct)
    {
        await admin.PostText($"/api/v1/units/{Unit}/programmes", $$"""
            name: {{programme}}
            gap: { area: What people close to the work know }
            sponsor: admin.{{Unit}}@nordlicht.example
            mentors: { stages: [early], capacity: 3 }
            mentees: { stages: [executive], capacity: 1 }
            cadence: { video: P14D, in-person: P90D }
            booking: platform
            length: P6M
            measures:
              - { name: fluency, instrument: gap-self-rating, side: mentee, baseline: 2.1, target: 3.5 }
            """, "application/yaml", ct);
        await admin.Post($"/api/v1/units/{Unit}/programmes/{programme}/open", new { }, ct);
    }

    private static async Task Fill(NpgsqlDataSource database, string programme, int pairs, CancellationToken ct)
    {
        while (!await Ask<bool>(database, "select exists (select from programmes where slug = $1)", ct, programme))
            await Task.Delay(BetweenLooks, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        // Right by construction: what somebody has elsewhere stands for sessions of other pairs, which are not written.
        batch.Add("set session_replication_role = replica");
        batch.Add("""
            create temp table pool as
            select programme.unit_id, programme.id as programme_id, i, md5($1 || 'pair' || i)::uuid as id,
                   md5($1 || 'mentor' || i / 3)::uuid as mentor_id, md5($1 || 'mentee' || i)::uuid as mentee_id,
                   i / 3 % 5 as mentor_zone, (i / 3 + case when i % 4 = 0 then 1 else 0 end) % 5 as mentee_zone
            from generate_series(0, $2 - 1) i, programmes programme where programme.slug = $1
            """, programme, pairs);
        batch.Add("""
            create temp table pool_people as
            select distinct unit_id, programme_id, mentor_id as id, 'Mentor' as side, i / 3 as number,
                   (array['Europe/Berlin', 'Europe/London', 'Europe/Athens', 'Europe/Lisbon', 'Europe/Stockholm'])[1 + mentor_zone] as time_zone from pool
            union all
            select unit_id, programme_id, mentee_id, 'Mentee', i,
                   (array['Europe/Berlin', 'Europe/London', 'Europe/Athens', 'Europe/Lisbon', 'Europe/Stockholm'])[1 + mentee_zone] from pool
            """);
        batch.Add("insert into people (unit_id, id, name, time_zone, \"left\") select unit_id, id, 'Person ' || number, time_zone, false from pool_people");
        batch.Add("insert into preparations (unit_id, programme_id, person_id, side) select unit_id, programme_id, id, side from pool_people");
        batch.Add("""
            insert into offered_hours (unit_id, person_id, time_zone, weekly, exceptions, minimum_notice, version)
            select unit_id, id, time_zone, (select jsonb_agg(jsonb_build_object('day', day, 'from', '08:00:00', 'to', '12:30:00'))
                                                 || jsonb_agg(jsonb_build_object('day', day, 'from', '13:30:00', 'to', '18:00:00'))
                                            from unnest(array['monday', 'tuesday', 'wednesday', 'thursday']) day), '[]', interval '2 days', 1
            from pool_people where number % 5 = 0
            """);
        batch.Add("""
            insert into booked_times (unit_id, person_id, id, partnership_id, times)
            select unit_id, id, md5(id::text)::uuid, md5(id::text || 'elsewhere')::uuid, range_agg(tstzrange(at, at + interval '1 hour'))
            from pool_people cross join generate_series(2, 178, 7) day
            cross join lateral (select date_trunc('day', now()) + make_interval(days => day, hours => (8 + (number + day) % 9)::int) as at) times
            where number % 2 = 0
            group by unit_id, id
            """);
        batch.Add("""
            insert into partnerships (unit_id, id, programme_id, mentor_id, mentee_id, wave, topics, reason, formed_at, signed_at, ended_early, version, charter)
            select unit_id, id, programme_id, mentor_id, mentee_id, 'all', '["Prompt writing"]', 'They fit.', now(), now(), false, 3, jsonb_build_object(
                'version', 1, 'signedByMentor', true, 'signedByMentee', true, 'text', jsonb_build_object(
                    'clauses', '[]'::jsonb, 'gap', 'A gap.', 'measure', 'fluency', 'goals', '{"mentor": "", "mentee": ""}'::jsonb,
                    'cadence', '{"video": "P14D", "in-person": "P90D"}'::jsonb, 'places', '["neutral", "video"]'::jsonb, 'confidentiality', 'Nothing leaves the room.'))
            from pool
            """);
        batch.Add("drop table pool, pool_people");
        batch.Add("reset session_replication_role");
        batch.Add("analyze");
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task Run(NpgsqlDataSource database, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<T> Ask<T>(NpgsqlDataSource database, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteScalarAsync(ct) is T value ? value : throw new BenchFailed($"No answer to: {sql}");
    }

    /// <summary>A look passes by all timers that were just deleted, so that looking all the time would take a sixth of the database; it is late by a fiftieth at most.</summary>
    private static TimeSpan RarerTheLonger(TimeSpan passed) => passed / 50 > BetweenLooks ? passed / 50 : BetweenLooks;
}
