using System.Text.Json.Serialization;

namespace Mentoring.Contracts.Participants;

/// <summary>Who learns from whom: below to above, above to below, or both on different topics.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Direction>))]
public enum Direction
{
    Reverse,
    Traditional,
    Reciprocal,
}
