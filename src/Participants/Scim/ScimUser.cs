using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Imports;
using Mentoring.Participants.People;

namespace Mentoring.Participants.Scim;

/// <summary>What a client says of a user.</summary>
/// <param name="UserName">How the client calls the user.</param>
/// <param name="ExternalId">The client's own id of the user.</param>
/// <param name="Active">Is here.</param>
/// <param name="Details">All else; the manager by what the client knows of them, which is yet to be looked up.</param>
/// <param name="Manager">The manager's SCIM id.</param>
internal sealed record ToldUser(string UserName, string? ExternalId, bool Active, PersonDetails Details, Guid? Manager);

/// <summary>Somebody as SCIM shows them (RFC 7643, 4.1 and 4.3), and back.</summary>
internal static class ScimUser
{
    /// <summary>How somebody is called whom no provider has named yet.</summary>
    public static string UserNameOf(Person person) => person.Email ?? person.ExternalId ?? person.Id.ToString();

    /// <param name="person">Here or gone.</param>
    /// <param name="account">Null: no provider has changed anything yet.</param>
    /// <param name="manager">SCIM id and name of the person's manager.</param>
    /// <param name="at">Where SCIM is served.</param>
    public static JsonObject Show(Person person, ProvisionedAccount? account, (Guid Id, string Name)? manager, string at)
    {
        var id = account?.Id ?? person.Id;
        var user = new JsonObject
        {
            ["schemas"] = new JsonArray(ScimSchema.User, ScimSchema.Enterprise, ScimSchema.Mentoring),
            ["id"] = id.ToString(),
            ["userName"] = account?.UserName ?? UserNameOf(person),
            ["name"] = new JsonObject { ["formatted"] = person.Name, ["givenName"] = person.GivenName, ["familyName"] = person.FamilyName },
            ["displayName"] = person.Name,
            ["preferredLanguage"] = string.Join(", ", person.Languages),
            ["timezone"] = person.TimeZone,
            ["active"] = !person.Gone,
        };
        Put(user, "externalId", account?.ExternalId);
        Put(user, "title", person.Title);
        if (person.Email is { } email)
            user["emails"] = new JsonArray(new JsonObject { ["value"] = email, ["type"] = "work", ["primary"] = true });
        if (person.Location is { } location)
            user["addresses"] = new JsonArray(new JsonObject { ["type"] = "work", ["locality"] = location, ["primary"] = true });

        var enterprise = new JsonObject();
        Put(enterprise, "employeeNumber", person.ExternalId);
        Put(enterprise, "department", person.UnitPath.Length == 0 ? null : person.UnitPath);
        if (manager is { } superior)
            enterprise["manager"] = new JsonObject { ["value"] = superior.Id.ToString(), ["$ref"] = $"{at}/Users/{superior.Id}", ["displayName"] = superior.Name };
        user[ScimSchema.Enterprise] = enterprise;

        var mentoring = new JsonObject();
        Put(mentoring, "stage", person.StageTold ? Kebab.Of(person.Stage) : null);
        if (person.Grade is { } grade)
            mentoring["grade"] = grade;
        user[ScimSchema.Mentoring] = mentoring;

        user["meta"] = new JsonObject { ["resourceType"] = "User", ["location"] = $"{at}/Users/{id}", ["version"] = EtagOf(person, account) };
        return user;
    }

    public static string EtagOf(Person person, ProvisionedAccount? account) =>
        string.Create(CultureInfo.InvariantCulture, $"W/\"{person.Version}.{account?.Version ?? 0}\"");

    /// <param name="user">As the client wants it to be.</param>
    /// <param name="zone">The unit's, where the user's is not told.</param>
    /// <exception cref="ScimException">A value cannot be taken.</exception>
    public static ToldUser Read(JsonObject user, string zone)
    {
        var (name, enterprise, mentoring) = (user["name"] as JsonObject, user[ScimSchema.Enterprise] as JsonObject, user[ScimSchema.Mentoring] as JsonObject);
        var (given, family) = (Text(name, "givenName"), Text(name, "familyName"));
        if (given is null && family is null && Text(user, "displayName") is { } display && display.LastIndexOf(' ') is > 0 and var gap)
            (given, family) = (display[..gap].Trim(), display[(gap + 1)..]);
        var manager = Text(enterprise?["manager"] as JsonObject, "value");
        var told = new ToldUser(
            Text(user, "userName") ?? throw Missing("userName"),
            Text(user, "externalId"),
            Truth(user, "active") ?? true,
            new PersonDetails(
                Text(enterprise, "employeeNumber"),
                given ?? throw Missing("name.givenName"),
                family ?? throw Missing("name.familyName"),
                Text(Chosen(user["emails"]), "value")?.ToLowerInvariant(),
                Text(user, "title"),
                Text(enterprise, "department") ?? "",
                Stage(Text(mentoring, "stage")),
                Number(mentoring, "grade"),
                Text(Chosen(user["addresses"]), "locality"),
                Text(user, "timezone") ?? zone,
                Languages(Text(user, "preferredLanguage")),
                null),
            manager is null ? null : Guid.TryParse(manager, out var id) ? id : throw Wrong("manager", "must be the id of somebody here"));
        if (told.Details.Faults() is { Count: > 0 } faults)
            throw new ScimException(ScimRefusal.InvalidValue($"{NameOf(faults.First().Key)}: {faults.First().Value[0]}"));
        return told;
    }

    /// <summary>Of several the primary one, else the one of work, else the first.</summary>
    private static JsonObject? Chosen(JsonNode? values)
    {
        var many = (values as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        return many.Find(one => Truth(one, "primary") is true) ?? many.Find(one => string.Equals(Text(one, "type"), "work", StringComparison.OrdinalIgnoreCase)) ?? many.FirstOrDefault();
    }

    /// <summary>By falling weight, as in Accept-Language; those of one weight in their order.</summary>
    private static List<string> Languages(string? text)
    {
        if (text is null)
            return ["en"];
        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => StringWithQualityHeaderValue.TryParse(part, out var weighed) ? weighed : throw Wrong("preferredLanguage", "must be written as in Accept-Language"))
            .OrderByDescending(weighed => weighed.Quality ?? 1).Select(weighed => weighed.Value).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static CareerStage? Stage(string? text) =>
        text is null ? null : Kebab.TryParse<CareerStage>(text, out var stage) ? stage : throw Wrong("stage", "must be early, established, senior or executive");

    private static void Put(JsonObject owner, string name, string? text)
    {
        if (text is not null)
            owner[name] = text;
    }

    /// <summary>Null where it is absent or empty.</summary>
    private static string? Text(JsonObject? owner, string name) => owner?[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>().Trim() is { Length: > 0 and <= Staging.LongestCell } text
            ? text.Contains('\0', StringComparison.Ordinal) ? throw Wrong(name, "must not hold a NUL character") : text
            : value.GetValue<string>().Trim().Length == 0 ? null : throw Wrong(name, $"must have {Staging.LongestCell} characters at most"),
        _ => throw Wrong(name, "must be a text"),
    };

    /// <summary>Some providers write it in quotes.</summary>
    private static bool? Truth(JsonObject owner, string name) => owner[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        JsonValue value when value.GetValueKind() is JsonValueKind.String && bool.TryParse(value.GetValue<string>(), out var truth) => truth,
        _ => throw Wrong(name, "must be true or false"),
    };

    private static int? Number(JsonObject? owner, string name) => owner?[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.Number && value.TryGetValue<int>(out var number) => number,
        JsonValue value when value.GetValueKind() is JsonValueKind.String && int.TryParse(value.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(name, "must be a whole number"),
    };

    private static string NameOf(string member) => member switch
    {
        "email" => "emails",
        "externalId" => "employeeNumber",
        "unitPath" => "department",
        "location" => "addresses",
        "timeZone" => "timezone",
        "languages" => "preferredLanguage",
        _ => member,
    };

    private static ScimException Missing(string name) => new(ScimRefusal.InvalidValue($"'{name}' is needed."));

    private static ScimException Wrong(string name, string what) => new(ScimRefusal.InvalidValue($"'{name}' {what}."));
}
