using Mentoring.Contracts.Participants;

namespace Mentoring.Contracts.Scheduling;

/// <summary>
/// One of the two has rewritten their charter, and the other, who has not signed or changed it since, is to hear of it. Several changes within
/// an hour are one. What it says stays with the two.
/// </summary>
/// <param name="PartnershipId">The pair's id.</param>
/// <param name="Version">Of the partnership.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors.</param>
/// <param name="MenteeId">The person who is mentored.</param>
/// <param name="BySide">Who rewrote it; the other is told.</param>
/// <param name="CharterVersion">The newest.</param>
/// <param name="Substance">More than rhythm and places has changed.</param>
/// <param name="SignaturesTaken">A signature that held no longer does.</param>
public sealed record CharterRevised(
    Guid PartnershipId,
    long Version,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    Side BySide,
    int CharterVersion,
    bool Substance,
    bool SignaturesTaken);
