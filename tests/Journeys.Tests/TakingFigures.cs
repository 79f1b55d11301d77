namespace Mentoring.Journeys.Tests;

/// <summary>The benches that need a platform, one after the other on one of their own.</summary>
public sealed class FiguresOfAPlatform : IAsyncLifetime
{
    public int Status { get; private set; }

    public string Table { get; private set; } = "";

    public async ValueTask InitializeAsync() => (Status, Table) = await PlatformUnderTest.Run("bench", "platform", "matching", "import", "gapmap", "slots", "--briefly");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class TakingFigures(FiguresOfAPlatform figures) : IClassFixture<FiguresOfAPlatform>
{
    [Fact]
    public void The_bench_starts_a_platform_of_its_own_and_measures_side_by_side()
    {
        var table = Taken();

        string[] rows = ["gateway / bare YARP", "gateway / nginx", "call to reaction, p50", "call to reaction, p99", "insert with outbox / insert", "cold up", "memory of the whole"];
        Assert.All(rows, row => Assert.Contains(row, table, StringComparison.Ordinal));
    }

    [Fact]
    public void Real_people_are_matched_through_the_api_and_nobody_who_could_be_paired_is_left()
    {
        var table = Taken();

        Assert.Matches("civil service, mentor above: paired of 484 possible +pairs +484 ", table);
        string[] rows = ["civil service, mentor above: whole run", "1,000 people: whole run", "1,000 people: of it candidates", "1,000 people: most memory"];
        Assert.All(rows, row => Assert.Contains(row, table, StringComparison.Ordinal));
    }

    [Fact]
    public void People_are_imported_through_the_gateway_beside_a_bare_copy_of_the_same_bytes()
    {
        var table = Taken();

        string[] rows =
        [
            "5,000 people: bare COPY into an unindexed table", "5,000 people: import, from the call to its end", "import / bare COPY", "the same file again",
            "memory of the service before", "most memory above that",
        ];
        Assert.All(rows, row => Assert.Contains(row, table, StringComparison.Ordinal));
    }

    [Fact]
    public void The_gap_map_answers_what_people_told_while_they_keep_telling()
    {
        var table = Taken();

        string[] rows = ["the whole map counted", "the unit's topics, p99", "a division's topics, p99", "a topic and what it suggests, p99", "a topic by parts of the unit, p99", "a topic's change is in the map after"];
        Assert.All(rows, row => Assert.Contains($"5,000 × 10: {row}", table, StringComparison.Ordinal));
    }

    [Fact]
    public void Many_pairs_begin_at_once_and_are_planned_and_booked_beside_a_copy_of_the_same_rows()
    {
        var table = Taken();

        string[] rows = ["200 pairs: pairs a second", "200 pairs: planned and booked / COPY", "200 pairs: most memory above idle", "seconds a pair, 200 / 100", "the next three slots through the gateway, p99"];
        Assert.All(rows, row => Assert.Contains(row, table, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_solver_is_measured_beside_others_that_find_the_same_optimum()
    {
        var (status, table) = await PlatformUnderTest.Run("bench", "assignment", "--briefly");

        Assert.True(status == 0, table);
        string[] families = ["mentor-100k", "uniform-100k", "scarce", "geometric-20k", "machol-wien-1000", "machol-wien-2000", "two-cost-20k"];
        Assert.All(families, family => Assert.Contains($"{family}: LEMON / ours", table, StringComparison.Ordinal));
        Assert.Contains("dense-5000: SciPy / ours", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calendars_are_read_beside_others_and_every_difference_has_a_known_cause()
    {
        var (status, table) = await PlatformUnderTest.Run("bench", "calendars", "--briefly");

        Assert.True(status == 0, table);
        Assert.Matches("invitations, table in the file +500 +1000 +500 of 500 +500 of 500 ", table);
        Assert.Matches("plain rules of offices +30 +[0-9]+ +30 of 30 +30 of 30 +30 of 30 ", table);
        string[] families = ["Yearly rules", "Secondly rules", "whole days", "further dates and exceptions", "instances moved", "single times at changed clocks", "invitations, IANA name", "every other second"];
        Assert.All(families, family => Assert.Contains(family, table, StringComparison.Ordinal));
    }

    private string Taken()
    {
        Assert.True(figures.Status == 0, figures.Table);
        return figures.Table;
    }
}
