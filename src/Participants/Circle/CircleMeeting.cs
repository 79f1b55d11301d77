using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Circle;

/// <summary>
/// A meeting of the mentors. Invariants: called for a time to come, of a length that fits a day; a cancelled or past one changes no more.
/// <see cref="Version"/> rises with every change, <see cref="Arrangement"/> with those that members must know of.
/// </summary>
public sealed class CircleMeeting
{
    public const int ShortestMinutes = 10;
    public const int LongestMinutes = 8 * 60;

    private CircleMeeting()
    {
    }

    public Guid Id { get; private set; }
    public Guid ProgrammeId { get; private set; }
    public long Version { get; private set; }

    /// <summary>How often it was called, moved or cancelled.</summary>
    public int Arrangement { get; private set; }

    public string Title { get; private set; } = null!;
    public DateTimeOffset StartsAt { get; private set; }
    public int Minutes { get; private set; }

    /// <summary>Where, in words or as a link.</summary>
    public string Place { get; private set; } = null!;

    /// <summary>What is to be talked about, in order.</summary>
    public IReadOnlyList<string> Agenda { get; private set; } = [];

    public bool Cancelled { get; private set; }

    public DateTimeOffset EndsAt => StartsAt.AddMinutes(Minutes);

    /// <returns>Null when that time is past.</returns>
    public static CircleMeeting? Call(Guid programmeId, MeetingPlan plan, DateTimeOffset now) => plan.StartsAt <= now ? null : new()
    {
        Id = Guid.CreateVersion7(now),
        ProgrammeId = programmeId,
        Version = 1,
        Arrangement = 1,
        Title = plan.Title,
        StartsAt = plan.StartsAt,
        Minutes = plan.Minutes,
        Place = plan.Place,
        Agenda = plan.Agenda,
    };

    public MeetingRefusal? Change(MeetingPlan plan, DateTimeOffset now)
    {
        if (Closed(now) is { } closed)
            return closed;
        if (plan.StartsAt <= now)
            return MeetingRefusal.InThePast;
        if ((plan.Title, plan.StartsAt, plan.Minutes, plan.Place) != (Title, StartsAt, Minutes, Place))
            Arrangement++;
        (Title, StartsAt, Minutes, Place, Agenda) = (plan.Title, plan.StartsAt, plan.Minutes, plan.Place, plan.Agenda);
        Version++;
        return null;
    }

    public MeetingRefusal? Cancel(DateTimeOffset now)
    {
        if (Closed(now) is { } closed)
            return closed;
        Cancelled = true;
        Arrangement++;
        Version++;
        return null;
    }

    public CircleMeetingArranged ToFact(IReadOnlyList<Guid> members) => new(Id, Arrangement, ProgrammeId, Title, StartsAt, EndsAt, Place, Cancelled, members);

    private MeetingRefusal? Closed(DateTimeOffset now) => Cancelled ? MeetingRefusal.Cancelled : StartsAt <= now ? MeetingRefusal.Begun : null;
}

/// <summary>What a meeting is to be.</summary>
public sealed record MeetingPlan(string Title, DateTimeOffset StartsAt, int Minutes, string Place, IReadOnlyList<string> Agenda);

public enum MeetingRefusal
{
    Cancelled,
    Begun,
    InThePast,
}
