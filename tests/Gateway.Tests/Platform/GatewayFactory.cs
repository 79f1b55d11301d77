using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

[assembly: AssemblyFixture(typeof(GatewayFactory))]

namespace Mentoring.Gateway.Tests.Platform;

/// <summary>The gateway as it is, on a real port, real Redis and RabbitMQ, before five services and a provider that are small but listen too.</summary>
public class GatewayFactory : WebApplicationFactory<GatewayOptions>, IAsyncLifetime
{
    public static readonly string[] AllServices = ["participants", "matching", "scheduling", "feedback", "notifications"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly string _keys = Directory.CreateTempSubdirectory("passport-keys-").FullName;
    private readonly Dictionary<string, string> _settings = [];

    public TestProvider Provider { get; private set; } = null!;

    public Dictionary<string, Upstream> Upstreams { get; } = [];

    public Upstream Participants => Upstreams["participants"];

    public Uri Address => ClientOptions.BaseAddress;

    public async ValueTask InitializeAsync()
    {
        AddKey("first", TimeSpan.FromHours(1));
        Provider = await TestProvider.Start();
        foreach (var service in AllServices) Upstreams[service] = await Upstream.Start(service);
        if (HasBroker) await DeleteQueueOfEarlierRuns();
        UseKestrel(0);
        StartServer();
        foreach (var upstream in Upstreams.Values) upstream.Trust(Address);
        if (HasBroker) await Eventually.Holds(async () => Assert.Contains("\"masstransit-bus\",\"status\":\"healthy\"", await Health(), StringComparison.Ordinal));
    }

    /// <summary>A gateway besides the assembly's own.</summary>
    public static GatewayFactory Another() => new GatewayFactory().WithoutBroker();

    /// <summary>Two gateways would share one queue, and either might take the other's facts: one of them lives without, as it must be able to.</summary>
    public GatewayFactory WithoutBroker() => With("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");

    /// <summary>Sets a setting before the start.</summary>
    public GatewayFactory With(string setting, string value)
    {
        _settings[setting] = value;
        return this;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var upstream in Upstreams.Values) await upstream.DisposeAsync();
        await Provider.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A client without a token.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };

    /// <summary>A client that sends this token.</summary>
    public HttpClient Bearing(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A client that is signed in as this subject.</summary>
    public HttpClient SignedIn(string subject) => Bearing(Provider.Token(subject));

    /// <summary>Somebody new who is a member of the unit.</summary>
    public string Member(TestUnit unit, Guid? personId = null, params string[] roles)
    {
        var subject = $"member-{Guid.CreateVersion7():N}";
        Admit(subject, unit, personId ?? Guid.CreateVersion7(), roles);
        return subject;
    }

    /// <summary>Makes Participants answer that the subject is a member.</summary>
    public void Admit(string subject, TestUnit unit, Guid personId, string[] roles, params (Guid ProgrammeId, string Role)[] programmeRoles) => Participants.Members[subject] = new
    {
        Operator = false,
        Memberships = new[]
        {
            new
            {
                UnitId = unit.Id,
                Unit = unit.Slug,
                Name = "A unit",
                PersonId = personId,
                Roles = roles,
                ProgrammeRoles = programmeRoles.Select(held => new { held.ProgrammeId, held.Role }),
                Guest = false,
            },
        },
    };

    /// <summary>Makes Participants answer that whoever sends the token is this machine client; gives back what the gateway calls it.</summary>
    public string AdmitMachine(string token, TestUnit unit, Guid clientId)
    {
        var subject = Machine.SubjectOf(token, unit);
        Participants.Members[subject] = new
        {
            Operator = false,
            Memberships = Array.Empty<object>(),
            Client = new { Id = clientId, UnitId = unit.Id, Unit = unit.Slug, Roles = new[] { "provisioning" } },
        };
        return subject;
    }

    /// <summary>Publishes the fact, as Participants would.</summary>
    public Task TellThatMachineClientChanged(string subject) => Services.GetRequiredService<IBus>().Publish(
        new MachineClientChanged(Guid.CreateVersion7(), 2, [new Contracts.Participants.SignOn(Machine.Issuer, subject)], Ended: true));

    /// <summary>Publishes the fact, as Participants would.</summary>
    public Task TellThatMembershipChanged(string subject) => Services.GetRequiredService<IBus>().Publish(
        new MembershipChanged(Guid.CreateVersion7(), 2, Guid.CreateVersion7(), [new Contracts.Participants.SignOn(Provider.Issuer, subject)], [], [], Ended: true));

    /// <summary>Puts a signing key into the watched folder, written so long ago.</summary>
    public void AddKey(string id, TimeSpan ago)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = Path.Combine(_keys, id + ".draft");
        File.WriteAllText(draft, key.ExportPkcs8PrivateKeyPem());
        File.SetLastWriteTimeUtc(draft, (TimeProvider.System.GetUtcNow() - ago).UtcDateTime);
        File.Move(draft, Path.Combine(_keys, id + ".pem"));
    }

    public void AddBrokenKey(string id) => File.WriteAllText(Path.Combine(_keys, id + ".pem"), "-----BEGIN PRIVATE KEY-----");

    public void RemoveKey(string id) => File.Delete(Path.Combine(_keys, id + ".pem"));

    private bool HasBroker => !_settings.ContainsKey("ConnectionStrings:messaging");

    private async Task<string> Health()
    {
        using var client = Anonymous();
        return await client.GetStringAsync(new Uri("/health", UriKind.Relative));
    }

    // Declared otherwise by an earlier version, it could not be declared again; and what waits in it is not for us.
    private static async Task DeleteQueueOfEarlierRuns()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri($"{Servers.Running.Rabbitmq}/gateway") }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync("gateway-forget-when-membership-changed");
        await channel.QueueDeleteAsync("gateway-forget-when-machine-client-changed");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseSetting("ConnectionStrings:messaging", $"{Servers.Running.Rabbitmq}/gateway");
        builder.UseSetting("ConnectionStrings:redis", Servers.Running.Redis);
        builder.UseSetting("Identity:Issuer", Provider.Issuer);
        builder.UseSetting("Passport:KeyFolder", _keys);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        foreach (var (service, upstream) in Upstreams) builder.UseSetting($"services:{service}:http:0", upstream.Address);
        foreach (var (setting, value) in _settings) builder.UseSetting(setting, value);
    }

    public static async Task<T> Read<T>(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<T>(Json) ?? throw new InvalidOperationException("An empty body.");
}

/// <summary>What a test looks at in a refusal.</summary>
public sealed record Refused(string Type, string Title, int Status, string Detail, string Code, string? TraceId, Dictionary<string, string[]>? Errors)
{
    /// <summary>Asserts that it is a problem document with this status and code.</summary>
    public static async Task<Refused> With(int status, string code, HttpResponseMessage response)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await GatewayFactory.Read<Refused>(response);
        Assert.Equal(code, problem.Code);
        Assert.Equal($"/problems/{code}", problem.Type);
        Assert.Equal(status, problem.Status);
        Assert.NotEmpty(problem.Title);
        Assert.NotEmpty(problem.Detail);
        Assert.Matches("^[0-9a-f]{32}$", problem.TraceId);
        return problem;
    }
}
