using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;

namespace Mentoring.Matching.Proposals;

public enum ProposalState
{
    /// <summary>The junior is asked; nobody else sees it.</summary>
    AskingFirst,

    /// <summary>The junior has accepted and the senior is asked.</summary>
    AskingSecond,

    /// <summary>Both have accepted: a pair.</summary>
    Accepted,

    /// <summary>Ended without a pair. Whatever the cause, it is not kept: nobody can be shown what is nowhere written.</summary>
    NotProceeding,
}

/// <summary>
/// Two people, asked one after the other whether to form a pair: the junior first, the senior only what the junior accepted. An open
/// proposal holds a <see cref="Place"/> on both sides.
/// </summary>
public sealed class Proposal
{
    /// <summary>The last version of whatever ends without a pair: counted, the steps would tell of a reminder, and so whether there was an answer.</summary>
    private const long LastVersion = 1_000;

    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required string Wave { get; init; }
    public required Guid MentorId { get; init; }
    public required Guid MenteeId { get; init; }

    /// <summary>The junior's side: the mentor where the programme mentors upwards, the mentee where it mentors downwards.</summary>
    public required Side FirstSide { get; init; }

    public required IReadOnlyList<TopicLevel> Topics { get; init; }

    /// <summary>In a reciprocal programme, what the mentee brings; otherwise null.</summary>
    public IReadOnlyList<TopicLevel>? TopicsBack { get; init; }

    public required string Reason { get; init; }
    public required Exchange Exchange { get; init; }

    /// <summary>In one reporting line at the distance allowed: the mentee confirms having no part in the mentor's pay, appraisal or promotion.</summary>
    public required bool SameChain { get; init; }

    public ProposalState State { get; private set; } = ProposalState.AskingFirst;

    /// <summary>When the one who is asked now has to have answered.</summary>
    public required DateTimeOffset RespondBy { get; set; }

    /// <summary>The senior has been asked, and so may see it.</summary>
    public bool SecondWasAsked { get; private set; }

    /// <summary>Who is asked now has asked for more, which each may once.</summary>
    public bool MoreWasAsked { get; private set; }

    public long Version { get; private set; } = 1;

    /// <summary>
    /// When it ends for everybody; null while an answer is awaited. Whatever the cause, that is the next <see cref="Morning"/>, so that neither
    /// the moment nor a place that is suddenly free tells of anybody's answer.
    /// </summary>
    public DateTimeOffset? EndsAt { get; private set; }

    public bool IsOpen => State is ProposalState.AskingFirst or ProposalState.AskingSecond;

    /// <summary>Whose answer is awaited; null when nobody's.</summary>
    public Side? AskedSide => EndsAt is null ? LastAskedSide : null;

    /// <summary>Who was asked last, of an open one.</summary>
    public Side? LastAskedSide => State switch
    {
        ProposalState.AskingFirst => FirstSide,
        ProposalState.AskingSecond => Other(FirstSide),
        _ => null,
    };

    public Couple Couple => new(MentorId, MenteeId);

    public Guid PersonOn(Side side) => side == Side.Mentor ? MentorId : MenteeId;

    /// <summary>The side a person is on; null for somebody else, and for the senior before being asked.</summary>
    public Side? SideOf(Guid personId) =>
        personId == PersonOn(FirstSide) ? FirstSide
        : personId == PersonOn(Other(FirstSide)) && SecondWasAsked ? Other(FirstSide)
        : null;

    public ProposalAnswer Accept(Side by, bool confirmsNoAuthority)
    {
        if (AskedSide != by) return ProposalAnswer.NotOpen;
        if (SameChain && by == Side.Mentee && !confirmsNoAuthority) return ProposalAnswer.AuthorityConfirmationMissing;
        Version++;
        if (State == ProposalState.AskingSecond)
        {
            State = ProposalState.Accepted;
            return ProposalAnswer.BothAccepted;
        }
        State = ProposalState.AskingSecond;
        SecondWasAsked = true;
        MoreWasAsked = false;
        return ProposalAnswer.OtherIsAsked;
    }

    /// <summary>No answer is awaited any more: one was no, or did not come in time, or someone is no longer there.</summary>
    public void EndNextMorning(DateTimeOffset now)
    {
        EndsAt ??= Morning.After(now);
        Version++;
    }

    /// <summary>Whoever is asked wants to know more before answering, and to have the time for it.</summary>
    public ProposalAnswer AskForMore(Side by)
    {
        if (AskedSide != by) return ProposalAnswer.NotOpen;
        if (MoreWasAsked) return ProposalAnswer.MoreWasAsked;
        MoreWasAsked = true;
        Version++;
        return ProposalAnswer.HasMoreTime;
    }

    /// <summary>Ends it without a pair, for everybody.</summary>
    /// <returns>Those who had said yes.</returns>
    public IReadOnlyList<Guid> End()
    {
        IReadOnlyList<Guid> saidYes = State == ProposalState.AskingSecond ? [PersonOn(FirstSide)] : [];
        State = ProposalState.NotProceeding;
        Version = LastVersion;
        // As if it had run out of time this morning, whatever it was.
        (RespondBy, MoreWasAsked) = (EndsAt ?? RespondBy, false);
        return saidYes;
    }

    /// <summary>The one who is asked is asked again.</summary>
    public void Remind() => Version++;

    public static Side Other(Side side) => side == Side.Mentor ? Side.Mentee : Side.Mentor;
}

/// <summary>What became of an answer.</summary>
public enum ProposalAnswer
{
    OtherIsAsked,
    BothAccepted,
    HasMoreTime,
    NotOpen,
    AuthorityConfirmationMissing,
    MoreWasAsked,
}

/// <summary>The exchange spelled out, for each side: what one gains and what one gives.</summary>
public sealed record Exchange(string MentorGains, string MentorGives, string MenteeGains, string MenteeGives)
{
    public static Exchange Of(Runs.Gains gains, IReadOnlyList<TopicLevel> topics, Programme programme)
    {
        var time = $"{programme.SessionMinutes} minutes a session, in paid working time";
        var knowledge = topics.Count > 0
            ? $"What you know of {Runs.Criteria.List([.. topics.Take(3).Select(topic => topic.Label)])}"
            : "Your view of the organisation";
        return new Exchange(
            gains.Mentor,
            $"{knowledge}; {time}.",
            gains.Mentee,
            $"Your attention and your candour, and how decisions are made where you stand; {time}.");
    }

    public string GainsOf(Side side) => side == Side.Mentor ? MentorGains : MenteeGains;

    public string GivesOf(Side side) => side == Side.Mentor ? MentorGives : MenteeGives;
}

/// <summary>
/// A place of a person in a programme that a proposal or pair holds. Its key is what keeps two proposals from holding the same one,
/// however they race.
/// </summary>
public sealed class Place
{
    public required Guid ProgrammeId { get; init; }
    public required Side Side { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>From 1 to the capacity of the side.</summary>
    public required int Number { get; init; }

    /// <summary>The proposal, and then the pair, which bears the same id.</summary>
    public required Guid HeldBy { get; init; }
}
