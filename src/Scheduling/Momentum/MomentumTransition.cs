using Mentoring.Contracts.Scheduling;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Momentum;

/// <summary>One change of a pair's momentum or alarm, and why. Written with the change and never altered.</summary>
public sealed class MomentumTransition
{
    public Guid PartnershipId { get; init; }

    /// <summary>The momentum's, with which it came about.</summary>
    public long Version { get; init; }

    public DateTimeOffset At { get; init; }

    public Level Level { get; init; }

    /// <summary>The step that stood from then on; null where no alarm did.</summary>
    public AlarmStep? Alarm { get; init; }

    /// <summary>In words, never without one.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
