namespace Mentoring.Scheduling.Sessions;

/// <summary>
/// The time a session takes of one person. An exclusion constraint over these rows keeps anybody from being booked twice at once,
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

    public static IEnumerable<BookedTime> For(Session session) => new[] { session.MentorId, session.MenteeId }.Select(person => new BookedTime
    {
        PersonId = person,
        SessionId = session.Id,
        StartsAt = session.StartsAt,
        EndsAt = session.EndsAt,
    });
}
