using System.Text.Json.Serialization;

namespace Mentoring.Contracts.Participants;

/// <summary>A structural position in the organisation, derived from a title or grade; never from an age.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CareerStage>))]
public enum CareerStage
{
    Early,
    Established,
    Senior,
    Executive,
}
