namespace Mentoring.Contracts.Participants;

/// <summary>A mentor who has gone before accompanies a new one, who had asked for it. Once; nobody else is told.</summary>
/// <param name="AccompanimentId">Which request.</param>
/// <param name="Version">Rises with every change of it.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The new mentor.</param>
/// <param name="AlumnusId">The one who has gone before.</param>
public sealed record AccompanimentBegun(Guid AccompanimentId, long Version, Guid ProgrammeId, Guid MentorId, Guid AlumnusId);
