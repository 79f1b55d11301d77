using System.Text;
using Mentoring.Demonstration;
using Mentoring.Testing;

namespace Mentoring.Journeys.Tests;

/// <summary>
/// The journey a newcomer sees, through the gateway, every process real. In the middle of it a service, the broker and the database are
/// ended with kill -9: it finishes all the same, and nothing is lost or doubled.
/// </summary>
public sealed class TheWholeJourney(PlatformUnderTest platform, ITestOutputHelper output)
{
    private const int Pairs = 12;
    private static readonly string[] s_services = ["participants", "matching", "scheduling", "feedback", "notifications"];

    [Fact]
    public async Task It_finishes_though_a_service_the_broker_and_the_database_are_killed_and_nothing_is_lost_or_doubled()
    {
        var journey = await Journey.Begin(platform.Api, Pairs);
        var steps = journey.Steps
            .Select(step => step.Words switch
            {
                var words when words.EndsWith("people opt in, each for themselves", StringComparison.Ordinal) => Killing("participants", step),
                var words when words.StartsWith("It is approved; juniors answer first", StringComparison.Ordinal) => Killing("messaging", step),
                var words when words.Contains("sign their charters", StringComparison.Ordinal) => Killing("postgres", step),
                _ => step,
            }).ToList();
        Assert.Equal(3, steps.Count(step => step.Words.Contains("kill -9", StringComparison.Ordinal)));

        var transcript = new StringWriter(new StringBuilder());
        var finished = await Transcript.Of(steps, transcript);

        output.WriteLine(transcript.ToString());
        Assert.True(finished, transcript.ToString());
        await Nothing_is_lost_or_doubled();
        await One_trace_leads_from_the_click_to_the_mail(journey.Story.CancellingTrace);
    }

    [Fact]
    public async Task Status_and_clock_say_how_it_is()
    {
        var (status, parts) = await PlatformUnderTest.Run("status");
        var (clockStatus, clock) = await PlatformUnderTest.Run("clock");

        Assert.Equal(0, status);
        Assert.All(s_services.Append("gateway"), service => Assert.Contains(service, parts, StringComparison.Ordinal));
        Assert.Equal(0, clockStatus);
        Assert.Contains("UTC", clock, StringComparison.Ordinal);
    }

    /// <summary>The same step, with a part killed while it is under way.</summary>
    private static Step Killing(string part, Step step) => new($"{step.Words} (kill -9 {part} meanwhile)", async () =>
    {
        var taken = step.Take();
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await pause.WaitForNextTickAsync();
        var underWay = !taken.IsCompleted;
        await PlatformUnderTest.Kill(part);
        var result = await taken;
        return $"{result}\n{part} was killed {(underWay ? "while it was under way" : "right after")}";
    });

    private async Task Nothing_is_lost_or_doubled()
    {
        foreach (var service in s_services)
            await Eventually.Holds(async () => Assert.Equal(0L, await PlatformUnderTest.Ask<long>(service, "select count(*) from platform.outbox")), TimeSpan.FromSeconds(90));
        foreach (var service in s_services)
            Assert.Equal(0L, await PlatformUnderTest.Ask<long>(service, "select count(*) from platform.dead_letters"));

        var enrolled = await PlatformUnderTest.Ask<long>("participants", "select count(*) from participants");
        await Same("participants known to Matching", enrolled, "matching", "select count(*) from participants");
        await Same("participants known to Feedback", enrolled, "feedback", "select count(*) from participants");
        var pairs = await PlatformUnderTest.Ask<long>("matching", "select count(*) from pairs");
        await Same("partnerships of pairs", pairs, "scheduling", "select count(*) from partnerships");
        await Same("pairs known to Feedback", pairs, "feedback", "select count(*) from pairs");
        var sessions = await PlatformUnderTest.Ask<long>("scheduling", "select count(*) from sessions");
        await Same("sessions known to Feedback", sessions, "feedback", "select count(*) from sessions");
        // Who hears of the cancellation first is not told of the booking any more.
        await Same("sessions told of, to each of two", sessions * 2, "notifications", "select count(distinct (about_id, person_id)) from inbox_items where kind in ('session-booked', 'session-cancelled')");
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
