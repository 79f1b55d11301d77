using System.Text.Json.Nodes;

namespace Mentoring.Participants.Scim;

/// <summary>An attribute as RFC 7643, 7 describes it.</summary>
/// <param name="Name">As it is written here; compared without regard to case.</param>
/// <param name="Description">What becomes of it here.</param>
internal sealed record ScimAttribute(string Name, string Description)
{
    public string Type { get; init; } = "string";

    public bool IsMany { get; init; }

    public bool IsRequired { get; init; }

    public bool IsCaseExact { get; init; }

    public bool IsReadOnly { get; init; }

    public bool IsUnique { get; init; }

    public IReadOnlyList<ScimAttribute> Parts { get; init; } = [];

    public ScimAttribute? Part(string name) => Parts.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// What a user has here, and nothing else: an attribute without a place here is dropped, as the protocol allows, and the answer shows what was
/// kept. There is none for a protected characteristic, and one sent in spite of that is refused by name.
/// </summary>
internal static class ScimSchema
{
    public const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>Ours. In the form that providers ask of an extension's name.</summary>
    public const string Mentoring = "urn:ietf:params:scim:schemas:extension:mentoring:2.0:User";

    private static readonly ScimAttribute Value = new("value", "The value itself.");

    /// <summary>By schema; those of <see cref="User"/> stand at the top of a resource, the others under the schema's name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ScimAttribute>> Attributes { get; } = new Dictionary<string, IReadOnlyList<ScimAttribute>>(StringComparer.OrdinalIgnoreCase)
    {
        [User] =
        [
            new("id", "Stays the same, also for whoever leaves and comes back.") { IsReadOnly = true, IsCaseExact = true, IsUnique = true },
            new("externalId", "The provider's own id; kept for the provider.") { IsCaseExact = true },
            new("meta", "Where the user is found, and the version.") { Type = "complex", IsReadOnly = true },
            new("schemas", "Which schemas the user is described by.") { Type = "reference", IsMany = true, IsReadOnly = true },
            new("userName", "How the provider calls the user. Whoever came by a file is called by e-mail address, or else by employee number.") { IsRequired = true, IsUnique = true },
            new("name", "Given and family name; both are needed, or a display name of two words.")
            {
                Type = "complex",
                Parts =
                [
                    new("formatted", "Both together.") { IsReadOnly = true },
                    new("givenName", "The given name."),
                    new("familyName", "The family name."),
                ],
            },
            new("displayName", "Follows from the name. Where a new user has no name, the name follows from it."),
            new("title", "The title; the unit's own mapping makes a career stage of it."),
            new("preferredLanguage", "Languages as in Accept-Language, the preferred first."),
            new("timezone", "An IANA name, as Europe/Berlin."),
            new("active", "False: has left. The way in is shut at once, sessions are cancelled and pairs end. True again: comes back as somebody new.") { Type = "boolean" },
            new("emails", "The work address; there is one.")
            {
                Type = "complex",
                IsMany = true,
                Parts = [Value, new("type", "work."), new("primary", "True.") { Type = "boolean" }],
            },
            new("addresses", "The place of work.")
            {
                Type = "complex",
                IsMany = true,
                Parts = [new("type", "work."), new("locality", "The location, as the unit calls it."), new("primary", "True.") { Type = "boolean" }],
            },
        ],
        [Enterprise] =
        [
            new("employeeNumber", "The key in the human-resources system, as externalId in a file of people.") { IsCaseExact = true, IsUnique = true },
            new("department", "The unit path: parts joined by ' / ', as Sales / EMEA."),
            new("manager", "Who the user reports to.")
            {
                Type = "complex",
                Parts =
                [
                    new("value", "The manager's id.") { IsCaseExact = true },
                    new("$ref", "Where the manager is found.") { Type = "reference", IsReadOnly = true },
                    new("displayName", "The manager's name.") { IsReadOnly = true },
                ],
            },
        ],
        [Mentoring] =
        [
            new("stage", "early, established, senior or executive, where it is told and does not follow from title and grade."),
            new("grade", "The organisation's own grade, from 1, the lowest, to 99.") { Type = "integer" },
        ],
    };

    public static ScimAttribute? Find(string schema, string name) =>
        Attributes[schema].FirstOrDefault(attribute => string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The schema as clients read it.</summary>
    public static JsonObject Describe(string schema, string at)
    {
        return new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"),
            ["id"] = schema,
            ["name"] = NameOf(schema),
            ["description"] = schema == User ? "Somebody of the unit." : schema == Enterprise ? "Where somebody stands in the organisation." : "What this platform asks for beyond the standard.",
            ["attributes"] = new JsonArray([.. Attributes[schema].Where(attribute => attribute.Name is not ("id" or "externalId" or "meta" or "schemas")).Select(Describe)]),
            ["meta"] = new JsonObject { ["resourceType"] = "Schema", ["location"] = $"{at}/Schemas/{schema}" },
        };

        static JsonNode Describe(ScimAttribute attribute)
        {
            var described = new JsonObject
            {
                ["name"] = attribute.Name,
                ["type"] = attribute.Type,
                ["multiValued"] = attribute.IsMany,
                ["description"] = attribute.Description,
                ["required"] = attribute.IsRequired,
                ["caseExact"] = attribute.IsCaseExact,
                ["mutability"] = attribute.IsReadOnly ? "readOnly" : "readWrite",
                ["returned"] = "default",
                ["uniqueness"] = attribute.IsUnique ? "server" : "none",
            };
            if (attribute.Parts.Count > 0)
                described["subAttributes"] = new JsonArray([.. attribute.Parts.Select(Describe)]);
            return described;
        }
    }

    private static string NameOf(string schema) => schema == User ? "User" : schema == Enterprise ? "Enterprise User" : "Mentoring User";
}
