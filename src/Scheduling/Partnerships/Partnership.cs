using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Programmes;
using Mentoring.Scheduling.Sessions;

namespace Mentoring.Scheduling.Partnerships;

public enum PartnershipState
{
    /// <summary>The charter is not signed by both, or not both are prepared.</summary>
    Forming,
    Active,
    Ended,
}

/// <summary>The whole series as proposed at activation, and as booked from it.</summary>
public sealed record Series(bool Booked, IReadOnlyList<ProposedSlot> Slots);

/// <summary>One time of a series, with what it costs each side: minutes inside the first or last hour of that person's day.</summary>
public sealed record ProposedSlot(TimeSlot Slot, int MentorInconvenience, int MenteeInconvenience);

/// <summary>
/// Two people who meet, from the pair's forming to its end; bears the pair's id.
/// </summary>
/// <remarks>
/// Active once both have signed the same charter and both are prepared; that a person is prepared is not kept here but asked of
/// <see cref="Preparation"/>, so that its fact may come before or after the pair's. An end is final, and who ended it is not kept.
/// </remarks>
public sealed class Partnership
{
    private Partnership()
    {
    }

    public Guid Id { get; private init; }

    public Guid ProgrammeId { get; private init; }

    public Guid MentorId { get; private init; }

    public Guid MenteeId { get; private init; }

    public string Wave { get; private init; } = "";

    /// <summary>What the mentor brings, in words.</summary>
    public IReadOnlyList<string> Topics { get; private init; } = [];

    /// <summary>In a reciprocal programme, what the mentee brings, in words; otherwise null.</summary>
    public IReadOnlyList<string>? TopicsBack { get; private init; }

    /// <summary>Why this pair, in a sentence both may read.</summary>
    public string Reason { get; private init; } = "";

    public DateTimeOffset FormedAt { get; private init; }

    /// <summary>Null only while the programme's terms have not arrived.</summary>
    public Charter? Charter { get; private set; }

    public DateTimeOffset? SignedAt { get; private set; }

    public DateTimeOffset? ActivatedAt { get; private set; }

    /// <summary>When it is over by plan; known from activation.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    public Series? Series { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public bool EndedEarly { get; private set; }

    public long Version { get; private set; }

    public bool Ended => EndedAt is not null;

    public static Partnership Form(PairFormed fact, DateTimeOffset now) => new()
    {
        Id = fact.PairId,
        ProgrammeId = fact.ProgrammeId,
        MentorId = fact.MentorId,
        MenteeId = fact.MenteeId,
        Wave = fact.Wave,
        Topics = [.. fact.Topics.Select(topic => topic.Label)],
        TopicsBack = fact.TopicsBack is { } back ? [.. back.Select(topic => topic.Label)] : null,
        Reason = fact.Reason,
        FormedAt = now,
        Version = 1,
    };

    public Side? SideOf(Guid personId) =>
        personId == MentorId ? Side.Mentor
        : personId == MenteeId ? Side.Mentee
        : null;

    public PartnershipState StateWhen(Prepared prepared) =>
        Ended ? PartnershipState.Ended
        : Charter is { Signed: true } && prepared.Both ? PartnershipState.Active
        : PartnershipState.Forming;

    /// <summary>Writes the first version from the programme's terms; once.</summary>
    public void PrefillCharter(ProgrammeTerms terms) => Charter ??= Charter.Prefill(terms.Charter, Topics, TopicsBack);

    /// <summary>Replaces the charter's text; false where nothing differs.</summary>
    public bool ReviseCharter(CharterText text)
    {
        var revised = Written().Revise(text);
        if (revised == Charter)
            return false;
        Charter = revised;
        Version++;
        return true;
    }

    /// <summary>Signs for one side. <c>Completed</c> when this was the second signature.</summary>
    public (bool Completed, SigningRefusal? Refusal) Sign(Side side, int version, DateTimeOffset now)
    {
        var before = Written();
        var (after, refusal) = before.Sign(side, version);
        if (refusal is not null || after == before)
            return (false, refusal);
        Charter = after;
        Version++;
        if (!after.Signed)
            return (false, null);
        SignedAt = now;
        return (true, null);
    }

    public void Activate(DateTimeOffset now, DateTimeOffset endsAt)
    {
        ActivatedAt = now;
        EndsAt = endsAt;
        Version++;
    }

    public void Propose(IReadOnlyList<ProposedSlot> slots)
    {
        Series = new Series(false, slots);
        Version++;
    }

    public void BookSeries(IReadOnlyList<ProposedSlot> slots)
    {
        Series = new Series(true, slots);
        Version++;
    }

    /// <summary>Ends it. False where it had ended before.</summary>
    public bool End(bool early, DateTimeOffset now)
    {
        if (Ended)
            return false;
        EndedAt = now;
        EndedEarly = early;
        Version++;
        return true;
    }

    public CharterSigned ToCharterSigned() => new(Id, Version, ProgrammeId, MentorId, MenteeId, Written().Version, SignedAt ?? FormedAt);

    public PartnershipEnded ToEnded() => new(Id, Version, ProgrammeId, MentorId, MenteeId, EndedEarly);

    private Charter Written() => Charter ?? throw new InvalidOperationException("The charter has not been prefilled.");
}
