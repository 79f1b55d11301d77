namespace Mentoring.Scheduling.Sessions;

/// <summary>
/// The time a session takes of one person, the way there and back included. An exclusion constraint over these rows keeps anybody from being booked twice at once,
/// whatever runs in parallel; a cancelled session gives its rows back.
/// </summary>
public sealed class BookedTime
{
    /// <summary>The exclusion constraint, as PostgreSQL names it in a refusal.</summary>
    public const string NobodyTwice = "ex_booked_times_nobody_twice";

    public Guid PersonId { get; init; }

    public Guid SessionId { get; init; }

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    /// <param name="session">Just booked.</param>
    /// <param name="mentor">Knows the way.</param>
    /// <param name="mentee">Knows the way.</param>
    public static IEnumerable<BookedTime> For(Session session, Attendee mentor, Attendee mentee)
    {
        yield return Of(session.MentorId, mentor);
        yield return Of(session.MenteeId, mentee);

        BookedTime Of(Guid personId, Attendee person)
        {
            var engaged = person.Engaged(session.Time, session.Channel, session.Place);
            return new BookedTime { PersonId = personId, SessionId = session.Id, StartsAt = engaged.Start.ToDateTimeOffset(), EndsAt = engaged.End.ToDateTimeOffset() };
        }
    }

    /// <summary>The session has another time now; the way has stayed as long as it was.</summary>
    public void MoveBy(TimeSpan later) => (StartsAt, EndsAt) = (StartsAt + later, EndsAt + later);
}
