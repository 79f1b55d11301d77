namespace Mentoring.Contracts.Scheduling;

/// <summary>A session's time has passed and nobody has said what became of it: the mentee is asked, once.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Version">Of the session, as it stands.</param>
/// <param name="PartnershipId">The pair's id.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors; is not asked.</param>
/// <param name="MenteeId">Who is asked.</param>
/// <param name="StartsAt">Instant, UTC.</param>
/// <param name="AnswerBy">When it counts as missed; instant, UTC.</param>
public sealed record SessionUnconfirmed(
    Guid SessionId,
    long Version,
    Guid PartnershipId,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    DateTimeOffset StartsAt,
    DateTimeOffset AnswerBy);
