using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mentoring.Participants.Scim;

/// <summary>Whether one value of an attribute that has many fulfils what stands in brackets.</summary>
internal static class ScimMatch
{
    public static bool Fulfils(JsonObject one, ScimFilter filter) => filter switch
    {
        ScimFilter.And both => Fulfils(one, both.Left) && Fulfils(one, both.Right),
        ScimFilter.Or either => Fulfils(one, either.Left) || Fulfils(one, either.Right),
        ScimFilter.Not not => !Fulfils(one, not.Inner),
        ScimFilter.Test test => Fulfils(test.Path?.Part is { } part ? one[part.Name] : null, test),
        _ => false,
    };

    /// <summary>What a value has to be like, where it is said by nothing but equality: what an addition then makes.</summary>
    public static JsonObject Wanted(ScimFilter filter)
    {
        var wanted = new JsonObject();
        Collect(filter);
        return wanted;

        void Collect(ScimFilter one)
        {
            switch (one)
            {
                case ScimFilter.And both:
                    Collect(both.Left);
                    Collect(both.Right);
                    break;
                case ScimFilter.Test { Operator: "eq", Path.Part: { } part } test:
                    wanted[part.Name] = test.Value switch { string text => text, bool truth => truth, _ => null };
                    break;
                default:
                    throw new ScimException(new ScimRefusal(400, "noTarget", "No value is like that, and it does not say what a new one would be."));
            }
        }
    }

    private static bool Fulfils(JsonNode? found, ScimFilter.Test test)
    {
        var text = found?.GetValueKind() switch
        {
            JsonValueKind.String => found.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
        var value = test.Value switch { bool truth => truth ? "true" : "false", var other => (string?)other };
        return test.Operator switch
        {
            "pr" => !string.IsNullOrEmpty(text),
            "eq" => string.Equals(text, value, StringComparison.OrdinalIgnoreCase),
            "ne" => !string.Equals(text, value, StringComparison.OrdinalIgnoreCase),
            "co" => text?.Contains(value!, StringComparison.OrdinalIgnoreCase) is true,
            "sw" => text?.StartsWith(value!, StringComparison.OrdinalIgnoreCase) is true,
            _ => text?.EndsWith(value!, StringComparison.OrdinalIgnoreCase) is true,
        };
    }
}
