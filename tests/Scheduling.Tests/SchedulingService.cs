using Mentoring.Messaging;
using Mentoring.Scheduling.Sessions;
using Mentoring.Scheduling.Tests;
using Mentoring.Scheduling.Tests.Calendars.Providers;
using Mentoring.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(SchedulingService))]
// Tests share one clock and move it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Mentoring.Scheduling.Tests;

/// <summary>A session's time of one of the two.</summary>
public sealed record TakenTime(Guid PersonId, Guid PartnershipId, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>The service under test: one for the assembly, each test in a unit of its own.</summary>
public sealed class SchedulingService() : ServiceFactory<SchedulingDb>("scheduling")
{
    /// <summary>The folder of its master keys; each test assembly has its own.</summary>
    public DirectoryInfo MasterKeys { get; } = Directory.CreateTempSubdirectory("master-keys-");

    /// <summary>What the service logs, the client's own requests and all statements included.</summary>
    public LogEar Logs { get; } = new();

    /// <summary>Serves the unit <see cref="AMicrosoft.Unit"/>.</summary>
    public AMicrosoft Microsoft { get; } = new();

    /// <summary>Serves the unit <see cref="AGoogle.Unit"/>.</summary>
    public AGoogle Google { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await Microsoft.Start();
        await Google.Start();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Microsoft.DisposeAsync();
        await Google.DisposeAsync();
        MasterKeys.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Every time that is booked of somebody in the unit, ways included.</summary>
    public async Task<List<TakenTime>> Taken(TestUnit unit)
    {
        var booked = await In(unit, db => db.BookedTimes.AsNoTracking().ToListAsync());
        Assert.DoesNotContain(booked, one => one.Times.Length == 0);
        return [.. booked.SelectMany(one => one.Times.Select(time => new TakenTime(one.PersonId, one.PartnershipId, time.LowerBound, time.UpperBound)))];
    }

    /// <summary>Puts a master key there, old enough to seal.</summary>
    public void AddMasterKey(string id) => Sealing.SealingUnderMasterKeys.PutKey(MasterKeys, id, TimeProvider.System.GetUtcNow().AddHours(-1));

    protected override Dictionary<string, string> Settings()
    {
        AddMasterKey("first");
        return new(base.Settings().Concat(Microsoft.Settings(0)).Concat(Google.Settings(1)))
        {
            ["Scheduling:MasterKeyFolder"] = MasterKeys.FullName,
            ["Scheduling:AllowedCalendarNetworks:0"] = "127.0.0.0/8",
        };
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.AddProvider(Logs)
            .AddFilter<LogEar>("System.Net", LogLevel.Trace).AddFilter<LogEar>("Mentoring", LogLevel.Trace).AddFilter<LogEar>("Microsoft.EntityFrameworkCore", LogLevel.Debug));
    }

    /// <summary>Moves the clock on to the next Monday, 09:00 UTC: working days are then counted the same by every test.</summary>
    public void GoToMonday()
    {
        var now = Clock.GetUtcNow();
        var days = ((int)DayOfWeek.Monday - (int)now.DayOfWeek + 7) % 7;
        var monday = new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(days).AddHours(9);
        Clock.Set(monday > now ? monday : monday.AddDays(7));
    }

    public Task<long> TimersOf(Guid key, string name) =>
        AsOwner<long>($"select count(*) from platform.timers where name = '{name}' and key = '{key}'");

    /// <summary>A timer that is due now has fired: so has all that was due before it.</summary>
    public async Task SweepsHavePassed()
    {
        var (unit, mark) = (TestUnit.New(), Guid.CreateVersion7());
        await In(unit, async db =>
        {
            db.Add(new TimerRow { UnitId = unit.Id, Name = AskWhetherHeld.Name, Key = mark.ToString(), DueAt = Clock.GetUtcNow(), Payload = "null" });
            return await db.SaveChangesAsync();
        });
        await Eventually.Holds(async () => Assert.Equal(0, await TimersOf(mark, AskWhetherHeld.Name)));
    }
}
