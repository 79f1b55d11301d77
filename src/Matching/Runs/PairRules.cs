using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;

namespace Mentoring.Matching.Runs;

/// <summary>Which two people of a pool may be a pair under a policy: the hard rules, who is blocked, and the manager's bans.</summary>
internal sealed class PairRules
{
    public const string NotReady = "not-ready";

    private readonly HardRule[] _rules;
    private readonly Dictionary<Guid, int> _mentorAt;
    private readonly Dictionary<Guid, int> _menteeAt;
    private readonly HashSet<Couple> _blocked;
    private readonly HashSet<Couple> _bans;
    private readonly HashSet<Guid> _onBothSides;
    private readonly string[] _names;

    public PairRules(Policy policy, PoolSnapshot pool, IReadOnlyList<Couple> bans)
    {
        Policy = policy;
        _rules = HardRules.Of(policy);
        _names = [.. _rules.Select(rule => rule.Name), HardRules.BlockedPair, HardRules.Ban, HardRules.OtherWayRound];
        var words = new Vocabulary();
        Mentors = Profiles(pool.Mentors, policy.GapTopicsBack ?? []);
        Mentees = Profiles(pool.Mentees, policy.GapTopics);
        _mentorAt = Positions(Mentors);
        _menteeAt = Positions(Mentees);
        // Where each mentors the other, the two are the same pair whoever is called the mentor.
        var eitherWay = policy.Direction == Direction.Reciprocal;
        _blocked = [.. pool.Blocked, .. eitherWay ? pool.Blocked.Select(TheOtherWayRound) : []];
        _bans = [.. bans, .. eitherWay ? bans.Select(TheOtherWayRound) : []];
        _onBothSides = eitherWay ? [.. _mentorAt.Keys.Where(_menteeAt.ContainsKey)] : [];

        Profile[] Profiles(IReadOnlyList<Member> members, IReadOnlyList<string> gapTopics)
        {
            var profiles = new Profile[members.Count];
            Parallel.For(0, profiles.Length, i => profiles[i] = new Profile(members[i], gapTopics, pool.On, words));
            return profiles;
        }
    }

    public Policy Policy { get; }
    public Profile[] Mentors { get; }
    public Profile[] Mentees { get; }

    public int? MentorAt(Guid personId) => _mentorAt.TryGetValue(personId, out var at) ? at : null;

    public int? MenteeAt(Guid personId) => _menteeAt.TryGetValue(personId, out var at) ? at : null;

    public Profile? Find(Side side, Guid personId) => side == Side.Mentor
        ? MentorAt(personId) is { } mentor ? Mentors[mentor] : null
        : MenteeAt(personId) is { } mentee ? Mentees[mentee] : null;

    /// <summary>Whether the two may be a pair.</summary>
    public bool Allow(in Meeting two) => AllowThisWayRound(two) && !IsRatherTheOtherWayRound(two);

    /// <summary>As <see cref="Allow"/>, of two who are kept apart by nothing but what became of a proposal.</summary>
    public bool AllowUnblocked(in Meeting two) => (AllBroken(two) & ~BitsOf([HardRules.BlockedPair])) == 0;

    /// <summary>The first rule the two would break, or null when they may be a pair.</summary>
    public BrokenRule? Broken(Couple couple) => MentorAt(couple.MentorId) is { } mentor && MenteeAt(couple.MenteeId) is { } mentee
        ? Broken(Meeting.Of(Mentors[mentor], Mentees[mentee]))
        : new BrokenRule(NotReady, "One of the two is not ready to be matched in this programme.");

    /// <summary>The first rule the two would break, or null when they may be a pair.</summary>
    public BrokenRule? Broken(in Meeting two)
    {
        foreach (var rule in _rules)
            if (rule.IsBroken(Policy, two)) return new BrokenRule(rule.Name, rule.Words(Policy, two));
        return IsOneOf(_blocked, two)
            ? new BrokenRule(HardRules.BlockedPair, "They are or have been a pair here, or a proposal of theirs did not proceed.")
            : IsOneOf(_bans, two)
                ? new BrokenRule(HardRules.Ban, "The programme manager keeps these two apart in this run.")
                : IsRatherTheOtherWayRound(two)
                    ? new BrokenRule(HardRules.OtherWayRound, "Each mentors the other, so the two are one pair; it is considered with the other of them as the mentor.")
                    : null;
    }

    /// <summary>Every rule the two would break: a bit each, named by <see cref="NamesOf"/>.</summary>
    public int AllBroken(in Meeting two)
    {
        var broken = 0;
        for (var i = 0; i < _rules.Length; i++)
            if (_rules[i].IsBroken(Policy, two)) broken |= 1 << i;
        if (IsOneOf(_blocked, two)) broken |= 1 << _rules.Length;
        if (IsOneOf(_bans, two)) broken |= 1 << (_rules.Length + 1);
        if (IsRatherTheOtherWayRound(two)) broken |= 1 << (_rules.Length + 2);
        return broken;
    }

    public IReadOnlyList<string> NamesOf(int broken) => [.. _names.Where((_, i) => (broken & (1 << i)) != 0)];

    /// <summary>The bits of these rules.</summary>
    public int BitsOf(IEnumerable<string> names) => names.Select(name => Array.IndexOf(_names, name)).Where(i => i >= 0).Sum(i => 1 << i);

    /// <summary>Null when these pairs can all be kept at once; otherwise the first rule in the way.</summary>
    public BrokenRule? CheckLocks(IReadOnlyList<Couple> locks)
    {
        foreach (var couple in locks)
            if (Broken(couple) is { } broken) return broken;
        var unique = locks.Distinct().ToList();
        return unique.GroupBy(couple => couple.MentorId).Any(group => group.Count() > Mentors[MentorAt(group.Key)!.Value].FreePlaces)
            || unique.GroupBy(couple => couple.MenteeId).Any(group => group.Count() > Mentees[MenteeAt(group.Key)!.Value].FreePlaces)
            ? new BrokenRule(HardRules.Capacity, "Someone is locked into more pairs than there are places.")
            : null;
    }

    private bool AllowThisWayRound(in Meeting two)
    {
        foreach (var rule in _rules)
            if (rule.IsBroken(Policy, two)) return false;
        return !IsOneOf(_blocked, two) && !IsOneOf(_bans, two);
    }

    /// <summary>
    /// Both take part on both sides, and either may mentor the other: to be proposed to one another once they are considered one way round,
    /// always the same.
    /// </summary>
    private bool IsRatherTheOtherWayRound(in Meeting two) =>
        _onBothSides.Count > 0
        && two.Mentor.PersonId.CompareTo(two.Mentee.PersonId) > 0
        && _onBothSides.Contains(two.Mentor.PersonId)
        && _onBothSides.Contains(two.Mentee.PersonId)
        && AllowThisWayRound(Meeting.Of(Mentors[_mentorAt[two.Mentee.PersonId]], Mentees[_menteeAt[two.Mentor.PersonId]]));

    private static Couple TheOtherWayRound(Couple couple) => new(MentorId: couple.MenteeId, MenteeId: couple.MentorId);

    private static bool IsOneOf(HashSet<Couple> couples, in Meeting two) =>
        couples.Count > 0 && couples.Contains(new Couple(two.Mentor.PersonId, two.Mentee.PersonId));

    private static Dictionary<Guid, int> Positions(Profile[] profiles)
    {
        var positions = new Dictionary<Guid, int>(profiles.Length);
        for (var i = 0; i < profiles.Length; i++) positions.Add(profiles[i].PersonId, i);
        return positions;
    }
}
