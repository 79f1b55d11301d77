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
    private static readonly TimeSpan LongestTimeToAnswer = TimeSpan.FromDays(14);

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

    /// <summary>When the term it is in began: its activation, later the planned end it went on from. Null until activation.</summary>
    public DateTimeOffset? TermBeganAt { get; private set; }

    /// <summary>The first term is 1; each time it goes on begins the next.</summary>
    public int Term { get; private set; } = 1;

    /// <summary>When both were asked whether to go on after this term; null while they have not been.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>It has come to a planned end by its own time, and went on or was over.</summary>
    public bool ReachedPlannedEnd { get; private set; }

    /// <summary>When the two look at their charter together: half-way through the term. Null until activation.</summary>
    public DateTimeOffset? ReviewAt => EndsAt is { } ends && (TermBeganAt ?? ActivatedAt) is { } began ? began + ((ends - began) / 2) : null;

    public Series? Series { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public bool EndedEarly { get; private set; }

    public long Version { get; private set; }

    public bool Ended => EndedAt is not null;

    /// <summary>It is active, and no series could be planned for its term.</summary>
    public bool LacksCommonTime => !Ended && Series is { Booked: false, Slots.Count: 0 };

    /// <summary>A series is proposed and nobody has booked it.</summary>
    public bool AwaitsConfirmation => !Ended && Series is { Booked: false, Slots.Count: > 0 };

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
    public void PrefillCharter(ProgrammeTerms terms, SuggestedWording wording, DateTimeOffset now) =>
        Charter ??= Charter.Prefill(terms.Charter, wording, Topics, TopicsBack, now);

    /// <summary>Replaces the charter's text. The version that held until now; null where nothing differs.</summary>
    public Charter? ReviseCharter(CharterText text, Side by, DateTimeOffset now)
    {
        var before = Written();
        var revised = before.Revise(text, by, now);
        if (revised == before)
            return null;
        Charter = revised;
        Version++;
        return before;
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
        TermBeganAt = now;
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

    /// <summary>When both are to be asked whether to go on: two weeks before the end, or half-way through a term that is shorter than four.</summary>
    public DateTimeOffset? QuestionAt => EndsAt is not { } ends || ReviewAt is not { } halfWay ? null
        : ends - LongestTimeToAnswer > halfWay ? ends - LongestTimeToAnswer
        : halfWay;

    /// <summary>Asks both whether to go on. False where there is nothing to ask, or no time left to answer.</summary>
    public bool Ask(DateTimeOffset now)
    {
        if (Ended || AskedAt is not null || EndsAt is not { } ends || now >= ends)
            return false;
        AskedAt = now;
        Version++;
        return true;
    }

    /// <summary>Both may answer, and answer otherwise, from the question to the planned end.</summary>
    public bool MayAnswer(DateTimeOffset now) => !Ended && AskedAt is not null && now < EndsAt;

    /// <summary>Goes on for another term from its planned end; the charter stays as it is signed.</summary>
    public void GoOn(DateTimeOffset until)
    {
        TermBeganAt = EndsAt;
        EndsAt = until;
        AskedAt = null;
        ReachedPlannedEnd = true;
        Term++;
        Version++;
    }

    /// <summary>Its planned end has come and it does not go on. False where it had ended before.</summary>
    public bool EndAsPlanned(DateTimeOffset now)
    {
        if (!End(early: false, now))
            return false;
        ReachedPlannedEnd = true;
        return true;
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

    /// <param name="revision">What the other side is told of.</param>
    public CharterRevised ToCharterRevised(Revision revision) => new(
        Id, Version, ProgrammeId, MentorId, MenteeId, revision.By, Written().Version, revision.Substance, revision.SignaturesTaken);

    public ContinuationAsked ToAsked(DateTimeOffset? closingAt, IReadOnlyList<DateTimeOffset> closingSlots) => new(
        Id, Version, ProgrammeId, MentorId, MenteeId, EndsAt ?? throw new InvalidOperationException("It has not begun."), closingAt, closingSlots);

    public PlannedEndReached ToPlannedEndReached() => new(
        Id, Version, ProgrammeId, MentorId, MenteeId, Continued: Term > 1, Term, Ended ? null : EndsAt, Ended ? null : ReviewAt);

    public PartnershipEnded ToEnded() => new(Id, Version, ProgrammeId, MentorId, MenteeId, EndedEarly);

    private Charter Written() => Charter ?? throw new InvalidOperationException("The charter has not been prefilled.");
}
