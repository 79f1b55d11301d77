namespace Mentoring.Contracts.Participants;

/// <summary>The meeting of a programme's mentors is to be held by now.</summary>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="Version">The programme's version.</param>
/// <param name="Name">What the programme calls it.</param>
/// <param name="On">The day it fell due, in UTC.</param>
/// <param name="MentorIds">Who takes part as a mentor.</param>
public sealed record ForumFellDue(Guid ProgrammeId, long Version, string Name, DateOnly On, IReadOnlyList<Guid> MentorIds);
