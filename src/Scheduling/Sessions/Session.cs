using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Partnerships;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

public enum SessionState
{
    Booked,
    Held,
    Cancelled,
    Missed,

    /// <summary>Was called held, and the other side objected; counts for neither.</summary>
    NotHeld,
}

/// <summary>Why a change of a session was refused.</summary>
public enum SessionRefusal
{
    /// <summary>It is cancelled, held or missed already.</summary>
    NotOpen,

    /// <summary>Its time has come: it can be called held, not moved or cancelled.</summary>
    Over,

    /// <summary>Its time has not come: it cannot have been held.</summary>
    NotStarted,

    /// <summary>Only the other side may object, and only to what was called held.</summary>
    NotYoursToObject,

    /// <summary>A week has passed since it was called held.</summary>
    TooLateToObject,
}

/// <summary>
/// One conversation of a pair.
/// </summary>
/// <remarks>
/// Open only while booked; each end is final, except that a held session may be objected to for a week. <see cref="Version"/> rises with
/// every change, <see cref="Sequence"/> only with what calendars must learn.
/// </remarks>
public sealed class Session
{
    public static readonly TimeSpan TimeToObject = TimeSpan.FromDays(7);

    private Session()
    {
    }

    public Guid Id { get; private init; }

    public Guid PartnershipId { get; private init; }

    public Guid ProgrammeId { get; private init; }

    public Guid MentorId { get; private init; }

    public Guid MenteeId { get; private init; }

    /// <summary>The mentee's wave.</summary>
    public string Wave { get; private init; } = "";

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    public Interval Time => new(Instant.FromDateTimeOffset(StartsAt), Instant.FromDateTimeOffset(EndsAt));

    /// <summary><c>video</c> or <c>in-person</c>.</summary>
    public string Channel { get; private init; } = "";

    public string? Place { get; private init; }

    /// <summary>Kept free before and after for the mentor's way; it stays as it was when the session was booked.</summary>
    public TimeSpan MentorWay { get; private init; }

    /// <inheritdoc cref="MentorWay"/>
    public TimeSpan MenteeWay { get; private init; }

    public SessionState State { get; private set; }

    /// <summary>When it was last given its time, by whomever.</summary>
    public DateTimeOffset BookedAt { get; private set; }

    /// <summary>When the mentee's side, or the platform for it, last gave it a time; null where only the mentor has.</summary>
    public DateTimeOffset? MenteeBookedAt { get; private set; }

    /// <summary>Whose side cancelled or missed; null where the partnership ended.</summary>
    public Side? BySide { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Who called it held.</summary>
    public Side? HeldSaidBy { get; private set; }

    public DateTimeOffset? HeldSaidAt { get; private set; }

    /// <summary>iTIP SEQUENCE.</summary>
    public int Sequence { get; private set; }

    public long Version { get; private set; }

    /// <param name="pair">Who meets.</param>
    /// <param name="slot">When and how.</param>
    /// <param name="bySide">Who books; null for the platform, which does so for the mentee.</param>
    /// <param name="now">The moment of booking.</param>
    /// <param name="ways">There, and as long back.</param>
    public static Session Book(Partnership pair, TimeSlot slot, Side? bySide, DateTimeOffset now, (TimeSpan Mentor, TimeSpan Mentee) ways = default) => new()
    {
        Id = Guid.CreateVersion7(slot.StartsAt),
        PartnershipId = pair.Id,
        ProgrammeId = pair.ProgrammeId,
        MentorId = pair.MentorId,
        MenteeId = pair.MenteeId,
        Wave = pair.Wave,
        StartsAt = slot.StartsAt,
        EndsAt = slot.EndsAt,
        Channel = slot.Channel,
        Place = slot.Place,
        MentorWay = ways.Mentor,
        MenteeWay = ways.Mentee,
        State = SessionState.Booked,
        BookedAt = now,
        MenteeBookedAt = bySide is Side.Mentor ? null : now,
        Version = 1,
    };

    public Side? SideOf(Guid personId) =>
        personId == MentorId ? Side.Mentor
        : personId == MenteeId ? Side.Mentee
        : null;

    /// <summary>What it takes of the mentor or the mentee, the way there and back included.</summary>
    public Interval TimeOf(Guid personId)
    {
        var way = Duration.FromTimeSpan(personId == MentorId ? MentorWay : MenteeWay);
        return new Interval(Time.Start - way, Time.End + way);
    }

    public SessionRefusal? Move(DateTimeOffset startsAt, Side bySide, DateTimeOffset now)
    {
        if (Closed(now) is { } refusal)
            return refusal;
        EndsAt = startsAt + (EndsAt - StartsAt);
        StartsAt = startsAt;
        BookedAt = now;
        // What the mentor moves does not take back that the mentee had chosen, and does not stand for it.
        if (bySide is Side.Mentee)
            MenteeBookedAt = now;
        Sequence++;
        Version++;
        return null;
    }

    public SessionRefusal? Cancel(Side bySide, string reason, DateTimeOffset now)
    {
        if (Closed(now) is { } refusal)
            return refusal;
        Cancelled(bySide, reason);
        return null;
    }

    /// <summary>The pair is no more; nobody is said to have cancelled. False where nothing was to come.</summary>
    public bool FallAway(DateTimeOffset now)
    {
        if (Closed(now) is not null)
            return false;
        Cancelled(null, CancelReasons.PartnershipEnded);
        return true;
    }

    public SessionRefusal? SayHeld(Side side, DateTimeOffset now)
    {
        if (State is not SessionState.Booked)
            return SessionRefusal.NotOpen;
        if (now < StartsAt)
            return SessionRefusal.NotStarted;
        State = SessionState.Held;
        HeldSaidBy = side;
        HeldSaidAt = now;
        Version++;
        return null;
    }

    /// <summary>Objects to a session being called held.</summary>
    public SessionRefusal? SayNotHeld(Side side, DateTimeOffset now)
    {
        if (State is not SessionState.Held)
            return SessionRefusal.NotOpen;
        if (HeldSaidBy == side)
            return SessionRefusal.NotYoursToObject;
        if (now > HeldSaidAt + TimeToObject)
            return SessionRefusal.TooLateToObject;
        State = SessionState.NotHeld;
        Version++;
        return null;
    }

    /// <summary>Its time has passed and nobody called it held. False where it is settled already, or its time is still to come.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="by">Whose side did not come. Where nobody says, the mentee's, who holds the authority over the time of both.</param>
    public bool Miss(DateTimeOffset now, Side by = Side.Mentee)
    {
        if (State is not SessionState.Booked || now < EndsAt)
            return false;
        State = SessionState.Missed;
        BySide = by;
        Version++;
        return true;
    }

    /// <param name="inCalendarOf">Who needs no invitation by mail.</param>
    public SessionBooked ToBooked(IReadOnlyList<Guid> inCalendarOf) =>
        new(Id, Version, PartnershipId, ProgrammeId, MentorId, MenteeId, StartsAt, EndsAt, Channel, Place, Sequence, inCalendarOf);

    /// <inheritdoc cref="ToBooked"/>
    public SessionMoved ToMoved(IReadOnlyList<Guid> inCalendarOf) =>
        new(Id, Version, PartnershipId, ProgrammeId, MentorId, MenteeId, StartsAt, EndsAt, Channel, Place, Sequence, inCalendarOf);

    /// <inheritdoc cref="ToBooked"/>
    public SessionCancelled ToCancelled(IReadOnlyList<Guid> inCalendarOf) => new(
        Id, Version, PartnershipId, ProgrammeId, MentorId, MenteeId, StartsAt, EndsAt, Channel, Place, Sequence,
        // Who ended a partnership is told to nobody, not even by what became of its sessions: always the same side.
        BySide ?? Side.Mentor,
        Reason ?? CancelReasons.Other,
        inCalendarOf);

    public SessionHeld ToHeld() => new(Id, Version, PartnershipId, ProgrammeId, MentorId, MenteeId, Wave, StartsAt);

    public SessionHeldRetracted ToHeldRetracted() => new(Id, Version, PartnershipId, ProgrammeId, MentorId, MenteeId, Wave, StartsAt);

    public SessionMissed ToMissed() => new(Id, Version, PartnershipId, ProgrammeId, MentorId, MenteeId, StartsAt, BySide ?? Side.Mentee);

    private SessionRefusal? Closed(DateTimeOffset now) =>
        State is not SessionState.Booked ? SessionRefusal.NotOpen
        : now >= StartsAt ? SessionRefusal.Over
        : null;

    private void Cancelled(Side? bySide, string reason)
    {
        State = SessionState.Cancelled;
        BySide = bySide;
        Reason = reason;
        Sequence++;
        Version++;
    }
}
