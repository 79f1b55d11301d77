using System.Text.Json.Serialization;

namespace Mentoring.Contracts.Scheduling;

/// <summary>How a pair is doing against its own cadence, the best first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Momentum>))]
public enum Momentum
{
    Thriving,
    Steady,
    Slipping,
    Stalled,
}

/// <summary>Who is told next when the mentee's side keeps cancelling; never the mentor's manager.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlarmStep>))]
public enum AlarmStep
{
    Mentee,
    ProgrammeManager,
    Sponsor,
}
