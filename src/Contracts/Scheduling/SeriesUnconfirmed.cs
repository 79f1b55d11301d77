namespace Mentoring.Contracts.Scheduling;

/// <summary>A series was proposed to the mentee three working days ago and is not booked: the mentee is reminded, and whoever books for them, once a term.</summary>
/// <param name="PartnershipId">The pair's id.</param>
/// <param name="Version">Of the partnership.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors; is told nothing.</param>
/// <param name="MenteeId">Who is reminded.</param>
/// <param name="Term">Whose series it is; the first is 1.</param>
/// <param name="FirstAt">Start of the first proposed session; instant, UTC.</param>
/// <param name="Count">How many sessions are proposed.</param>
/// <param name="Delegates">Who books for the mentee and may be reminded as well, never the mentor; null where it was written before there were any.</param>
public sealed record SeriesUnconfirmed(
    Guid PartnershipId, long Version, Guid ProgrammeId, Guid MentorId, Guid MenteeId, int Term, DateTimeOffset FirstAt, int Count, IReadOnlyList<Guid>? Delegates = null);
