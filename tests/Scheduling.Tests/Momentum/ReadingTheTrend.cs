using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Momentum;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Tests.Momentum;

public sealed class ReadingTheTrend(SchedulingService service)
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("6 7 8 9", "30: 6 7 8 9")]
    [InlineData("6 0 8 0", "14: 6 0 8 0")]
    // One too few: with the whole known it would follow from the others, so the smallest of them is hidden too.
    [InlineData("6 2 8 9", "25: - - 8 9")]
    [InlineData("6 3 3 9", "21: 6 - - 9")]
    [InlineData("0 1 0 20", "21: 0 - 0 -")]
    [InlineData("1 1 1 1", "-: - - - -")]
    [InlineData("0 0 0 0", "0: - - - -")]
    public void A_number_stands_for_five_pairs_or_none_and_leaves_no_smaller_one(string pairs, string shown)
    {
        var counts = pairs.Split(' ').Select(int.Parse).ToArray();
        var point = TrendPoint.Of(s_at, Counts(counts)).For(5);

        Assert.Equal(shown, $"{Text(point.Pairs)}: {Text(point.Thriving)} {Text(point.Steady)} {Text(point.Slipping)} {Text(point.Stalled)}");

        static string Text(int? count) => count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-";
    }

    [Fact]
    public void Whatever_is_taken_from_the_whole_nobody_or_k_pairs_are_left()
    {
        var counts = Gen.Choose(0, 12).Four().SelectMany(_ => Gen.Choose(2, 7), (four, k) => (Pairs: new[] { four.Item1, four.Item2, four.Item3, four.Item4 }, K: k));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(counts.ToArbitrary(), drawn =>
        {
            var shown = TrendPoint.Of(s_at, Counts(drawn.Pairs)).For(drawn.K);
            int?[] told = [shown.Thriving, shown.Steady, shown.Slipping, shown.Stalled];
            Assert.All(told.Append(shown.Pairs), count => Assert.False(count > 0 && count < drawn.K));
            // What can be found out: any of the numbers shown, taken from the whole.
            if (shown.Pairs is { } whole)
            {
                var rest = whole - told.Sum()!.Value;
                Assert.False(rest > 0 && rest < drawn.K, $"{rest} of {string.Join(' ', drawn.Pairs)} are left for k = {drawn.K}");
            }
            // A number that is shown is the number there is.
            Assert.All(told.Zip(drawn.Pairs), both => Assert.True(both.First is null || both.First == both.Second));
        }));
    }

    [Fact]
    public async Task The_manager_reads_each_Monday_as_it_was()
    {
        var pair = await APair.Meeting(service);
        var monday = service.Clock.GetUtcNow();
        await CancelTwo(pair);
        await Eventually.Holds(async () => Assert.NotEqual("steady", (await pair.Manager.Json(pair.Unit.At($"momentum?programme={pair.Slug}"))).GetProperty("items")[0].Text("momentum")));
        var level = (await pair.Manager.Json(pair.Unit.At($"momentum?programme={pair.Slug}"))).GetProperty("items")[0].Text("momentum");
        service.Clock.Set(monday.AddDays(21));

        var trend = await Trend(pair, pair.Manager);

        var points = trend.GetProperty("points").EnumerateArray().ToArray();
        Assert.Equal(12, points.Length);
        // At the start of the Monday on which it began there was none.
        Assert.Equal([0, 1, 1, 1], points[^4..].Select(point => point.GetProperty("pairs").GetInt32()));
        Assert.Equal(1, points[^3].GetProperty(level).GetInt32());
        Assert.Equal((1, 2), (trend.GetProperty("figures").GetProperty("pairs").GetInt32(), trend.GetProperty("figures").GetProperty("cancelledByMentee").GetInt32()));
    }

    [Fact]
    public async Task The_sponsor_reads_nothing_of_fewer_than_k_pairs_and_others_nothing_at_all()
    {
        var pair = await APair.Meeting(service);
        service.Clock.Advance(TimeSpan.FromDays(7));

        var trend = await Trend(pair, service.As(pair.Unit, pair.SponsorId, [], (pair.ProgrammeId, Roles.Sponsor)));

        Assert.Equal(JsonValueKind.Null, trend.GetProperty("figures").ValueKind);
        var last = trend.GetProperty("points")[11];
        Assert.All(new[] { "pairs", "thriving", "steady", "slipping", "stalled" }, name => Assert.Equal(JsonValueKind.Null, last.GetProperty(name).ValueKind));
        var at = pair.Unit.At($"momentum/trend?programme={pair.Slug}");
        foreach (var other in new[] { pair.Mentor, await pair.Assistant(), service.As(pair.Unit, Guid.CreateVersion7(), [], (Guid.CreateVersion7(), Roles.Sponsor)) })
            await other.IsRefused(HttpMethod.Get, at, null, 403, "role-missing");
        await service.As(TestUnit.New(), pair.SponsorId, [], (pair.ProgrammeId, Roles.Sponsor)).IsRefused(HttpMethod.Get, at, null, 404, "not-found");
    }

    [Fact]
    public async Task From_k_pairs_on_the_sponsor_reads_how_they_do()
    {
        var first = await APair.Meeting(service);
        var pairs = new List<APair> { first };
        while (pairs.Count < 5)
            pairs.Add(await first.AnotherPair());
        await CancelTwo(first);
        service.Clock.Advance(TimeSpan.FromDays(21));

        var trend = await Trend(first, service.As(first.Unit, first.SponsorId, [], (first.ProgrammeId, Roles.Sponsor)));

        Assert.Equal(5, trend.GetProperty("points")[11].GetProperty("pairs").GetInt32());
        Assert.Equal((5, 2), (trend.GetProperty("figures").GetProperty("pairs").GetInt32(), trend.GetProperty("figures").GetProperty("cancelledByMentee").GetInt32()));
        Assert.Equal(JsonValueKind.Null, trend.GetProperty("figures").GetProperty("daysToFirstSession").ValueKind);
    }

    private static async Task CancelTwo(APair pair)
    {
        foreach (var session in (await pair.Booked()).Take(2))
            await pair.Cancels(pair.Mentee, session);
    }

    private static Task<JsonElement> Trend(APair pair, HttpClient who) => who.Json(pair.Unit.At($"momentum/trend?programme={pair.Slug}"));

    private static Dictionary<Level, int> Counts(int[] counts) => new()
    {
        [Level.Thriving] = counts[0], [Level.Steady] = counts[1], [Level.Slipping] = counts[2], [Level.Stalled] = counts[3],
    };
}
