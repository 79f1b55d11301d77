using System.Net;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Limits;

public sealed class MachinesAskingTooOften(MachinesAskingTooOften.LimitedGateway gateway) : IClassFixture<MachinesAskingTooOften.LimitedGateway>
{
    private const int PerPerson = 5;
    private const int PerClient = 20;
    private const int LookUps = 30;

    public sealed class LimitedGateway : GatewayFactory
    {
        public LimitedGateway() => WithoutBroker()
            .With("Limits:PersonPerMinute", $"{PerPerson}").With("Limits:ClientPerMinute", $"{PerClient}").With("Limits:ClientLookUpsPerMinute", $"{LookUps}");
    }

    [Fact]
    public async Task Each_has_a_limit_of_its_own_and_made_up_tokens_one_together()
    {
        var unit = TestUnit.New();
        var token = Machine.Token(unit);
        gateway.AdmitMachine(token, unit, Guid.CreateVersion7());
        using var machine = gateway.Bearing(token);
        var answers = await Task.WhenAll(Enumerable.Range(0, PerClient * 2).Select(_ => Call(machine, unit)));
        // One more comes back every three seconds.
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), PerClient, PerClient + 3);
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.StartsWith("This machine client has", (await Refused.With(429, "too-many-requests", refused)).Detail, StringComparison.Ordinal);
        Assert.Contains($"{PerClient};w=60;comment=\"client\"", refused.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);

        var other = Machine.Token(unit);
        gateway.AdmitMachine(other, unit, Guid.CreateVersion7());
        using var another = gateway.Bearing(other);
        Assert.Equal(HttpStatusCode.OK, (await Call(another, unit)).StatusCode);

        // Whoever makes up tokens, each another one, comes no further than this; who is known by then and who signs in are not held up.
        var before = gateway.Participants.Asked.Count;
        var tried = await Task.WhenAll(Enumerable.Range(0, LookUps * 2).Select(async _ =>
        {
            using var stranger = gateway.Bearing(Machine.Token(TestUnit.New()));
            return await Call(stranger, unit);
        }));
        Assert.InRange(gateway.Participants.Asked.Count - before, 1, LookUps + 3);
        Assert.All(tried, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests }));
        var stopped = tried.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        await Refused.With(429, "too-many-requests", stopped);
        Assert.InRange((int)stopped.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60 / LookUps + 1);
        Assert.Equal(HttpStatusCode.OK, (await Call(another, unit)).StatusCode);
        using var member = gateway.SignedIn(gateway.Member(unit));
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(unit.At("sessions/mine"))).StatusCode);
    }

    private static Task<HttpResponseMessage> Call(HttpClient client, TestUnit unit) => client.PostAsync(unit.At("people/machines"), content: null);
}
