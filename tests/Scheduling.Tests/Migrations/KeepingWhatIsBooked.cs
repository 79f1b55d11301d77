using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Mentoring.Scheduling.Tests.Migrations;

/// <summary>Times that were booked one by one stand together afterwards, and one by one again for whoever goes back; the owner is no superuser.</summary>
public sealed class KeepingWhatIsBooked : IAsyncLifetime
{
    private const string OneByOne = "20261123125941_CalendarAccounts";
    private const string Together = "SeriesTakeTheirTimesTogether";

    private readonly string _name = $"test_booked_{Guid.CreateVersion7():N}";
    private NpgsqlDataSource _database = null!;

    public async ValueTask InitializeAsync()
    {
        await using var servers = NpgsqlDataSource.Create(Servers.Running.Postgres);
        await Run(servers, $"create role {_name} login password 'test'");
        await Run(servers, $"create database {_name} owner {_name}");
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Servers.Running.Postgres) { Database = _name, Username = _name, Password = "test", Pooling = false }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await using var servers = NpgsqlDataSource.Create(Servers.Running.Postgres);
        await Run(servers, $"drop database {_name} with (force); drop role {_name}");
    }

    [Fact]
    public async Task Nothing_is_lost_there_and_back_and_the_constraint_holds()
    {
        await Migrate(OneByOne);
        await Run(_database, """
            alter table sessions enable row level security; alter table sessions force row level security;
            alter table booked_times enable row level security; alter table booked_times force row level security;
            create policy unit on sessions using (unit_id = nullif(current_setting('app.unit_id', true), '')::uuid);
            create policy unit on booked_times using (unit_id = nullif(current_setting('app.unit_id', true), '')::uuid);

            select set_config('app.unit_id', '00000000-0000-0000-0000-00000000000a', false);
            insert into partnerships (unit_id, id, programme_id, mentor_id, mentee_id, wave, topics, reason, formed_at, signed_at, ended_early, version)
            select u, p, u, m, n, 'all', '[]', 'They fit.', now(), now(), false, 1
            from (values ('00000000-0000-0000-0000-00000000000a'::uuid, '00000000-0000-0000-0000-0000000000b1'::uuid, '00000000-0000-0000-0000-0000000000c1'::uuid, '00000000-0000-0000-0000-0000000000d1'::uuid)) v (u, p, m, n);
            insert into sessions (unit_id, id, partnership_id, programme_id, mentor_id, mentee_id, wave, starts_at, ends_at, channel, state, booked_at, sequence, version)
            select p.unit_id, v.id, p.id, p.programme_id, p.mentor_id, p.mentee_id, 'all', v.at, v.at + interval '1 hour', 'in-person', v.state, now(), 0, 1
            from partnerships p, (values
                ('00000000-0000-0000-0000-0000000000e1'::uuid, '2027-03-01 10:00Z'::timestamptz, 'Booked'),
                ('00000000-0000-0000-0000-0000000000e2'::uuid, '2027-03-01 12:00Z'::timestamptz, 'Held'),
                ('00000000-0000-0000-0000-0000000000e3'::uuid, '2027-03-02 10:00Z'::timestamptz, 'Cancelled')) v (id, at, state);
            insert into booked_times (unit_id, person_id, session_id, starts_at, ends_at)
            select unit_id, mentor_id, id, starts_at - interval '30 minutes', ends_at + interval '30 minutes' from sessions where state <> 'Cancelled'
            union all
            select unit_id, mentee_id, id, starts_at, ends_at from sessions where state <> 'Cancelled';
            """);
        var before = await Read("select session_id || ' ' || person_id || ' ' || starts_at || ' ' || ends_at from booked_times");

        await Migrate(Together);

        // Two that touch are one stretch of the mentor's time.
        Assert.Equal(
            ["c1 {[\"2027-03-01 09:30:00+00\",\"2027-03-01 13:30:00+00\")}", "d1 {[\"2027-03-01 10:00:00+00\",\"2027-03-01 11:00:00+00\"),[\"2027-03-01 12:00:00+00\",\"2027-03-01 13:00:00+00\")}"],
            await Read("select right(person_id::text, 2) || ' ' || times from booked_times"));
        Assert.Equal(["e1 00:30:00 00:00:00", "e2 00:30:00 00:00:00", "e3 00:00:00 00:00:00"], await Read("select right(id::text, 2) || ' ' || mentor_way || ' ' || mentee_way from sessions"));
        var twice = await Assert.ThrowsAsync<PostgresException>(() => Run(_database, """
            insert into booked_times (unit_id, person_id, id, partnership_id, times)
            select unit_id, person_id, gen_random_uuid(), partnership_id, '{[2027-03-01 10:59Z,2027-03-01 11:30Z)}' from booked_times where person_id::text like '%d1'
            """));
        Assert.Equal("ex_booked_times_nobody_twice", twice.ConstraintName);

        await Migrate(OneByOne);

        Assert.Equal(before, await Read("select session_id || ' ' || person_id || ' ' || starts_at || ' ' || ends_at from booked_times"));
    }

    private async Task Migrate(string to)
    {
        await using var db = new SchedulingDb(new DbContextOptionsBuilder<SchedulingDb>().UseNpgsql(_database).Options, new UnitContext());
        await db.GetService<IMigrator>().MigrateAsync(to, TestContext.Current.CancellationToken);
    }

    private async Task<List<string>> Read(string sql)
    {
        await using var command = _database.CreateCommand(
            $"select set_config('app.unit_id', '00000000-0000-0000-0000-00000000000a', false), set_config('timezone', 'UTC', false); {sql} order by 1");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.NextResultAsync(TestContext.Current.CancellationToken);
        var read = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            read.Add(reader.GetString(0));
        return read;
    }

    private static async Task Run(NpgsqlDataSource on, string sql)
    {
        await using var command = on.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
