namespace Mentoring.Contracts.Participants;

/// <summary>
/// Somebody who takes part has agreed that the line manager is told, once, and of the time only: neither side, nor partner, nor content.
/// </summary>
/// <param name="ParticipantId">The enrolment it is about.</param>
/// <param name="Version">Of the enrolment when it was agreed.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="PersonId">Who takes part.</param>
/// <param name="ManagerId">Who is told.</param>
/// <param name="MinutesAMonth">Of working time, for the conversations.</param>
/// <param name="PreparationMinutes">Of working time, once.</param>
/// <param name="Months">How long a pair runs.</param>
public sealed record ManagerBriefed(
    Guid ParticipantId, long Version, Guid ProgrammeId, Guid PersonId, Guid ManagerId, int MinutesAMonth, int PreparationMinutes, int Months);
