using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.ServiceDefaults;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Reads a charter as this release or an earlier one has stored it.</summary>
public static class StoredCharter
{
    public static Charter? Read(string json)
    {
        var stored = JsonNode.Parse(json);
        // Before goals had measures each was a text alone.
        if (stored?["text"]?["goals"] is JsonObject goals)
        {
            foreach (var (side, goal) in goals.ToArray())
            {
                if (goal?.GetValueKind() is JsonValueKind.String)
                    goals[side] = new JsonObject { ["text"] = goal.DeepClone() };
            }
        }
        return stored.Deserialize<Charter>(Json.Options);
    }
}
