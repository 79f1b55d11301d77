using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Availability;
using Mentoring.Tenancy;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Sessions;

/// <summary>
/// Random calendars of people who are in several pairs each, with the real database deciding: whatever books, moves and cancels at the same
/// time, nobody is in two sessions at once, and nothing that was promised is lost.
/// </summary>
public sealed class NobodyTwice(SchedulingService service)
{
    private static readonly TimeSpan[] Notices = [TimeSpan.Zero, TimeSpan.FromHours(4), TimeSpan.FromDays(1), TimeSpan.FromDays(3)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_the_job_and_single_bookings_moves_and_cancellations_do_at_the_same_time(int seed)
    {
        var random = new Random(seed);
        await using var cohort = await ACohort.Ready(service, 1_000, offered: zone => Hours(zone, random), random: random, length: "P2M");
        using var over = new CancellationTokenSource();
        var said = new ConcurrentBag<(string What, string Answer, Guid Session)>();
        var rivals = Enumerable.Range(0, 4).Select(rival => Interfere(cohort, new Random(seed * 100 + rival), said, over.Token)).ToArray();

        await cohort.Begins();
        await cohort.HasBegun();
        // Each kind has come about before they stop, however few got their turn beside the job.
        await Eventually.Holds(() =>
        {
            Assert.All((string[])["book", "move", "cancel"], what => Assert.Contains(said, one => one.What == what && one.Answer.Length == 0));
            return Task.CompletedTask;
        });
        await over.CancelAsync();
        await Task.WhenAll(rivals);

        var booked = said.Where(one => one is { What: "book", Answer: "" }).Select(one => one.Session).ToArray();
        Assert.NotEmpty(booked);
        Assert.All(said, one => Assert.Contains(one.Answer, (string[])["", "slot-taken", "outside-hours", "notice-too-short", "session-not-open"]));
        await cohort.IsWholeAndNobodyIsBookedTwice(besides: booked);
    }

    [Fact]
    public async Task Whatever_series_are_confirmed_at_the_same_time()
    {
        var random = new Random(4);
        await using var cohort = await ACohort.Ready(service, 120, booking: "mentee", random: random, length: "P2M");
        await cohort.Begins();
        await cohort.HasBegun();

        var refused = 0;
        await Parallel.ForEachAsync(cohort.Pairs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (pair, ct) =>
        {
            // Once more: what was taken is seen by then. Who has no common time has nothing to confirm.
            while (await Confirm(cohort, pair, ct) is { Length: > 0 } code && code != "series-not-proposed")
            {
                Assert.Equal("slot-taken", code);
                Interlocked.Increment(ref refused);
            }
        });

        var result = (await cohort.Activation()).GetProperty("result");
        Assert.Equal((120, 0), (result.GetProperty("booked").GetInt32() + result.GetProperty("withoutCommonTime").GetInt32(), result.GetProperty("proposed").GetInt32()));
        await cohort.IsWholeAndNobodyIsBookedTwice();
        TestContext.Current.SendDiagnosticMessage($"{refused} confirmations met another.");
    }

    /// <summary>Books, moves and cancels for pairs drawn at random, near the times that the job is about to give away.</summary>
    private static async Task Interfere(ACohort cohort, Random random, ConcurrentBag<(string, string, Guid)> said, CancellationToken over)
    {
        var own = new List<(PairFormed Pair, Guid Session)>();
        // People are not the load here: the job has to get somewhere beside them.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!over.IsCancellationRequested)
        {
            await pace.WaitForNextTickAsync(CancellationToken.None);
            var pair = cohort.Pairs[random.Next(cohort.Pairs.Count)];
            var known = own.Count > 0 ? own[random.Next(own.Count)] : default;
            switch (own.Count == 0 ? 0 : random.Next(4))
            {
                case 0 or 1:
                    var (bookedAs, session) = await Send(cohort, pair, "sessions", new { partnershipId = pair.PairId, startsAt = Soon(cohort, random) });
                    said.Add(("book", bookedAs, session));
                    if (bookedAs.Length == 0)
                        own.Add((pair, session));
                    break;
                case 2:
                    said.Add(("move", (await Send(cohort, known.Pair, $"sessions/{known.Session}/move", new { startsAt = Soon(cohort, random) })).Answer, known.Session));
                    break;
                default:
                    said.Add(("cancel", (await Send(cohort, known.Pair, $"sessions/{known.Session}/cancel", new { reason = "workload" })).Answer, known.Session));
                    break;
            }
        }
    }

    private static async Task<(string Answer, Guid Session)> Send(ACohort cohort, PairFormed pair, string path, object body)
    {
        using var client = cohort.Service.As(cohort.Unit, pair.MenteeId);
        using var answer = await client.PostAsJsonAsync(cohort.Unit.At(path), body);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? ("", json.GetProperty("id").GetGuid()) : (json.Text("code"), Guid.Empty);
    }

    private static async Task<string> Confirm(ACohort cohort, PairFormed pair, CancellationToken ct)
    {
        using var client = cohort.Service.As(cohort.Unit, pair.MenteeId);
        using var answer = await client.PostAsJsonAsync(cohort.Unit.At($"partnerships/{pair.PairId}/series/confirm"), new { }, ct);
        return answer.IsSuccessStatusCode ? "" : (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).Text("code");
    }

    /// <summary>A half hour of the next two weeks' working time.</summary>
    private static DateTimeOffset Soon(ACohort cohort, Random random) =>
        new DateTimeOffset(cohort.Service.Clock.GetUtcNow().Date, TimeSpan.Zero).AddDays(1 + random.Next(14)).AddMinutes(30 * random.Next(14, 34));

    /// <summary>Half of the people have said nothing; the others offer some blocks of some days, with days off and a notice of their own.</summary>
    private static OfferedHours? Hours(string zone, Random random)
    {
        if (random.Next(2) == 0)
            return null;
        var weekly = Enum.GetValues<DayOfWeek>().Where(_ => random.Next(4) > 0).SelectMany(day =>
        {
            var from = new TimeOnly(random.Next(7, 11), 30 * random.Next(2));
            var noon = from.AddMinutes(30 * random.Next(3, 8));
            return new[] { new WeeklyBlock(day, from, noon), new WeeklyBlock(day, noon.AddHours(1), noon.AddMinutes(90 + (30 * random.Next(8)))) };
        });
        return new OfferedHours
        {
            TimeZone = zone,
            Weekly = [.. weekly.Take(random.Next(1, 15))],
            Exceptions = [.. Enumerable.Range(0, random.Next(30)).Select(_ => new DayException(new DateOnly(2026, 1, 1).AddDays(random.Next(700)), null)).DistinctBy(day => day.Date)],
            MinimumNotice = Notices[random.Next(Notices.Length)],
        };
    }
}
