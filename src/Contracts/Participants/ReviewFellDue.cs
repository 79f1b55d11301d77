namespace Mentoring.Contracts.Participants;

/// <summary>A programme is to be reviewed by now, and no review has been written since it was opened or last fell due.</summary>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="Version">The programme's version.</param>
/// <param name="On">The day it fell due, in UTC.</param>
public sealed record ReviewFellDue(Guid ProgrammeId, long Version, DateOnly On);
