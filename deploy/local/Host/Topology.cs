using Mentoring.Host.Servers;

namespace Mentoring.Host;

/// <summary>
/// The parts of the platform, what each is told about the others, and its variables: the same map as <c>AppHost/Program.cs</c>, for a machine
/// without containers. A test holds the two, <c>deploy/compose</c> and <c>deploy/kubernetes</c> to the same names.
/// </summary>
internal static class Topology
{
    public const string Identity = "identity";
    public const string Mail = "mail";
    public const string Smtp = "smtp";
    public const string Gateway = "gateway";

    public static IReadOnlyList<string> Servers { get; } = [PostgreSql.Name, RabbitMq.Name, Redis.Name];

    /// <summary>Stand in for what an enterprise has already: its sign-on and its mail server.</summary>
    public static IReadOnlyList<Part> Nodes { get; } =
    [
        new(Identity)
        {
            Variables = new()
            {
                ["PORT"] = state => $"{state.Port(Identity)}",
                ["ISSUER"] = Issuer,
                ["AUDIENCE"] = _ => "mentoring-api",
                ["PORTAL_ORIGIN"] = state => AddressOf(state, Gateway),
                ["DEMO_SECRET"] = state => state.Secret("demo"),
                ["STATE_FOLDER"] = state => state.MakeFolder(Identity),
                ["PEOPLE_FILE"] = state => state.In("people.json"),
            },
        },
        new(Mail)
        {
            Variables = new()
            {
                ["PORT"] = state => $"{state.Port(Mail)}",
                ["SMTP_PORT"] = state => $"{state.Port(Smtp)}",
                ["STATE_FOLDER"] = state => state.MakeFolder(Mail),
            },
        },
    ];

    /// <summary>Each with a database of its own, migrated before it starts by the same program under <c>RUN=migrate</c>.</summary>
    public static IReadOnlyList<Part> Services { get; } =
    [
        new("participants")
        {
            Project = "Participants",
            Database = "participants",
            References = [RabbitMq.Name, Gateway],
            Variables = new()
            {
                ["Participants__Operators__0"] = _ => "operator@mentoring.example",
                ["Participants__OperatorIssuers__0"] = Issuer,
            },
        },
        new("matching") { Project = "Matching", Database = "matching", References = [RabbitMq.Name, Gateway] },
        new("scheduling")
        {
            Project = "Scheduling",
            Database = "scheduling",
            References = [RabbitMq.Name, Gateway],
            Variables = new() { ["Scheduling__MasterKeyFolder"] = state => state.MakeFolder("master-keys") },
        },
        new("feedback") { Project = "Feedback", Database = "feedback", References = [RabbitMq.Name, Gateway] },
        new("notifications")
        {
            Project = "Notifications",
            Database = "notifications",
            References = [RabbitMq.Name, Redis.Name, Gateway],
            Variables = new()
            {
                ["Smtp__Host"] = _ => "127.0.0.1",
                ["Smtp__Port"] = state => $"{state.Port(Smtp)}",
                ["PortalAddress"] = state => AddressOf(state, Gateway) + "/",
            },
        },
        new(Gateway)
        {
            Project = "Gateway",
            References = [RabbitMq.Name, Redis.Name, "participants", "matching", "scheduling", "feedback", "notifications"],
            Variables = new()
            {
                ["Identity__Issuer"] = Issuer,
                ["Identity__Audience"] = _ => "mentoring-api",
                ["Passport__KeyFolder"] = state => state.MakeFolder("passport-keys"),
                ["Portal__ClientId"] = _ => "portal",
            },
        },
    ];

    /// <summary>
    /// What a service may do on the broker: declare and read its own queues and any fact's exchange, publish only the facts it owns and the audit.
    /// </summary>
    public static IReadOnlyList<BrokerUser> BrokerUsers { get; } = [.. Services.Select(service =>
    {
        var own = $"{service.Name}-.*";
        const string faults = "MassTransit:.*";
        return new BrokerUser(
            service.Name,
            Configure: $@"^({own}|Mentoring\.Contracts\..*|{faults})$",
            Write: $@"^({own}|Mentoring\.Contracts\.({service.Project}|Audit)(\..*)?:.*|{faults})$",
            Read: $@"^({own}|Mentoring\.Contracts\..*)$");
    })];

    public static string AddressOf(LocalState state, string part) => $"http://localhost:{state.Port(part)}";

    private static string Issuer(LocalState state) => AddressOf(state, Identity);
}

/// <summary>One part, under the name it has everywhere.</summary>
internal sealed record Part(string Name)
{
    /// <summary>The project below src.</summary>
    public string Project { get; init; } = "";

    /// <summary>Its database, or null. The role it connects with has its own name.</summary>
    public string? Database { get; init; }

    /// <summary>Servers and services whose addresses it is given.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>What it is told besides, by name.</summary>
    public Dictionary<string, Func<LocalState, string>> Variables { get; init; } = [];
}
