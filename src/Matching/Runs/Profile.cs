using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using NodaTime;

namespace Mentoring.Matching.Runs;

/// <summary>A member of the pool, laid out for being compared with many others.</summary>
internal sealed class Profile
{
    private const int Day = 24 * 60;

    // Offsets differ over the year where only one side has daylight saving: the hours must fit half a year later as well.
    private readonly (int Start, int End)[] _workingDays;

    public Profile(Member member, Policy policy, DateOnly on)
    {
        Member = member;
        var snapshot = member.Snapshot;
        Offers = Best(snapshot.Offers);
        Needs = Best(snapshot.Needs);
        GapNeeds = policy.GapTopics.Count == 0 ? [.. Needs.Values] : [.. Needs.Values.Where(need => policy.GapTopics.Contains(need.Topic))];
        PriorityNeeds = [.. Needs.Values.Where(need => need.Priority)];
        Languages = [.. snapshot.Languages.Select(PrimarySubtag).Distinct()];
        UnitPath = snapshot.UnitPath.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Interests = snapshot.Interests.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(snapshot.TimeZone) ?? DateTimeZone.Utc;
        _workingDays = [WorkingDay(on), WorkingDay(on.AddDays(26 * 7))];

        (int, int) WorkingDay(DateOnly day)
        {
            var offset = zone.GetUtcOffset(LocalDate.FromDateOnly(day).AtMidnight().InZoneLeniently(zone).ToInstant()).Seconds / 60;
            var start = Minutes(snapshot.DayStartsAt);
            var end = Minutes(snapshot.DayEndsAt);
            // A night shift ends on the next day.
            if (end <= start) end += Day;
            return (start - offset, end - offset);
        }
    }

    public Member Member { get; }
    public Guid PersonId => Member.PersonId;
    public ParticipantSnapshot Snapshot => Member.Snapshot;
    public Dictionary<string, TopicLevel> Offers { get; }
    public Dictionary<string, TopicLevel> Needs { get; }

    /// <summary>The needs among the programme's topics; all of them where the programme names an area instead of topics.</summary>
    public TopicLevel[] GapNeeds { get; }

    /// <summary>The needs that carry a strategic priority.</summary>
    public TopicLevel[] PriorityNeeds { get; }

    public string[] Languages { get; }
    public string[] UnitPath { get; }
    public HashSet<string> Interests { get; }

    /// <summary>What this one, as mentor, brings of what the other needs: the mentor's level, the mentee's priority; by topic.</summary>
    public IReadOnlyList<TopicLevel> Brings(Profile mentee) =>
    [
        .. mentee.Needs.Values.Where(need => Offers.ContainsKey(need.Topic))
            .Select(need => Offers[need.Topic] with { Priority = need.Priority })
            .OrderByDescending(topic => topic.Level).ThenBy(topic => topic.Topic, StringComparer.Ordinal),
    ];

    public bool BringsAnything(Profile mentee)
    {
        foreach (var topic in mentee.Needs.Keys)
            if (Offers.ContainsKey(topic)) return true;
        return false;
    }

    /// <summary>How many levels lie between the two in one chain, either way; null when neither is above the other.</summary>
    public int? DistanceTo(Profile other) => ReportingLine.Distance(PersonId, Member.Chain, other.PersonId, other.Member.Chain);

    /// <summary>Minutes that both working days have in common, at the worse time of the year.</summary>
    public int CommonMinutes(Profile other)
    {
        var least = Day;
        for (var season = 0; season < _workingDays.Length; season++)
        {
            var (mine, theirs) = (_workingDays[season], other._workingDays[season]);
            var common = 0;
            // Days repeat: one person's evening may be the other's next morning.
            for (var shift = -2 * Day; shift <= 2 * Day; shift += Day)
                common += Math.Max(0, Math.Min(mine.End, theirs.End + shift) - Math.Max(mine.Start, theirs.Start + shift));
            least = Math.Min(least, common);
        }
        return least;
    }

    private static Dictionary<string, TopicLevel> Best(IReadOnlyList<TopicLevel> topics)
    {
        var best = new Dictionary<string, TopicLevel>(StringComparer.Ordinal);
        foreach (var topic in topics)
            if (!best.TryGetValue(topic.Topic, out var known) || known.Level < topic.Level) best[topic.Topic] = topic;
        return best;
    }

    private static string PrimarySubtag(string language) => language.Split('-', '_')[0].ToLowerInvariant();

    private static int Minutes(TimeOnly time) => time.Hour * 60 + time.Minute;
}
