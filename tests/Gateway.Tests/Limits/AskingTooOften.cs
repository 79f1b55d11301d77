using System.Globalization;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Limits;

public sealed class AskingTooOften(AskingTooOften.LimitedGateway gateway) : IClassFixture<AskingTooOften.LimitedGateway>
{
    private const int PerPerson = 20;
    private const int PerUnit = 30;

    public sealed class LimitedGateway : GatewayFactory
    {
        public LimitedGateway() => WithoutBroker().With("Limits:PersonPerMinute", $"{PerPerson}").With("Limits:UnitPerMinute", $"{PerUnit}");
    }

    [Fact]
    public async Task Each_answer_says_how_much_is_left_and_the_last_one_when_to_come_again()
    {
        var unit = TestUnit.New();
        using var client = gateway.SignedIn(gateway.Member(unit));
        for (var i = 1; i <= PerPerson; i++)
        {
            using var response = await client.GetAsync(unit.At("sessions/mine"));
            Assert.True(response.IsSuccessStatusCode);
            Assert.Equal(PerPerson, Header(response, "RateLimit-Limit"));
            // Time goes on between requests, so one may have come back.
            Assert.InRange(Header(response, "RateLimit-Remaining"), PerPerson - i, PerPerson - i + 1);
            Assert.InRange(Header(response, "RateLimit-Reset"), 1, 60);
        }

        var refused = await UntilRefused(client, unit);
        using (refused)
        {
            await Refused.With(429, "too-many-requests", refused);
            Assert.InRange((int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60 / PerPerson + 1);
            Assert.Equal(0, Header(refused, "RateLimit-Remaining"));
        }

        // Somebody else of the unit is not held up.
        using var other = gateway.SignedIn(gateway.Member(unit));
        using var welcome = await other.GetAsync(unit.At("sessions/mine"));
        Assert.True(welcome.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Many_at_once_do_not_slip_through()
    {
        var unit = TestUnit.New();
        using var client = gateway.SignedIn(gateway.Member(unit));
        var answers = await Task.WhenAll(Enumerable.Range(0, PerPerson * 3).Select(async _ =>
        {
            using var response = await client.GetAsync(unit.At("sessions/mine"));
            return (int)response.StatusCode;
        }));
        // One more comes back every three seconds.
        Assert.InRange(answers.Count(status => status == 200), PerPerson, PerPerson + 3);
        Assert.All(answers, status => Assert.Contains(status, new[] { 200, 429 }));
    }

    [Fact]
    public async Task A_unit_has_a_limit_of_its_own_and_strangers_cost_it_nothing()
    {
        var unit = TestUnit.New();
        using var stranger = gateway.SignedIn(gateway.Member(TestUnit.New()));
        for (var i = 0; i < PerPerson - 1; i++)
        {
            using var refused = await stranger.GetAsync(unit.At("sessions/mine"));
            await Refused.With(404, "not-found", refused);
        }

        // The first request of each finds no cached membership and is not counted to the unit.
        var admitted = 0;
        var statuses = new List<int>();
        for (var person = 0; person < 3; person++)
        {
            using var client = gateway.SignedIn(gateway.Member(unit));
            for (var i = 0; i < PerPerson - 1; i++)
            {
                using var response = await client.GetAsync(unit.At("sessions/mine"));
                statuses.Add((int)response.StatusCode);
                if (response.IsSuccessStatusCode) admitted++;
            }
        }

        Assert.Contains(429, statuses);
        Assert.InRange(admitted, PerUnit, PerUnit + 3 + 5);
    }

    private static async Task<HttpResponseMessage> UntilRefused(HttpClient client, TestUnit unit)
    {
        for (var i = 0; i < PerPerson; i++)
        {
            var response = await client.GetAsync(unit.At("sessions/mine"));
            if (!response.IsSuccessStatusCode) return response;
            response.Dispose();
        }

        throw new InvalidOperationException("Nothing was refused.");
    }

    private static int Header(HttpResponseMessage response, string name) => int.Parse(response.Headers.GetValues(name).Single(), CultureInfo.InvariantCulture);
}
