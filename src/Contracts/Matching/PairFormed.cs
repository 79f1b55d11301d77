using Mentoring.Contracts.Participants;

namespace Mentoring.Contracts.Matching;

/// <summary>Both accepted: a pair, once.</summary>
/// <param name="PairId">The pair; Scheduling's partnership bears the same id.</param>
/// <param name="Version">Rises with every change of the pair.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors.</param>
/// <param name="MenteeId">The person who is mentored.</param>
/// <param name="Wave">The mentee's wave.</param>
/// <param name="Topics">What the mentor brings, by the mentee's need.</param>
/// <param name="Reason">Why this pair, in a sentence both may read.</param>
/// <param name="TopicsBack">In a reciprocal programme, what the mentee brings, by the mentor's need; otherwise null.</param>
public sealed record PairFormed(
    Guid PairId,
    long Version,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    string Wave,
    IReadOnlyList<TopicLevel> Topics,
    string Reason,
    IReadOnlyList<TopicLevel>? TopicsBack = null);
