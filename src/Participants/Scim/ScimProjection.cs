using System.Text.Json.Nodes;

namespace Mentoring.Participants.Scim;

/// <summary>The attributes a client asks for, or all but some (RFC 7644, 3.9). Ids and schemas are always there.</summary>
internal static class ScimProjection
{
    public static JsonObject Of(JsonObject user, string? attributes, string? excluded)
    {
        if (!string.IsNullOrWhiteSpace(attributes))
        {
            var kept = new JsonObject { ["schemas"] = user["schemas"]!.DeepClone(), ["id"] = user["id"]!.DeepClone() };
            foreach (var path in Paths(attributes))
                Keep(user, kept, path);
            return kept;
        }
        if (!string.IsNullOrWhiteSpace(excluded))
        {
            foreach (var path in Paths(excluded))
                Drop(user, path);
        }
        return user;
    }

    private static IEnumerable<ScimPath> Paths(string names) =>
        names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ScimPath.Parse).OfType<ScimPath>();

    private static void Keep(JsonObject user, JsonObject kept, ScimPath path)
    {
        var (from, to) = (user, kept);
        if (path.Schema != ScimSchema.User)
        {
            if (user[path.Schema] is not JsonObject extension)
                return;
            if (kept[path.Schema] is not JsonObject started)
                kept[path.Schema] = started = [];
            (from, to) = (extension, started);
        }
        if (path.Attribute is not { } attribute)
        {
            foreach (var (key, value) in from)
                to[key] = value?.DeepClone();
            return;
        }
        if (from[attribute.Name] is not { } found)
            return;
        if (path.Part is not { } part)
        {
            to[attribute.Name] = found.DeepClone();
            return;
        }
        var old = to[attribute.Name];
        to[attribute.Name] = found is JsonArray many
            ? new JsonArray([.. many.OfType<JsonObject>().Select((one, at) => (JsonNode)With((old as JsonArray)?[at] as JsonObject, one, part.Name))])
            : With(old as JsonObject, (JsonObject)found, part.Name);
    }

    private static JsonObject With(JsonObject? kept, JsonObject from, string part)
    {
        var one = (JsonObject?)kept?.DeepClone() ?? [];
        if (from[part] is { } value)
            one[part] = value.DeepClone();
        return one;
    }

    private static void Drop(JsonObject user, ScimPath path)
    {
        if ((path.Schema == ScimSchema.User ? user : user[path.Schema] as JsonObject) is not { } owner)
            return;
        if (path.Attribute is not { } attribute)
            user.Remove(path.Schema);
        else if (attribute.Name is "id" or "schemas")
            return;
        else if (path.Part is not { } part)
            owner.Remove(attribute.Name);
        else
            foreach (var one in owner[attribute.Name] is JsonArray many ? many.OfType<JsonObject>() : [owner[attribute.Name] as JsonObject ?? []])
                one.Remove(part.Name);
    }
}
