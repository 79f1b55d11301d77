namespace Mentoring.Contracts.Scheduling;

/// <summary>A pair's momentum, or the step its alarm has reached, has changed. State: whole.</summary>
/// <param name="PartnershipId">The pair's id.</param>
/// <param name="Version">Rises with every change of the pair's momentum.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors.</param>
/// <param name="MenteeId">The person who is mentored.</param>
/// <param name="Momentum">Now.</param>
/// <param name="Reasons">In words, for the programme manager's board.</param>
/// <param name="Alarm">Who is to be told by this change; null when nobody.</param>
/// <param name="Slots">New times ready to book, for the mentee: starts, UTC.</param>
/// <param name="NoCommonTime">True where the two have no common time inside their hours: then the alarm is about that, not about what was missed. Null otherwise.</param>
/// <param name="Standing">How far the pair's alarm has gone by now, told by this change or by one before it; null where none stands.</param>
public sealed record MomentumChanged(
    Guid PartnershipId,
    long Version,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    Momentum Momentum,
    IReadOnlyList<string> Reasons,
    AlarmStep? Alarm,
    IReadOnlyList<DateTimeOffset> Slots,
    bool? NoCommonTime = null,
    AlarmStep? Standing = null);
