namespace Mentoring.Participants.Circle;

/// <summary>
/// A mentor who has chosen to belong to the mentors' circle of a programme: peer support, and supervision by those who have gone before. It counts
/// while the person mentors there, or has; see <see cref="Standing"/>.
/// </summary>
public sealed class CircleMember
{
    public required Guid ProgrammeId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
}

/// <summary>
/// A mentor whose time with a mentee has come to its planned end. One that ended early makes no alumnus: the circle would see from it whose pair
/// has come apart.
/// </summary>
public sealed class Alumnus
{
    public required Guid ProgrammeId { get; init; }
    public required Guid PersonId { get; init; }
}
