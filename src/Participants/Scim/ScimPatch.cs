using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Participants.Imports;

namespace Mentoring.Participants.Scim;

/// <summary>
/// Changes a user as it is written in JSON (RFC 7644, 3.5.1 and 3.5.2), before anything is read out of it: the whole request is carried out, or
/// nothing of it. What has no place here (<see cref="ScimSchema"/>) is dropped. Also as some providers write it, and no other way can be meant:
/// an operation with a capital, dotted names and schemas as names in a value without a path, a manager as a bare id.
/// </summary>
internal static class ScimPatch
{
    private const string Message = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private const int MostOperations = 100;

    /// <exception cref="ScimException">It is not well formed, or aims at what cannot be changed or is not there.</exception>
    public static void Apply(JsonObject user, JsonObject request)
    {
        RefuseProtected(request);
        if (Member(request, "schemas") is not JsonArray schemas || !schemas.Any(schema => IsText(schema, Message)))
            throw new ScimException(ScimRefusal.InvalidSyntax($"A PATCH names the schema {Message}."));
        if (Member(request, "Operations") is not JsonArray { Count: > 0 and <= MostOperations } operations)
            throw new ScimException(ScimRefusal.InvalidSyntax($"A PATCH has 1 to {MostOperations} operations."));
        foreach (var operation in operations)
        {
            if (operation is not JsonObject one)
                throw new ScimException(ScimRefusal.InvalidSyntax("An operation must be an object."));
            var name = TextOf(Member(one, "op"))?.ToLowerInvariant();
            if (name is not ("add" or "replace" or "remove"))
                throw new ScimException(ScimRefusal.InvalidSyntax("An operation is add, replace or remove."));
            Carry(user, name, Member(one, "path"), Member(one, "value"));
        }
    }

    /// <summary>
    /// A whole user, as POST and PUT send it, over what is there: what it does not name stays as it is, as with a column that a file lacks, and
    /// null or an empty list takes away.
    /// </summary>
    public static void Replace(JsonObject user, JsonObject request)
    {
        RefuseProtected(request);
        Spread(user, "replace", request, strict: true);
    }

    private static void Carry(JsonObject user, string name, JsonNode? path, JsonNode? value)
    {
        if (path is null)
        {
            if (name == "remove")
                throw new ScimException(new ScimRefusal(400, "noTarget", "A remove says by its path what it removes."));
            if (value is not JsonObject members)
                throw new ScimException(ScimRefusal.InvalidValue("Without a path the value must be an object of attributes."));
            Spread(user, name, members, strict: false);
            return;
        }
        if (TextOf(path) is not { } text)
            throw new ScimException(ScimRefusal.InvalidPath("A path is a text."));
        if (ScimPath.Parse(text) is not { } target)
            return;
        if ((target.Part ?? target.Attribute) is { IsReadOnly: true } fixedOne)
            throw new ScimException(new ScimRefusal(400, "mutability", $"'{fixedOne.Name}' cannot be changed."));
        Change(user, value is null ? "remove" : name, target, value);
    }

    /// <summary>Each member is a path of its own. What cannot be changed is passed over, as a client may send back what it was given.</summary>
    private static void Spread(JsonObject user, string name, JsonObject members, bool strict)
    {
        foreach (var (key, value) in members)
        {
            // The names of members of a whole user are no paths.
            if (strict && key.AsSpan().IndexOfAny('.', '[') >= 0 && !key.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
                continue;
            if (ScimPath.Parse(key) is not { } target || (target.Part ?? target.Attribute) is { IsReadOnly: true })
                continue;
            Change(user, value is null ? "remove" : name, target, value);
        }
    }

    private static void Change(JsonObject user, string name, ScimPath target, JsonNode? value)
    {
        if (target.Attribute is not { } attribute)
        {
            ChangeExtension(user, name, target.Schema, value);
            return;
        }
        var owner = OwnerOf(user, target.Schema);
        if (attribute.IsMany)
            ChangeMany(owner, name, attribute, target, value);
        else if (target.Filter is not null)
            throw new ScimException(ScimRefusal.InvalidPath($"'{attribute.Name}' has one value only; brackets choose among several."));
        else if (target.Part is { } part)
            ChangePart(owner, name, attribute, part, value);
        else if (name == "remove")
            owner.Remove(attribute.Name);
        else
            SetOne(owner, attribute, value);
    }

    private static void ChangeExtension(JsonObject user, string name, string schema, JsonNode? value)
    {
        if (name == "remove")
            user.Remove(schema);
        else if (value is JsonObject members)
            foreach (var (key, inner) in members)
            {
                if (ScimSchema.Find(schema, key) is { IsReadOnly: false } attribute)
                    Change(user, inner is null ? "remove" : name, new ScimPath(schema, attribute, null, null), inner);
            }
        else
            throw new ScimException(ScimRefusal.InvalidValue($"'{schema}' must be an object of attributes."));
    }

    private static void ChangePart(JsonObject owner, string name, ScimAttribute attribute, ScimAttribute part, JsonNode? value)
    {
        if (name == "remove" || value is null)
        {
            (owner[attribute.Name] as JsonObject)?.Remove(part.Name);
            return;
        }
        if (owner[attribute.Name] is not JsonObject whole)
            owner[attribute.Name] = whole = [];
        whole[part.Name] = value.DeepClone();
    }

    private static void SetOne(JsonObject owner, ScimAttribute attribute, JsonNode? value)
    {
        if (attribute.Parts.Count == 0)
        {
            owner[attribute.Name] = value?.DeepClone();
            return;
        }
        // A reference is often sent as the bare id; an empty one is none.
        if (value is JsonValue && TextOf(value) is { } id && attribute.Part("value") is { IsMany: false })
            value = new JsonObject { ["value"] = id };
        if (Parts(attribute, value) is not { } parts)
            throw new ScimException(ScimRefusal.InvalidValue($"'{attribute.Name}' must be an object."));
        if (owner[attribute.Name] is not JsonObject whole)
            owner[attribute.Name] = whole = [];
        foreach (var (key, inner) in parts)
            whole[key] = inner?.DeepClone();
    }

    private static void ChangeMany(JsonObject owner, string name, ScimAttribute attribute, ScimPath target, JsonNode? value)
    {
        if (owner[attribute.Name] is not JsonArray values)
            owner[attribute.Name] = values = [];
        if (target.Filter is null && target.Part is null)
        {
            var added = name == "remove" ? [] : Several(attribute, value);
            if (name != "add")
                values.Clear();
            // What is there already is not added once more, and a new primary one is the only primary one.
            added.RemoveAll(one => values.Any(other => JsonNode.DeepEquals(other, one)));
            foreach (var other in added.Exists(one => IsTrue(one["primary"])) ? values.OfType<JsonObject>() : [])
                other.Remove("primary");
            foreach (var one in added)
                values.Add((JsonNode)one);
            return;
        }

        var meant = values.OfType<JsonObject>().Where(one => target.Filter is null || ScimMatch.Fulfils(one, target.Filter)).ToList();
        if (meant.Count == 0)
        {
            // Nothing to take away is no fault; a replacement of what is not there is one by the letter, and an addition makes it.
            if (name == "replace" && target.Filter is not null)
                throw new ScimException(new ScimRefusal(400, "noTarget", $"No value of '{attribute.Name}' is like that."));
            if (name == "remove")
                return;
            var made = target.Filter is null ? new JsonObject() : ScimMatch.Wanted(target.Filter);
            values.Add((JsonNode)made);
            meant.Add(made);
        }
        foreach (var one in meant)
        {
            if (target.Part is { } part)
            {
                if (name == "remove" || value is null)
                    one.Remove(part.Name);
                else
                    one[part.Name] = value.DeepClone();
            }
            else if (name == "remove")
                values.Remove(one);
            else if (Parts(attribute, value) is { } parts)
                foreach (var (key, inner) in parts)
                    one[key] = inner?.DeepClone();
            else
                throw new ScimException(ScimRefusal.InvalidValue($"A value of '{attribute.Name}' must be an object."));
        }
    }

    /// <summary>One value or several.</summary>
    private static List<JsonObject> Several(ScimAttribute attribute, JsonNode? value) =>
        [.. (value is JsonArray many ? [.. many] : new[] { value })
            .Select(one => Parts(attribute, one) ?? throw new ScimException(ScimRefusal.InvalidValue($"'{attribute.Name}' must be a list of objects.")))];

    /// <summary>What has a place here, by its own name; null where it is no object.</summary>
    private static JsonObject? Parts(ScimAttribute attribute, JsonNode? value)
    {
        if (value is not JsonObject whole)
            return null;
        var parts = new JsonObject();
        foreach (var (key, inner) in whole)
        {
            if (attribute.Part(key) is { IsReadOnly: false } part)
                parts[part.Name] = inner?.DeepClone();
        }
        return parts;
    }

    private static JsonObject OwnerOf(JsonObject user, string schema)
    {
        if (schema == ScimSchema.User)
            return user;
        if (user[schema] is JsonObject extension)
            return extension;
        var made = new JsonObject();
        user[schema] = made;
        return made;
    }

    /// <summary>Whatever a file may not bring (<see cref="ProtectedColumns"/>) may not come this way either, however deep it stands.</summary>
    private static void RefuseProtected(JsonNode? node)
    {
        if (node is JsonObject whole)
        {
            foreach (var (key, value) in whole)
            {
                // A schema's own name says nothing about anybody.
                if (!key.StartsWith("urn:ietf:params:scim:", StringComparison.OrdinalIgnoreCase) && ProtectedColumns.Contains(key))
                    throw new ScimException(ScimRefusal.InvalidValue($"'{key}' names protected personal data, which is not taken. Leave it out of the mapping."));
                RefuseProtected(value);
            }
        }
        else if (node is JsonArray many)
        {
            foreach (var one in many)
                RefuseProtected(one);
        }
    }

    private static JsonNode? Member(JsonObject whole, string name) =>
        whole.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    private static bool IsText(JsonNode? node, string text) => string.Equals(TextOf(node), text, StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(JsonNode? node) => node?.GetValueKind() is JsonValueKind.True || IsText(node, "true");
}
