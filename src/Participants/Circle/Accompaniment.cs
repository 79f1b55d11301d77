using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Circle;

public enum AccompanimentState
{
    /// <summary>A new mentor would like company; every alumnus of the circle sees it.</summary>
    Asked,

    /// <summary>One of them gives it.</summary>
    Going,

    /// <summary>Taken back or over; who asks again asks anew.</summary>
    Ended,
}

/// <summary>
/// A mentor who has gone before keeps a new one company. The new one asks, an alumnus takes it up, either ends it without a reason. It says nothing of
/// anybody's pair.
/// </summary>
public sealed class Accompaniment
{
    private Accompaniment()
    {
    }

    public Guid Id { get; private set; }
    public Guid ProgrammeId { get; private set; }
    public Guid MentorId { get; private set; }

    /// <summary>Null until somebody takes it up.</summary>
    public Guid? AlumnusId { get; private set; }

    public AccompanimentState State { get; private set; }
    public long Version { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }

    public static Accompaniment Ask(Guid programmeId, Guid mentorId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ProgrammeId = programmeId,
        MentorId = mentorId,
        Version = 1,
        AskedAt = now,
    };

    public AccompanimentRefusal? TakeUp(Guid alumnusId)
    {
        if (MentorId == alumnusId)
            return AccompanimentRefusal.OwnRequest;
        if (State != AccompanimentState.Asked)
            return AccompanimentRefusal.NotOpen;
        (State, AlumnusId) = (AccompanimentState.Going, alumnusId);
        Version++;
        return null;
    }

    public AccompanimentRefusal? End()
    {
        if (State == AccompanimentState.Ended)
            return AccompanimentRefusal.NotOpen;
        State = AccompanimentState.Ended;
        Version++;
        return null;
    }

    public bool IsOf(Guid personId) => MentorId == personId || AlumnusId == personId;

    public AccompanimentBegun ToFact() => new(Id, Version, ProgrammeId, MentorId, AlumnusId!.Value);
}

public enum AccompanimentRefusal
{
    NotOpen,
    OwnRequest,
}
