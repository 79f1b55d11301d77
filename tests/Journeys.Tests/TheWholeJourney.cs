using System.Text.RegularExpressions;
using Mentoring.Testing;

namespace Mentoring.Journeys.Tests;

/// <summary>
/// The journey a newcomer sees, by the command a newcomer gives, every process real. In the middle of it a service, the broker and the
/// database are ended with kill -9: it finishes all the same, and nothing is lost or doubled.
/// </summary>
public sealed partial class TheWholeJourney(PlatformUnderTest platform, ITestOutputHelper output)
{
    /// <summary>What is killed, while the step with these words is under way.</summary>
    private static readonly (string Part, string Words)[] s_killed =
    [
        ("participants", "people opt in, each for themselves"),
        ("messaging", "It is approved; juniors answer first"),
        ("postgres", "sign their charters"),
    ];

    [Fact]
    public async Task It_finishes_though_a_service_the_broker_and_the_database_are_killed_and_nothing_is_lost_or_doubled()
    {
        var killed = new List<Task>();
        var (status, transcript) = await PlatformUnderTest.Run("demo", ["--pairs", "12"], line =>
            killed.AddRange(s_killed.Where(one => line.Contains(one.Words, StringComparison.Ordinal)).Select(one => KillSoon(one.Part))));
        output.WriteLine(transcript);
        if (status != 0)
            output.WriteLine(PlatformUnderTest.Failures());
        await Task.WhenAll(killed);

        Assert.Equal(s_killed.Length, killed.Count);
        Assert.Equal(0, status);
        Assert.Matches(@"journey: (\d+) steps, \1 ok, 0 failed\s*$", transcript);
        await Nothing_is_lost_or_doubled();
        await Nothing_names_the_one_erased(Erased().Match(transcript).Groups["email"].Value);
        await One_trace_leads_from_the_click_to_the_mail(CancellingTrace().Match(transcript).Groups["id"].Value);
    }

    [Fact]
    public async Task Status_and_clock_say_how_it_is()
    {
        var (status, parts) = await PlatformUnderTest.Run("status");
        var (clockStatus, clock) = await PlatformUnderTest.Run("clock", "+14d");

        Assert.Equal(0, status);
        Assert.All(PlatformUnderTest.Services.Append("gateway"), service => Assert.Contains(service, parts, StringComparison.Ordinal));
        Assert.Equal(0, clockStatus);
        Assert.Contains("UTC", clock, StringComparison.Ordinal);
    }

    [GeneratedRegex("trace (?<id>[0-9a-f]{32}): click")]
    private static partial Regex CancellingTrace();

    [GeneratedRegex(@"erased (?<email>\S+@\S+);")]
    private static partial Regex Erased();

    /// <summary>In no column of any table of any service.</summary>
    private static async Task Nothing_names_the_one_erased(string email)
    {
        Assert.Contains('@', email);
        foreach (var service in PlatformUnderTest.Services)
        {
            await Same($"tables of {service} that name {email}", 0, service, $"""
                select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
                and query_to_xml(format('select 1 from %I.%I held where held::text ilike %L limit 1', schemaname, tablename, '%{email}%'), false, false, '')::text like '%<row%'
                """);
        }
    }

    private static async Task KillSoon(string part)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await pause.WaitForNextTickAsync();
        await PlatformUnderTest.Kill(part);
    }

    private async Task Nothing_is_lost_or_doubled()
    {
        foreach (var service in PlatformUnderTest.Services)
            await Eventually.Holds(async () => Assert.Equal(0L, await PlatformUnderTest.Ask<long>(service, "select count(*) from platform.outbox")), TimeSpan.FromSeconds(90));
        foreach (var service in PlatformUnderTest.Services)
            Assert.Equal(0L, await PlatformUnderTest.Ask<long>(service, "select count(*) from platform.dead_letters"));

        // Who has withdrawn, as guests do whose time has passed, stays with Participants alone.
        var enrolled = await PlatformUnderTest.Ask<long>("participants", "select count(*) from participants where state <> 'withdrawn'");
        await Same("participants known to Matching", enrolled, "matching", "select count(*) from participants");
        await Same("participants known to Feedback", enrolled, "feedback", "select count(*) from participants");
        var pairs = await PlatformUnderTest.Ask<long>("matching", "select count(*) from pairs");
        await Same("partnerships of pairs", pairs, "scheduling", "select count(*) from partnerships");
        await Same("pairs known to Feedback", pairs, "feedback", "select count(*) from pairs");
        var sessions = await PlatformUnderTest.Ask<long>("scheduling", "select count(*) from sessions");
        await Same("sessions known to Feedback", sessions, "feedback", "select count(*) from sessions");
        // Who hears of the cancellation first is not told of the booking any more. What fell away with an erased pair names nobody and stays told.
        await Same("sessions told of, to each of two", sessions * 2, "notifications", "select count(distinct (about_id, person_id)) from inbox_items where kind in ('session-booked', 'session-cancelled') and not coalesce((notice ->> 'pairOver')::boolean, false)");
        await Same("told twice", 0, "notifications", "select count(*) from (select from inbox_items group by person_id, kind, about_id, version having count(*) > 1) twice");
    }

    private static Task Same(string what, long expected, string service, string sql) => Eventually.Holds(async () =>
    {
        var found = await PlatformUnderTest.Ask<long>(service, sql);
        Assert.True(found == expected, $"{what}: {found} instead of {expected}");
    }, TimeSpan.FromSeconds(60));

    private async Task One_trace_leads_from_the_click_to_the_mail(string trace) => await Eventually.Holds(() =>
    {
        var spans = platform.Collector.OfTrace(trace);
        var byId = spans.GroupBy(span => span.SpanId).ToDictionary(same => same.Key, same => same.First());
        var mail = spans.First(span => span.Service == "notifications" && span.Name.Contains("mail", StringComparison.OrdinalIgnoreCase));

        var way = new List<Span> { mail };
        while (byId.TryGetValue(way[^1].ParentId, out var parent))
            way.Add(parent);

        var services = way.Select(span => span.Service).Distinct().Reverse().ToList();
        Assert.True(services is ["gateway", "scheduling", .., "notifications"], string.Join(" → ", Enumerable.Reverse(way).Select(span => $"{span.Service}: {span.Name}")));
        return Task.CompletedTask;
    }, TimeSpan.FromSeconds(60));
}
