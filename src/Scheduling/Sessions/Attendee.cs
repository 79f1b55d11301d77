using Mentoring.Scheduling.Availability;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

/// <summary>An account of somebody who has said yes to it.</summary>
/// <param name="UnitSlug">By which its provider is found.</param>
/// <param name="Address">Mail address.</param>
public sealed record CalendarAccount(string UnitSlug, string Address);

/// <summary>Somebody, as far as finding a time goes.</summary>
/// <param name="Hours">When this person can be met.</param>
/// <param name="Busy">What is in the way, whatever it comes from; in any order.</param>
public sealed record Attendee(WorkingHours Hours, IReadOnlyList<Interval> Busy)
{
    public Preferences Preferences { get; init; } = Preferences.None;

    /// <summary>Of what is in the way, that which the person's own calendars say.</summary>
    public IReadOnlyList<Interval> Elsewhere { get; init; } = [];

    /// <summary>Where this person's sessions are entered; null for those who have not connected an account.</summary>
    public CalendarAccount? Account { get; init; }

    public Attendee WithBusy(IEnumerable<Interval> more) => this with { Busy = [.. Busy, .. more] };

    /// <summary>The time this person gives for a session: with the way there and back.</summary>
    public Interval Engaged(Interval session, string? channel, string? place)
    {
        var way = Preferences.WayTo(channel, place);
        return new Interval(session.Start - way, session.End + way);
    }

    /// <summary>The session and the way to it are inside the hours.</summary>
    public bool CanMeet(Interval session, string? channel, string? place) => Hours.Around(Engaged(session, channel, place)) is not null;

    /// <summary>Something else is in the way of the session, or of getting there and back.</summary>
    public bool IsBusy(Interval session, string? channel, string? place) => Overlaps(Busy, Engaged(session, channel, place));

    /// <summary>Something in the person's own calendars is.</summary>
    public bool IsElsewhere(Interval session, string? channel, string? place) => Overlaps(Elsewhere, Engaged(session, channel, place));

    private static bool Overlaps(IReadOnlyList<Interval> taken, Interval time) => taken.Any(other => other.Start < time.End && time.Start < other.End);
}
