using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;

namespace Mentoring.Matching.Runs;

/// <summary>Which two people of a pool may be a pair under a policy: the hard rules, who is blocked, and the manager's bans.</summary>
internal sealed class PairRules
{
    public const string NotReady = "not-ready";

    private readonly PoolSnapshot _pool;
    private readonly Dictionary<Guid, int> _mentorAt;
    private readonly Dictionary<Guid, int> _menteeAt;
    private readonly HashSet<Couple> _blocked;
    private readonly HashSet<Couple> _bans;

    public PairRules(Policy policy, PoolSnapshot pool, IReadOnlyList<Couple> bans)
    {
        Policy = policy;
        _pool = pool;
        Mentors = [.. pool.Mentors.Select(member => new Profile(member, policy, pool.On))];
        Mentees = [.. pool.Mentees.Select(member => new Profile(member, policy, pool.On))];
        _mentorAt = Positions(Mentors);
        _menteeAt = Positions(Mentees);
        _blocked = [.. pool.Blocked];
        _bans = [.. bans];
    }

    public Policy Policy { get; }
    public Profile[] Mentors { get; }
    public Profile[] Mentees { get; }

    public int? MentorAt(Guid personId) => _mentorAt.TryGetValue(personId, out var at) ? at : null;

    public int? MenteeAt(Guid personId) => _menteeAt.TryGetValue(personId, out var at) ? at : null;

    /// <summary>The first rule the two would break, or null when they may be a pair.</summary>
    public BrokenRule? Broken(Couple couple) => MentorAt(couple.MentorId) is { } mentor && MenteeAt(couple.MenteeId) is { } mentee
        ? Broken(Mentors[mentor], Mentees[mentee])
        : new BrokenRule(NotReady, "One of the two is not ready to be matched in this programme.");

    /// <summary>The first rule the two would break, or null when they may be a pair.</summary>
    public BrokenRule? Broken(Profile mentor, Profile mentee)
    {
        if (HardRules.FirstBroken(Policy, mentor, mentee) is { } broken) return broken;
        var couple = new Couple(mentor.PersonId, mentee.PersonId);
        if (_blocked.Contains(couple))
            return new BrokenRule(HardRules.BlockedPair, "They are or have been a pair here, or a proposal of theirs did not proceed.");
        return _bans.Contains(couple) ? new BrokenRule(HardRules.Ban, "The programme manager keeps these two apart in this run.") : null;
    }

    /// <summary>Every rule the two would break, by name.</summary>
    public IReadOnlyList<string> AllBroken(Profile mentor, Profile mentee)
    {
        var broken = HardRules.AllBroken(Policy, mentor, mentee);
        var couple = new Couple(mentor.PersonId, mentee.PersonId);
        return _blocked.Contains(couple) ? [.. broken, HardRules.BlockedPair]
            : _bans.Contains(couple) ? [.. broken, HardRules.Ban]
            : broken;
    }

    /// <summary>Null when these pairs can all be kept at once; otherwise the first rule in the way.</summary>
    public BrokenRule? CheckLocks(IReadOnlyList<Couple> locks)
    {
        foreach (var couple in locks)
            if (Broken(couple) is { } broken) return broken;
        var unique = locks.Distinct().ToList();
        return unique.GroupBy(couple => couple.MentorId).Any(group => group.Count() > _pool.Find(Side.Mentor, group.Key)!.FreePlaces)
            || unique.GroupBy(couple => couple.MenteeId).Any(group => group.Count() > _pool.Find(Side.Mentee, group.Key)!.FreePlaces)
            ? new BrokenRule(HardRules.Capacity, "Someone is locked into more pairs than there are places.")
            : null;
    }

    private static Dictionary<Guid, int> Positions(Profile[] profiles)
    {
        var positions = new Dictionary<Guid, int>(profiles.Length);
        for (var i = 0; i < profiles.Length; i++) positions.Add(profiles[i].PersonId, i);
        return positions;
    }
}
