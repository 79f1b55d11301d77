using Mentoring.Tenancy;
using Mentoring.Testing;
using Npgsql;

namespace Mentoring.Participants.Tests.Migrations;

public sealed class ReplacingMigrations : IAsyncLifetime
{
    private const string One = "20261122221634_CircleRightsTopicsAndFiles";

    private static readonly string[] Five =
    [
        "20261122201822_MentorsCircle",
        "20261122205033_ImportsAndStages",
        "20261122205133_PeoplesRights",
        "20261122205600_TopicsAndTheGapMap",
        "20261122205836_ProgrammesAsFiles",
    ];

    private readonly string _name = $"test_upgrade_{Guid.CreateVersion7():N}";
    private NpgsqlDataSource _database = null!;

    private string Owner => new NpgsqlConnectionStringBuilder(Servers.Running.Postgres) { Database = _name, Pooling = false }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        await Migrate();
        _database = NpgsqlDataSource.Create(Owner);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await using var servers = NpgsqlDataSource.Create(Servers.Running.Postgres);
        await Run(servers, $"drop database {_name} with (force); drop role {_name}");
    }

    [Fact]
    public async Task A_database_that_has_taken_the_five_has_taken_the_one()
    {
        await InsteadOfTheOne(Five);

        await Migrate();

        Assert.Equal([.. Five, One], await Taken(over: Five[0], till: One));
    }

    [Fact]
    public async Task Taken_in_part_it_is_refused_and_told_what_it_lacks()
    {
        await InsteadOfTheOne(Five[..4]);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(Migrate);

        Assert.Contains(Five[4], refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Five[3], refused.Message, StringComparison.Ordinal);
        Assert.Equal(Five[..4], await Taken(over: Five[0], till: One));
    }

    private Task Migrate() => TenantMigration.Run<ParticipantsDb>(Owner, _name, "test", TestContext.Current.CancellationToken);

    private Task InsteadOfTheOne(string[] these) => Run(_database, $"""
        delete from "__EFMigrationsHistory" where "MigrationId" = '{One}';
        insert into "__EFMigrationsHistory" values {string.Join(", ", these.Select(id => $"('{id}', '10.0.0')"))};
        """);

    private async Task<List<string>> Taken(string over, string till)
    {
        await using var command = _database.CreateCommand(
            $"""select "MigrationId" from "__EFMigrationsHistory" where "MigrationId" between '{over}' and '{till}' order by 1""");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var taken = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            taken.Add(reader.GetString(0));
        return taken;
    }

    private static async Task Run(NpgsqlDataSource on, string sql)
    {
        await using var command = on.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
