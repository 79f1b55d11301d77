namespace Mentoring.Contracts.Scheduling;

/// <summary>A session has another time or place.</summary>
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
/// <param name="InCalendarOf">Those of the two into whose own calendar Scheduling enters it: an invitation would be a second entry. Null or empty: nobody.</param>
public sealed record SessionMoved(
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
    IReadOnlyList<Guid>? InCalendarOf = null);
