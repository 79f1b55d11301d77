namespace Mentoring.Journeys.Tests;

public sealed class TakingFigures
{
    [Fact]
    public async Task The_bench_starts_a_platform_of_its_own_and_measures_side_by_side()
    {
        var (status, table) = await PlatformUnderTest.Run("bench", "platform", "--briefly");

        Assert.True(status == 0, table);
        string[] rows = ["gateway / bare YARP", "gateway / nginx", "call to reaction, p50", "call to reaction, p99", "insert with outbox / insert", "cold up", "memory of the whole"];
        Assert.All(rows, row => Assert.Contains(row, table, StringComparison.Ordinal));
    }
}
