using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Proposals;

namespace Mentoring.Matching.Pairs;

/// <summary>
/// Two people who both said yes. It bears the id of its proposal, so that it is formed once, whoever answers at the same moment.
/// </summary>
public sealed class Pair
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required string Wave { get; init; }
    public required Guid MentorId { get; init; }
    public required Guid MenteeId { get; init; }
    public required IReadOnlyList<TopicLevel> Topics { get; init; }

    /// <summary>In a reciprocal programme, what the mentee brings; otherwise null.</summary>
    public IReadOnlyList<TopicLevel>? TopicsBack { get; init; }

    public required string Reason { get; init; }

    /// <summary>Agreed to in one reporting line, at the distance the programme allows.</summary>
    public required bool SameChain { get; init; }
    public required DateTimeOffset FormedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>A reorganisation has put one above the other: the programme manager decides what happens.</summary>
    public bool AuthorityBroken { get; private set; }

    public long Version { get; private set; } = 1;

    public static Pair From(Proposal proposal, DateTimeOffset now) => new()
    {
        Id = proposal.Id,
        ProgrammeId = proposal.ProgrammeId,
        Wave = proposal.Wave,
        MentorId = proposal.MentorId,
        MenteeId = proposal.MenteeId,
        Topics = proposal.Topics,
        TopicsBack = proposal.TopicsBack,
        Reason = proposal.Reason,
        SameChain = proposal.SameChain,
        FormedAt = now,
    };

    public PairFormed Formed() => new(Id, Version, ProgrammeId, MentorId, MenteeId, Wave, Topics, Reason, TopicsBack);

    /// <summary>Its time is over, for whatever reason; false when it already was.</summary>
    public bool End(DateTimeOffset now)
    {
        if (EndedAt is not null) return false;
        EndedAt = now;
        Version++;
        return true;
    }

    /// <summary>Whether one of the two is above the other now; true when that is news to the programme manager.</summary>
    public bool Recheck(bool authorityBroken)
    {
        if (AuthorityBroken == authorityBroken) return false;
        AuthorityBroken = authorityBroken;
        Version++;
        return authorityBroken;
    }

    public PairAuthorityBroken Broken() => new(Id, Version, ProgrammeId, MentorId, MenteeId);

    public PairDissolved Dissolved() => new(Id, Version, ProgrammeId, MentorId, MenteeId);
}
