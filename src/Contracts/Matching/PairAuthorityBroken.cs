namespace Mentoring.Contracts.Matching;

/// <summary>
/// A reorganisation has put one of a pair above the other, nearer than the two agreed to. The pair goes on until the programme manager has
/// asked both.
/// </summary>
/// <param name="PairId">The pair; Scheduling's partnership bears the same id.</param>
/// <param name="Version">Rises with every change of the pair, so it tells one reorganisation from the next.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors.</param>
/// <param name="MenteeId">The person who is mentored.</param>
public sealed record PairAuthorityBroken(Guid PairId, long Version, Guid ProgrammeId, Guid MentorId, Guid MenteeId);
