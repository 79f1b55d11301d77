using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Partnerships;

namespace Mentoring.Scheduling.Notes;

/// <summary>Why the opening of a pair's notes was refused.</summary>
public enum GlassRefusal
{
    /// <summary>Whoever asked may not open it as well.</summary>
    NeedsAnother,

    /// <summary>It was opened before, or asked for too long ago.</summary>
    NotWaiting,
}

/// <summary>
/// The glass in front of what a pair wrote, and its breaking: one safeguarding contact asks with a cause, another opens, and for a while both of them
/// can read. The two are told at that moment, and nobody can take that back.
/// </summary>
/// <remarks>Private notes stay behind it: nothing here opens them.</remarks>
public sealed class Glass
{
    public const string Law = "law";
    public const string Safety = "safety";

    /// <summary>Characters.</summary>
    public const int LongestReason = 2_000;

    /// <summary>After that it has to be asked for anew.</summary>
    public static readonly TimeSpan TimeToOpen = TimeSpan.FromDays(7);

    public static readonly TimeSpan TimeToRead = TimeSpan.FromDays(3);

    private Glass()
    {
    }

    public Guid Id { get; private init; }

    public Guid PartnershipId { get; private init; }

    /// <summary><see cref="Law"/> or <see cref="Safety"/>.</summary>
    public string Cause { get; private init; } = "";

    /// <summary>In words, for the other safeguarding contacts; the two do not read it.</summary>
    public string Reason { get; private init; } = "";

    public Guid AskedBy { get; private init; }

    public DateTimeOffset AskedAt { get; private init; }

    public Guid? OpenedBy { get; private set; }

    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>Until when it can be read; null before it is open.</summary>
    public DateTimeOffset? ClosesAt { get; private set; }

    public long Version { get; private set; }

    public static Glass Ask(Guid partnershipId, string cause, string reason, Guid by, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PartnershipId = partnershipId,
        Cause = cause,
        Reason = reason,
        AskedBy = by,
        AskedAt = now,
        Version = 1,
    };

    public GlassRefusal? Open(Guid by, DateTimeOffset now)
    {
        if (OpenedAt is not null || now >= AskedAt + TimeToOpen)
            return GlassRefusal.NotWaiting;
        if (by == AskedBy)
            return GlassRefusal.NeedsAnother;
        (OpenedBy, OpenedAt, ClosesAt) = (by, now, now + TimeToRead);
        Version++;
        return null;
    }

    /// <summary>By one of the two who opened it, while it is open.</summary>
    public bool MayRead(Guid personId, DateTimeOffset now) => (personId == AskedBy || personId == OpenedBy) && now < ClosesAt;

    public string StateAt(DateTimeOffset now) =>
        ClosesAt is { } closes ? now < closes ? "open" : "closed"
        : now < AskedAt + TimeToOpen ? "waiting"
        : "lapsed";

    public PairNotesOpened ToOpened(Partnership pair) => new(
        Id, Version, PartnershipId, pair.ProgrammeId, pair.MentorId, pair.MenteeId, Cause,
        OpenedAt ?? throw new InvalidOperationException("It is not open."), ClosesAt ?? throw new InvalidOperationException("It is not open."));
}
