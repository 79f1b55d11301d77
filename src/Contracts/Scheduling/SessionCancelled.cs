using Mentoring.Contracts.Participants;

namespace Mentoring.Contracts.Scheduling;

/// <summary>A session will not take place.</summary>
/// <param name="SessionId">The session; the calendar UID is made from it.</param>
/// <param name="Version">Rises with every change of the session.</param>
/// <param name="PartnershipId">The pair's id.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors.</param>
/// <param name="MenteeId">The person who is mentored.</param>
/// <param name="StartsAt">Instant, UTC.</param>
/// <param name="EndsAt">Instant, UTC.</param>
/// <param name="Channel"><c>video</c> or <c>in-person</c>.</param>
/// <param name="Place">Where, in words or as a link.</param>
/// <param name="Sequence">iTIP SEQUENCE, rising with every move and cancel.</param>
/// <param name="BySide">Whose side cancelled; a delegate cancels for the mentee. Tells nothing where the reason is <c>partnership-ended</c>.</param>
/// <param name="Reason">From a short list: <c>clash</c>, <c>illness</c>, <c>travel</c>, <c>workload</c>, <c>other</c>; or <c>partnership-ended</c>: the pair is no more, and the session counts for neither side.</param>
/// <param name="InCalendarOf">Those of the two out of whose own calendar Scheduling takes it: a cancellation by mail has nothing to take out. Null or empty: nobody.</param>
public sealed record SessionCancelled(
    Guid SessionId,
    long Version,
    Guid PartnershipId,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Channel,
    string? Place,
    int Sequence,
    Side BySide,
    string Reason,
    IReadOnlyList<Guid>? InCalendarOf = null);
