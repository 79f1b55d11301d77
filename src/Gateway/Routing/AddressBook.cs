namespace Mentoring.Gateway.Routing;

/// <summary>
/// Which service answers which address: the segment after <c>/api/v1/units/{unit}</c> belongs to exactly one service. The proxy, the merged
/// OpenAPI document and the tests all read this table.
/// </summary>
internal static class AddressBook
{
    public const string Participants = "participants";
    public const string Matching = "matching";
    public const string Scheduling = "scheduling";
    public const string Feedback = "feedback";
    public const string Notifications = "notifications";

    public const string UnitPrefix = "/api/v1/units/{unit}";

    /// <summary>Enough for a file of 300,000 people, which services read as a stream.</summary>
    public const long MaxImport = 256 * 1024 * 1024;

    private static readonly (string Service, string[] Segments)[] Units =
    [
        (Participants, [
            "people", "members", "guests", "machine-clients", "topics", "knowledge", "gap-map", "programme-templates", "programmes",
            "enrolments", "preparation", "circle", "audit", "scim"]),
        (Matching, ["matching-runs", "proposals", "pairs"]),
        (Scheduling, ["partnerships", "availability", "calendars", "sessions", "momentum"]),
        (Feedback, ["reflections", "surveys", "insights", "board", "reviews", "figures", "projects"]),
        (Notifications, ["inbox", "events", "preferences", "message-templates", "webhooks", "deliveries"]),
    ];

    /// <summary>The five services.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. Units.Select(entry => entry.Service)];

    /// <summary>Every address that leads to a service, with who may pass.</summary>
    public static IReadOnlyList<Address> All { get; } =
    [
        // Outside any unit.
        new("/api/v1/me", Participants, Admits.SignedIn),
        new("/api/v1/units", Participants, Admits.SignedIn),
        .. Services.Select(service => new Address($"/api/v1/operations/{service}/{{**rest}}", service, Admits.Operators)),

        // Secret links.
        new("/l/{unit}/sessions/{token}", Scheduling, Admits.Links) { IsAnonymous = true },

        // In a unit.
        .. Units.SelectMany(entry => entry.Segments.Select(segment =>
            new Address($"{UnitPrefix}/{segment}/{{**rest}}", entry.Service, Admits.Members))),
        new($"{UnitPrefix}/people/imports", Participants, Admits.Members) { MaxBody = MaxImport },
        new($"{UnitPrefix}/knowledge/imports", Participants, Admits.Members) { MaxBody = MaxImport },
        new($"{UnitPrefix}/people/imports/uploads/{{id}}/parts", Participants, Admits.Members) { MaxBody = MaxImport },
        new($"{UnitPrefix}/knowledge/imports/uploads/{{id}}/parts", Participants, Admits.Members) { MaxBody = MaxImport },
        new($"{UnitPrefix}/events", Notifications, Admits.Members) { IsStream = true },
        new($"{UnitPrefix}/surveys/{{id}}/answers", Feedback, Admits.Members) { IsAnonymous = true },
        new($"{UnitPrefix}/insights", Feedback, Admits.Members) { IsAnonymous = true },
        new($"{UnitPrefix}/insights/follow", Feedback, Admits.Members) { IsAnonymous = true },
        new($"{UnitPrefix}/concerns/{{**rest}}", Feedback, Admits.Members) { IsAnonymous = true },
        new($"{UnitPrefix}/proposals/{{id}}/accept", Matching, Admits.Members) { IsAnonymous = true },
        new($"{UnitPrefix}/proposals/{{id}}/decline", Matching, Admits.Members) { IsAnonymous = true },
    ];

    /// <summary>Whether a path of a service's own document can be reached from outside.</summary>
    public static bool IsPublic(string service, string path) => All.Any(address => address.Service == service && address.Covers(path));
}

/// <summary>Who may pass to an address.</summary>
internal enum Admits
{
    /// <summary>Whoever has a token of an accepted provider.</summary>
    SignedIn,

    /// <summary>Members and guests of the unit in the path; for anybody else there is nothing here.</summary>
    Members,

    /// <summary>Whoever runs the platform.</summary>
    Operators,

    /// <summary>Whoever has the link; the service finds out whether it is one.</summary>
    Links,
}

/// <param name="Path">A route template; <c>{**rest}</c> stands for everything below, and for nothing.</param>
/// <param name="Service">The service that answers.</param>
/// <param name="Admits">Who may pass.</param>
internal sealed record Address(string Path, string Service, Admits Admits)
{
    private const string Rest = "/{**rest}";

    /// <summary>Where more than the usual body is accepted, in bytes.</summary>
    public long? MaxBody { get; init; }

    /// <summary>An open stream of events: the caller's membership is asked for again while it lasts.</summary>
    public bool IsStream { get; init; }

    /// <summary>What is said here must not lead to who said it: no span is exported and no metric counts it.</summary>
    public bool IsAnonymous { get; init; }

    public bool Covers(string path)
    {
        if (!Path.EndsWith(Rest, StringComparison.Ordinal)) return path == Path;
        var start = Path[..^Rest.Length];
        return path.StartsWith(start, StringComparison.Ordinal) && (path.Length == start.Length || path[start.Length] == '/');
    }
}
