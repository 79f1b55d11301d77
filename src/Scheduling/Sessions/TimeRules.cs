using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

public enum TimeRefusal
{
    /// <summary>Not inside the hours both have offered.</summary>
    OutsideHours,

    /// <summary>Sooner than the other side wants to be booked.</summary>
    NoticeTooShort,

    /// <summary>The other's own calendar says so.</summary>
    BusyElsewhere,

    /// <summary>Nobody's calendar knows so far ahead.</summary>
    TooFarAhead,
}

/// <summary>When a time may be given to two people, whatever it is given by: a booking or a move.</summary>
public static class TimeRules
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>Before anything is reckoned with a start: null when it lies within the year from now.</summary>
    public static TimeRefusal? OutOfReach(DateTimeOffset startsAt, DateTimeOffset now) =>
        startsAt <= now ? TimeRefusal.NoticeTooShort
        : startsAt > now + Furthest ? TimeRefusal.TooFarAhead
        : null;

    /// <summary>Null when it may.</summary>
    /// <param name="mentor">The one who mentors.</param>
    /// <param name="mentee">The one who is mentored.</param>
    /// <param name="time">The time wanted.</param>
    /// <param name="channel">How the two meet.</param>
    /// <param name="place">Where: the way there has to be inside the hours as well.</param>
    /// <param name="askedBy">Whose side asks: only the other side's notice and calendars bind, as everybody knows what of their own can wait.</param>
    /// <param name="now">The moment of asking.</param>
    public static TimeRefusal? Check(Attendee mentor, Attendee mentee, Interval time, string channel, string? place, Side askedBy, Instant now)
    {
        var other = askedBy is Side.Mentor ? mentee : mentor;
        if (time.Start <= now || time.Start < now + other.Hours.MinimumNotice)
            return TimeRefusal.NoticeTooShort;
        if (!mentor.CanMeet(time, channel, place) || !mentee.CanMeet(time, channel, place))
            return TimeRefusal.OutsideHours;
        return other.IsElsewhere(time, channel, place) ? TimeRefusal.BusyElsewhere : null;
    }

    public static IResult ToProblem(this TimeRefusal refusal, Acting acting) => refusal switch
    {
        TimeRefusal.OutsideHours or TimeRefusal.BusyElsewhere when acting.AsDelegate => SessionRefusals.NotFree(),
        TimeRefusal.OutsideHours => Problems.Of(422, "outside-hours", "That is outside the hours one of the two has offered, the way to the place included. Ask for the next slots and choose one of them."),
        TimeRefusal.NoticeTooShort => Problems.Of(422, "notice-too-short", "That is too soon: the other side asks for more notice, or the time has passed."),
        TimeRefusal.TooFarAhead => Problems.Of(422, "too-far-ahead", "That is more than a year ahead. Nobody's calendar is known so far."),
        TimeRefusal.BusyElsewhere => Problems.Of(422, "busy-elsewhere", "The other side has something else at that time. Ask for the next slots and choose one of them."),
    };
}
