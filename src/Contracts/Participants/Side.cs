using System.Text.Json.Serialization;

namespace Mentoring.Contracts.Participants;

/// <summary>Which side of a pair someone is on: the mentor shares the insight, the mentee holds the authority.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Side>))]
public enum Side
{
    Mentor,
    Mentee,
}
