namespace Mentoring.Contracts.Participants;

/// <summary>A meeting of a programme's mentors was called, moved or cancelled. State: whole; a change of the agenda alone is not told.</summary>
/// <param name="MeetingId">Which meeting.</param>
/// <param name="Version">Rises with every call, move and cancellation.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="Title">What it is called.</param>
/// <param name="StartsAt">Instant, UTC.</param>
/// <param name="EndsAt">Instant, UTC.</param>
/// <param name="Place">Where, in words or as a link.</param>
/// <param name="Cancelled">It does not take place.</param>
/// <param name="MemberIds">Who belongs to the circle at that moment.</param>
public sealed record CircleMeetingArranged(
    Guid MeetingId,
    long Version,
    Guid ProgrammeId,
    string Title,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Place,
    bool Cancelled,
    IReadOnlyList<Guid> MemberIds);
