namespace Mentoring.Contracts.Participants;

/// <summary>
/// A programme's manager invites somebody to look at it. It enrols nobody and nothing is kept of it: only the person can opt in, and whoever
/// does not is known to nobody as having been asked.
/// </summary>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="Version">Always 1: an invitation does not change.</param>
/// <param name="Slug">Of the programme, for the link to what would be shared.</param>
/// <param name="PersonId">Who is invited.</param>
/// <param name="Side">As what.</param>
public sealed record ParticipantInvited(Guid ProgrammeId, long Version, string Slug, Guid PersonId, Side Side);
