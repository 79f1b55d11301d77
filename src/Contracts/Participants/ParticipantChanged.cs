namespace Mentoring.Contracts.Participants;

/// <summary>Someone's part in a programme. State: whole; the matching pool is made of these.</summary>
/// <param name="ParticipantId">The enrolment.</param>
/// <param name="Version">Rises with every change of this enrolment or of what its snapshot shows.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="PersonId">Who.</param>
/// <param name="Side">As mentor or mentee.</param>
/// <param name="Prepared">Has finished the preparation of this side.</param>
/// <param name="Ready">May be matched: consent given, not paused, and for a mentor prepared.</param>
/// <param name="Wave">For a mentee, the wave; null for a mentor.</param>
/// <param name="Snapshot">Exactly what the person consented to share.</param>
public sealed record ParticipantChanged(
    Guid ParticipantId,
    long Version,
    Guid ProgrammeId,
    Guid PersonId,
    Side Side,
    bool Prepared,
    bool Ready,
    string? Wave,
    ParticipantSnapshot Snapshot);

/// <summary>What matching may see of a person. There is no place here for an age or a protected characteristic.</summary>
/// <param name="Stage">Structural position.</param>
/// <param name="UnitPath">Organisation path.</param>
/// <param name="Location">Place of work.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Languages">BCP 47 tags.</param>
/// <param name="Offers">Knowledge offered.</param>
/// <param name="Needs">Knowledge needed.</param>
/// <param name="Interests">Self-chosen words.</param>
/// <param name="Channels">Preferred channels, the best first: <c>video</c>, <c>in-person</c>.</param>
/// <param name="DayStartsAt">Start of the working day, wall clock in <paramref name="TimeZone"/>.</param>
/// <param name="DayEndsAt">End of the working day, wall clock in <paramref name="TimeZone"/>.</param>
/// <param name="ConsentsToSameChain">Agrees to a pair in the same chain where the programme allows one at a distance.</param>
/// <param name="Grade">The organisation's own grade as a rising number, 1 the lowest; null where it was not told. Structural, like the stage, only finer.</param>
/// <param name="WorkingStyle">How the person likes to work, in self-chosen words; null where nothing was told.</param>
/// <param name="LivedExperience">
/// What a mentor offers from their own life, in their own words, where they chose to share it here; null otherwise. For whoever a pair with them
/// is proposed to, and for nothing else: never matched, filtered or counted by, never part of a run or a report.
/// </param>
public sealed record ParticipantSnapshot(
    CareerStage Stage,
    string UnitPath,
    string? Location,
    string TimeZone,
    IReadOnlyList<string> Languages,
    IReadOnlyList<TopicLevel> Offers,
    IReadOnlyList<TopicLevel> Needs,
    IReadOnlyList<string> Interests,
    IReadOnlyList<string> Channels,
    TimeOnly DayStartsAt,
    TimeOnly DayEndsAt,
    bool ConsentsToSameChain,
    int? Grade = null,
    IReadOnlyList<string>? WorkingStyle = null,
    IReadOnlyList<string>? LivedExperience = null);
