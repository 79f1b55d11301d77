using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;

namespace Mentoring.Participants.Enrolment;

public enum ParticipantState
{
    Active,

    /// <summary>All places of this side are taken: nobody outside is told until one is free, and then the longest waiting takes it.</summary>
    Waiting,

    /// <summary>Stays enrolled but is not matched anew.</summary>
    Paused,

    /// <summary>Left, and stays so: who comes back enrols again.</summary>
    Withdrawn,
}

/// <summary>
/// One person's part in a programme, on one side. Invariants: it begins with the person's own consent to exactly what
/// <see cref="Snapshot"/> shows; a mentor is ready only when prepared (rule 4); nothing follows a withdrawal. <see cref="Version"/> rises
/// with every change that others are told of.
/// </summary>
public sealed class Participant
{
    private Participant()
    {
    }

    public Guid Id { get; private set; }
    public Guid ProgrammeId { get; private set; }
    public Guid PersonId { get; private set; }
    public Side Side { get; private set; }
    public ParticipantState State { get; private set; }
    public long Version { get; private set; }

    /// <summary>For a mentee; null for a mentor.</summary>
    public string? Wave { get; private set; }

    /// <summary>Which parts of the snapshot the person chose to share.</summary>
    public Sharing Sharing { get; private set; } = null!;

    public ParticipantSnapshot Snapshot { get; private set; } = null!;

    /// <summary>The modules passed, each with when.</summary>
    public IReadOnlyList<Proof> Proofs { get; private set; } = [];

    public DateTimeOffset? PreparedAt { get; private set; }
    public DateTimeOffset EnrolledAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public bool Ready => State == ParticipantState.Active && (Side == Side.Mentee || PreparedAt is not null);

    public static Participant Enrol(
        Guid id, Guid programmeId, Guid personId, Side side, string? wave, Sharing sharing, ParticipantSnapshot snapshot, bool waits, DateTimeOffset now) => new()
        {
            Id = id,
            ProgrammeId = programmeId,
            PersonId = personId,
            Side = side,
            State = waits ? ParticipantState.Waiting : ParticipantState.Active,
            Version = 1,
            Wave = side == Side.Mentee ? wave : null,
            Sharing = sharing,
            Snapshot = snapshot,
            EnrolledAt = now,
        };

    /// <summary>Out of the waiting list: takes part from now on.</summary>
    public void TakePlace()
    {
        if (State != ParticipantState.Waiting)
            throw new InvalidOperationException($"Only whoever waits takes a place; this one is {State}.");
        State = ParticipantState.Active;
        Version++;
    }

    /// <summary>Not matched anew until resumed; an existing pair goes on.</summary>
    public ParticipantRefusal? Pause() => Turn(ParticipantState.Active, ParticipantState.Paused);

    public ParticipantRefusal? Resume() => Turn(ParticipantState.Paused, ParticipantState.Active);

    /// <summary>Consent taken back: what was shared goes, the tombstone stays.</summary>
    public ParticipantRefusal? Withdraw(DateTimeOffset now)
    {
        if (State == ParticipantState.Withdrawn)
            return ParticipantRefusal.Withdrawn;
        State = ParticipantState.Withdrawn;
        WithdrawnAt = now;
        // A stage and an hour have no empty value; the first there is stands for none.
        Snapshot = new ParticipantSnapshot(default, "", null, "", [], [], [], [], [], default, default, ConsentsToSameChain: false);
        Version++;
        return null;
    }

    /// <summary>Takes what the same consent now shows. Returns whether anything changed.</summary>
    public bool Show(ParticipantSnapshot snapshot, string? wave)
    {
        var now = Side == Side.Mentee ? wave ?? Wave : null;
        if (State == ParticipantState.Withdrawn || (now == Wave && Same(snapshot, Snapshot)))
            return false;
        Snapshot = snapshot;
        Wave = now;
        Version++;
        return true;
    }

    /// <summary>Keeps the proof of a module, with its own date. Returns whether the person is prepared by it, which happens once.</summary>
    public bool Prove(Proof proof, IReadOnlyCollection<string> needed, DateTimeOffset now)
    {
        if (Proofs.All(known => known.Module != proof.Module))
            Proofs = [.. Proofs, proof];
        if (PreparedAt is not null || Remaining(needed).Count > 0)
            return false;
        PreparedAt = now;
        Version++;
        return true;
    }

    public IReadOnlyList<string> Remaining(IEnumerable<string> needed) => [.. needed.Where(module => Proofs.All(proof => proof.Module != module))];

    public ParticipantChanged ToFact() => new(Id, Version, ProgrammeId, PersonId, Side, PreparedAt is not null, Ready, Wave, Snapshot);

    private ParticipantRefusal? Turn(ParticipantState from, ParticipantState to)
    {
        if (State == ParticipantState.Withdrawn)
            return ParticipantRefusal.Withdrawn;
        if (State == ParticipantState.Waiting)
            return ParticipantRefusal.Waits;
        if (State != from)
            return from == ParticipantState.Active ? ParticipantRefusal.AlreadyPaused : ParticipantRefusal.NotPaused;
        State = to;
        Version++;
        return null;
    }

    // Records compare their lists by identity; what is stored and published is the JSON.
    private static bool Same(ParticipantSnapshot one, ParticipantSnapshot other) =>
        JsonSerializer.Serialize(one, Json.Options) == JsonSerializer.Serialize(other, Json.Options);
}

/// <summary>What the person chose to share beyond what matching cannot do without.</summary>
/// <param name="Location">The place of work.</param>
/// <param name="Interests">Self-chosen words: interests and working style.</param>
/// <param name="SameChain">Agrees to a pair in the same chain where the programme allows one at a distance.</param>
/// <param name="LivedExperience">A mentor's own words, for whoever a pair is proposed to.</param>
public sealed record Sharing(bool Location, bool Interests, bool SameChain, bool LivedExperience = false);

/// <summary>A module whose check was passed.</summary>
public sealed record Proof(string Module, DateTimeOffset At);

public enum ParticipantRefusal
{
    Withdrawn,

    /// <summary>On the waiting list, where there is nothing to pause.</summary>
    Waits,
    AlreadyPaused,
    NotPaused,
}
