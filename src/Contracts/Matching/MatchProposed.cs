using Mentoring.Contracts.Participants;

namespace Mentoring.Contracts.Matching;

/// <summary>Someone is asked whether to form a pair: the junior first, the senior only after the junior accepted.</summary>
/// <param name="ProposalId">The proposal.</param>
/// <param name="Version">1 when the junior is asked, rising after.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who would mentor.</param>
/// <param name="MenteeId">The person who would be mentored.</param>
/// <param name="AskedId">Who is asked now.</param>
/// <param name="AskedSide">As what.</param>
/// <param name="RespondBy">Three working days of the person asked.</param>
/// <param name="Gains">What the one asked gains, in words.</param>
/// <param name="Gives">What the one asked gives, in words.</param>
public sealed record MatchProposed(
    Guid ProposalId,
    long Version,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    Guid AskedId,
    Side AskedSide,
    DateTimeOffset RespondBy,
    string Gains,
    string Gives);
