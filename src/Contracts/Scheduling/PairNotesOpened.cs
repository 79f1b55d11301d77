namespace Mentoring.Contracts.Scheduling;

/// <summary>
/// Two safeguarding contacts together have opened what a pair wrote for one another. Both of the pair are told; who opened it stands in the audit alone.
/// </summary>
/// <param name="GlassId">This opening.</param>
/// <param name="Version">Of the opening.</param>
/// <param name="PartnershipId">The pair's id.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors.</param>
/// <param name="MenteeId">The person who is mentored.</param>
/// <param name="Cause"><c>law</c> or <c>safety</c>.</param>
/// <param name="OpenedAt">From when it can be read; instant, UTC.</param>
/// <param name="ClosesAt">Until when it can be read; instant, UTC.</param>
public sealed record PairNotesOpened(
    Guid GlassId,
    long Version,
    Guid PartnershipId,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    string Cause,
    DateTimeOffset OpenedAt,
    DateTimeOffset ClosesAt);
