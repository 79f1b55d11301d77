using NodaTime;

namespace Mentoring.Scheduling.Availability;

/// <summary>A time of day that suits a person, on the wall clock of their zone; to <c>00:00</c> is to the end of the day.</summary>
public sealed record TimeOfDay(TimeOnly From, TimeOnly To);

/// <summary>How long the way to a place takes.</summary>
/// <param name="Minutes">One way.</param>
/// <param name="Place">As the charter or a booking names it; null for every other place.</param>
public sealed record Way(int Minutes, string? Place = null);

/// <summary>What suits a person within the hours they offer: it is weighed and not obeyed, save for the way, which is kept free.</summary>
/// <param name="Times">Empty: every time does, save the first and the last hour of the day.</param>
/// <param name="Channels">Empty: either does.</param>
/// <param name="Ways">To meetings in person.</param>
public sealed record Preferences(IReadOnlyList<TimeOfDay> Times, IReadOnlyList<string> Channels, IReadOnlyList<Way> Ways)
{
    public static readonly Preferences None = new([], [], []);

    /// <summary>One way; nothing for a call.</summary>
    public Duration WayTo(string? channel, string? place) => channel != Sessions.Channels.InPerson ? Duration.Zero : Duration.FromMinutes(
        (Ways.FirstOrDefault(way => way.Place is not null && string.Equals(way.Place, place, StringComparison.OrdinalIgnoreCase)) ?? Ways.FirstOrDefault(way => way.Place is null))?.Minutes ?? 0);

    public bool Suits(string channel) => Channels.Count == 0 || Channels.Contains(channel);
}
