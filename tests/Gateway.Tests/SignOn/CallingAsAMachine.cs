using System.Net.Http.Json;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.SignOn;

/// <summary>A program of the enterprise, with the secret token that an administrator gave it.</summary>
public sealed class CallingAsAMachine(GatewayFactory gateway)
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);

    [Fact]
    public async Task A_service_is_told_which_client_it_is_and_nothing_of_its_token()
    {
        var (unit, client) = (TestUnit.New(), Guid.CreateVersion7());
        var token = Machine.Token(unit);
        var subject = gateway.AdmitMachine(token, unit, client);
        using var machine = gateway.Bearing(token);

        using var response = await machine.GetAsync(unit.At("sessions/mine"));

        // A route that says nothing of machines is shut to them.
        await Refused.With(403, "role-missing", response);
        using var posted = await machine.PostAsync(unit.At("people/machines"), content: null);
        var told = await GatewayFactory.Read<Told>(posted);
        Assert.Equal("client", told.Claims["kind"]);
        Assert.Equal(client.ToString(), told.Claims["sub"]);
        Assert.Equal(unit.Id.ToString(), told.Claims["unit"]);
        Assert.Equal(unit.Slug, told.Claims["slug"]);
        Assert.Equal("provisioning", told.Claims["roles"]);
        Assert.Equal("participants", told.Claims["aud"]);
        Assert.False(told.Claims.ContainsKey("proles"));
        var everything = string.Join(' ', told.Headers.Values) + string.Join(' ', told.Claims.Values);
        Assert.DoesNotContain(token[4..], everything, StringComparison.Ordinal);
        Assert.DoesNotContain(subject, everything, StringComparison.Ordinal);
        Assert.Equal(1, gateway.Participants.Asked[subject]);
    }

    [Fact]
    public async Task In_another_unit_there_is_nothing_for_it()
    {
        var (unit, other) = (TestUnit.New(), TestUnit.New());
        var token = Machine.Token(unit);
        gateway.AdmitMachine(token, unit, Guid.CreateVersion7());
        using var machine = gateway.Bearing(token);
        using var response = await machine.PostAsync(other.At("people/machines"), content: null);
        await Refused.With(404, "not-found", response);
    }

    [Fact]
    public async Task Outside_units_it_may_do_nothing()
    {
        var unit = TestUnit.New();
        var token = Machine.Token(unit);
        gateway.AdmitMachine(token, unit, Guid.CreateVersion7());
        using var machine = gateway.Bearing(token);

        using var me = await machine.GetAsync(Me);
        await Refused.With(403, "role-missing", me);
        using var units = await machine.PostAsJsonAsync(new Uri("/api/v1/units", UriKind.Relative), new { });
        await Refused.With(403, "role-missing", units);
        using var operations = await machine.GetAsync(new Uri("/api/v1/operations/participants/outbox", UriKind.Relative));
        await Refused.With(403, "role-missing", operations);
    }

    [Fact]
    public async Task A_token_that_nobody_knows_is_no_token_wherever_it_is_sent()
    {
        var unit = TestUnit.New();
        using var machine = gateway.Bearing(Machine.Token(unit));
        foreach (var address in new[] { Me, unit.At("people/machines"), TestUnit.New().At("sessions/mine"), new("/api/v1/operations/participants/outbox", UriKind.Relative) })
        {
            using var response = await machine.GetAsync(address);
            await Refused.With(401, "unauthenticated", response);
            Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.Single().ToString());
        }
    }

    public static TheoryData<string> Malformed => new("", "x", "too short", "too long", "much too long", "of other letters", "padded", "of no unit", "with a signature");

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_cannot_be_one_is_not_even_looked_up(string wrong)
    {
        var right = Machine.Token(TestUnit.New());
        var token = wrong switch
        {
            "too short" => right[..^1],
            "too long" => right + "A",
            "much too long" => right + new string('A', 4_000),
            "of other letters" => right[..^1] + "+",
            "padded" => right[..^1] + "=",
            "of no unit" => Machine.Token(new TestUnit(Guid.Empty, "none")),
            "with a signature" => $"{right}.{right}.{right}",
            _ => $"mcl_{wrong}",
        };
        var asked = gateway.Participants.Asked.Values.Sum();
        using var machine = gateway.Bearing(token);

        using var response = await machine.GetAsync(Me);

        var problem = await Refused.With(401, "unauthenticated", response);
        Assert.Contains("machine client", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(asked, gateway.Participants.Asked.Values.Sum());
    }

    [Fact]
    public async Task Whoever_is_revoked_is_out_as_soon_as_the_fact_arrives()
    {
        var unit = TestUnit.New();
        var token = Machine.Token(unit);
        var subject = gateway.AdmitMachine(token, unit, Guid.CreateVersion7());
        using var machine = gateway.Bearing(token);
        using (var before = await machine.PostAsync(unit.At("people/machines"), content: null)) Assert.True(before.IsSuccessStatusCode);

        gateway.Participants.Members.TryRemove(subject, out _);
        using (var stillCached = await machine.PostAsync(unit.At("people/machines"), content: null)) Assert.True(stillCached.IsSuccessStatusCode);

        await gateway.TellThatMachineClientChanged(subject);
        await Eventually.Holds(async () =>
        {
            using var after = await machine.PostAsync(unit.At("people/machines"), content: null);
            await Refused.With(401, "unauthenticated", after);
        }, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task It_works_also_while_the_provider_of_people_is_away()
    {
        await using var alone = GatewayFactory.Another();
        await alone.InitializeAsync();
        await alone.Provider.Stop();
        var unit = TestUnit.New();
        var token = Machine.Token(unit);
        alone.AdmitMachine(token, unit, Guid.CreateVersion7());

        using var machine = alone.Bearing(token);
        using var answer = await machine.PostAsync(unit.At("people/machines"), content: null);
        Assert.True(answer.IsSuccessStatusCode);
        using var stranger = alone.Bearing(Machine.Token(unit));
        using var refused = await stranger.GetAsync(Me);
        await Refused.With(401, "unauthenticated", refused);
    }

    [Fact]
    public async Task A_person_cannot_sign_in_as_one()
    {
        var unit = TestUnit.New();
        var subject = gateway.AdmitMachine(Machine.Token(unit), unit, Guid.CreateVersion7());
        using var person = gateway.Bearing(gateway.Provider.Token(subject, issuer: Machine.Issuer));
        using var response = await person.PostAsync(unit.At("people/machines"), content: null);
        await Refused.With(401, "unauthenticated", response);
    }

    [Theory]
    [InlineData("urn:mentoring:machine-client", false)]
    [InlineData("elsewhere", false)]
    [InlineData("https://id.nordlicht.example", true)]
    public void A_provider_is_named_by_an_address(string further, bool accepted)
    {
        var verdict = new ValidateGatewayOptions().Validate(null, new GatewayOptions
        {
            Identity = new IdentityOptions { Issuer = "https://id.mentoring.example", FurtherIssuers = [further] },
            Passport = new PassportOptions { KeyFolder = "/keys" },
        });
        Assert.Equal((accepted, !accepted), (verdict.Succeeded, verdict.Failed && verdict.FailureMessage!.Contains(further, StringComparison.Ordinal)));
    }
}
