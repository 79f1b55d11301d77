using Mentoring.ServiceDefaults;
using Mentoring.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Gateway.Tests.ServiceDefaults;

public sealed class MovingTheClock : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"clock-{Guid.CreateVersion7():N}");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("14.00:00:00", 14)]
    [InlineData("P14D", 14)]
    [InlineData("-1.00:00:00\n", -1)]
    public void The_file_says_how_far(string content, int days)
    {
        File.WriteAllText(_file, content);
        AssertMoved(days, new PlatformClock(_file));
    }

    [Fact]
    public async Task It_moves_while_it_runs_and_back_when_the_file_goes()
    {
        var clock = new PlatformClock(_file);
        AssertMoved(0, clock);
        File.WriteAllText(_file, "3.00:00:00");
        await Eventually.Holds(() => Task.Run(() => AssertMoved(3, clock)));
        // Half written: nothing jumps.
        File.WriteAllText(_file, "4.00:");
        File.SetLastWriteTimeUtc(_file, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        AssertMoved(3, clock);
        File.Delete(_file);
        await Eventually.Holds(() => Task.Run(() => AssertMoved(0, clock)));
    }

    [Theory]
    [InlineData("Production", false)]
    [InlineData("Development", true)]
    public void Only_a_developer_may_move_it(string environment, bool allowed)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, Args = [$"--CLOCK_FILE={_file}"] });
        if (allowed)
        {
            builder.AddServiceDefaults();
            using var services = builder.Services.BuildServiceProvider();
            Assert.IsType<PlatformClock>(services.GetRequiredService<TimeProvider>());
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => builder.AddServiceDefaults());
        }
    }

    private static void AssertMoved(int days, PlatformClock clock) =>
        Assert.Equal(days, Math.Round((clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalDays, 3));
}
