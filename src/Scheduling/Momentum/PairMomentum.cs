using Mentoring.Contracts.Scheduling;
using NodaTime;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Momentum;

/// <summary>What changed and who is to be told by it.</summary>
public enum MomentumChange
{
    None,

    /// <summary>Another level, or an alarm has ended: the board shows it, nobody is called.</summary>
    Reading,

    /// <summary>The alarm has begun: a private word to the mentee.</summary>
    AlarmRaised,
}

/// <summary>
/// How a pair is doing, and how far its alarm has gone: to the mentee, then the programme manager, then the sponsor.
/// </summary>
/// <remarks>
/// Each step is taken once for a row of missed sessions, however often and in whatever order facts arrive: the steps are states, and
/// a row that has had its alarm raises none again unless it grows after the mentee has booked.
/// </remarks>
public sealed class PairMomentum
{
    private const string NotBooked = "No new time has been booked on the mentee's side since the last reminder.";
    private const string NoCommonTime = "The two have no common time inside their hours.";

    private PairMomentum()
    {
    }

    public Guid PartnershipId { get; private init; }

    public Level Level { get; private set; }

    public IReadOnlyList<string> Reasons { get; private set; } = [];

    /// <summary>The last step taken; null where no alarm stands.</summary>
    public AlarmStep? Alarm { get; private set; }

    public DateTimeOffset? AlarmSince { get; private set; }

    /// <summary>The row the last alarm was about, standing or over.</summary>
    public Guid? AlarmedRow { get; private set; }

    /// <summary>How long that row was when it was last dealt with.</summary>
    public int AlarmedLength { get; private set; }

    /// <summary>Since when the two have had no common time inside their hours; null where they have one.</summary>
    public DateTimeOffset? NoCommonTimeSince { get; private set; }

    /// <summary>When time alone may change the level; null when it cannot.</summary>
    public DateTimeOffset? LookAgainAt { get; private set; }

    /// <summary>Rises with every change that is published; also guards against two weighings at once.</summary>
    public long Version { get; private set; }

    public static PairMomentum Begin(Guid partnershipId, DateTimeOffset? lookAgainAt = null) =>
        new() { PartnershipId = partnershipId, Level = Level.Steady, Reasons = ["The two have just begun."], LookAgainAt = lookAgainAt };

    /// <param name="reading">What the history says now.</param>
    /// <param name="lastBooked">When the mentee's side or the platform last booked or moved a session that still stands or was held; null if never.</param>
    /// <param name="now">The moment of weighing.</param>
    public MomentumChange Weigh(Reading reading, DateTimeOffset? lastBooked, DateTimeOffset now)
    {
        var change = MomentumChange.None;
        if (lastBooked > NoCommonTimeSince)
            NoCommonTimeSince = null;
        var (level, reasons) = NoCommonTimeSince is null ? (reading.Level, reading.Reasons) : (Level.Stalled, [NoCommonTime, .. reading.Reasons]);
        if (Level != level)
            change = MomentumChange.Reading;
        Level = level;
        Reasons = reasons;
        LookAgainAt = reading.LookAgainAt?.ToDateTimeOffset();

        var row = reading.Row is { Length: >= 2 } ? reading.Row : null;
        if (Alarm is not null && (row is null || lastBooked > AlarmSince))
        {
            Reasons = [lastBooked > AlarmSince ? "A new time has been booked on the mentee's side." : "The two meet again.", .. Reasons];
            Alarm = null;
            AlarmSince = null;
            change = MomentumChange.Reading;
            // What was missed up to here has been answered by a booking; only a further miss calls again.
            AlarmedLength = row?.Length ?? AlarmedLength;
        }
        if (Alarm is null && row is not null && !(row.FirstSessionId == AlarmedRow && row.Length <= AlarmedLength))
        {
            Alarm = AlarmStep.Mentee;
            AlarmSince = now;
            AlarmedRow = row.FirstSessionId;
            AlarmedLength = row.Length;
            change = MomentumChange.AlarmRaised;
        }
        if (change is not MomentumChange.None)
            Version++;
        return change;
    }

    /// <summary>The next step of a standing alarm. False where it stands no more, or has gone further already.</summary>
    public bool Escalate(AlarmStep from)
    {
        if (Alarm != from || from is AlarmStep.Sponsor)
            return false;
        Alarm = from + 1;
        Reasons = [NotBooked, .. Reasons.Where(reason => reason != NotBooked)];
        Version++;
        return true;
    }

    /// <summary>Both would meet and no common time exists. True when that is new: the programme manager is told once, however often it is tried.</summary>
    public bool FindNoCommonTime(DateTimeOffset now)
    {
        if (NoCommonTimeSince is not null)
            return false;
        NoCommonTimeSince = now;
        Level = Level.Stalled;
        Reasons = [NoCommonTime];
        Version++;
        return true;
    }

    /// <summary>The two have a common time. True when they had none before.</summary>
    public bool FindCommonTime()
    {
        if (NoCommonTimeSince is null)
            return false;
        NoCommonTimeSince = null;
        Level = Level.Steady;
        Reasons = ["A common time has been found, and a series is proposed."];
        Version++;
        return true;
    }

    public MomentumTransition ToTransition(DateTimeOffset now) =>
        new() { PartnershipId = PartnershipId, Version = Version, At = now, Level = Level, Alarm = Alarm, Reasons = Reasons };

    public MomentumChanged ToFact(Partnerships.Partnership pair, AlarmStep? tell, IReadOnlyList<Instant> slots, bool noCommonTime = false) => new(
        pair.Id, Version, pair.ProgrammeId, pair.MentorId, pair.MenteeId, Level, Reasons, tell, [.. slots.Select(slot => slot.ToDateTimeOffset())],
        noCommonTime ? true : null, Alarm);
}
