using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using NodaTime;

namespace Mentoring.Matching.Runs;

/// <summary>A topic somebody offers or needs, by number.</summary>
/// <param name="Topic">From the pool's <see cref="Vocabulary"/>.</param>
/// <param name="Level">1 to 5.</param>
/// <param name="InGap">One of the programme's topics for this side; all are where the programme names an area instead.</param>
/// <param name="Priority">A need that carries a strategic priority.</param>
internal readonly record struct Known(int Topic, byte Level, bool InGap, bool Priority);

/// <summary>
/// A member of the pool, laid out for being compared with many others: millions of comparisons are made, so a comparison allocates nothing
/// and looks nothing up. Words are made from the snapshot, of the few pairs that are told of.
/// </summary>
internal sealed class Profile
{
    private const int Day = 24 * 60;
    private const string StyleMark = "style: ";

    // Offsets differ over the year where only one side has daylight saving: the hours must fit half a year later as well.
    private readonly (int Start, int End) _now;
    private readonly (int Start, int End) _halfAYearOn;
    private readonly IReadOnlyList<string> _gapTopics;

    // Nearly nobody stands in anybody's chain, and few need what few offer: a look at a bit of 64 says so for most.
    private readonly int _number;
    private readonly ulong _chainBits;
    private readonly ulong _offerBits;
    private readonly ulong _needBits;

    /// <param name="member">Who.</param>
    /// <param name="gapTopics">The programme's topics that this side may need; none where the programme names an area.</param>
    /// <param name="on">The day the pool was taken.</param>
    /// <param name="words">Shared by everybody in the pool.</param>
    public Profile(Member member, IReadOnlyList<string> gapTopics, DateOnly on, Vocabulary words)
    {
        Member = member;
        _gapTopics = gapTopics;
        var snapshot = member.Snapshot;
        (Wave, FreePlaces, Stage, Grade) = (member.Wave, member.FreePlaces, snapshot.Stage, snapshot.Grade);
        _number = member.PersonId.GetHashCode();
        foreach (var above in member.Chain) _chainBits |= Bit(above.GetHashCode());
        Offers = Numbered(snapshot.Offers);
        Needs = Numbered(snapshot.Needs);
        foreach (var offer in Offers) _offerBits |= Bit(offer.Topic);
        foreach (var need in Needs) _needBits |= Bit(need.Topic);
        GapNeeds = Needs.Count(need => need.InGap);
        PriorityNeeds = Needs.Count(need => need.Priority);
        Languages = Rising(snapshot.Languages, language => words.NumberOf(language.Split('-', '_')[0]));
        // A word of style is another one than the same word of interest.
        Interests = snapshot.WorkingStyle is { Count: > 0 } styles
            ? Rising([.. snapshot.Interests, .. styles.Select(style => StyleMark + style)], words.NumberOf)
            : Rising(snapshot.Interests, words.NumberOf);
        Channels = [.. snapshot.Channels.Select(words.NumberOf)];
        var path = snapshot.UnitPath.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Unit = words.NumberOf(string.Join('/', path));
        PartOfOrganisation = words.NumberOf(path.FirstOrDefault() ?? "");
        Location = snapshot.Location is { } location ? words.NumberOf(location) : null;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(snapshot.TimeZone) ?? DateTimeZone.Utc;
        (_now, _halfAYearOn) = (WorkingDay(on), WorkingDay(on.AddDays(26 * 7)));

        (int, int) WorkingDay(DateOnly day)
        {
            var offset = zone.GetUtcOffset(LocalDate.FromDateOnly(day).AtMidnight().InZoneLeniently(zone).ToInstant()).Seconds / 60;
            var start = Minutes(snapshot.DayStartsAt);
            var end = Minutes(snapshot.DayEndsAt);
            // A night shift ends on the next day.
            if (end <= start) end += Day;
            return (start - offset, end - offset);
        }

        // By hand, for it is done for everybody twice: a list of a few, sorted, and of equal topics the highest level kept.
        Known[] Numbered(IReadOnlyList<TopicLevel> topics)
        {
            var known = new Known[topics.Count];
            for (var i = 0; i < known.Length; i++)
                known[i] = new Known(words.NumberOf(topics[i].Topic), (byte)topics[i].Level, IsInGap(topics[i]), topics[i].Priority);
            Array.Sort(known, (one, other) => one.Topic != other.Topic ? one.Topic.CompareTo(other.Topic) : other.Level.CompareTo(one.Level));
            var kept = 0;
            for (var i = 0; i < known.Length; i++)
                if (kept == 0 || known[kept - 1].Topic != known[i].Topic) known[kept++] = known[i];
            return kept == known.Length ? known : known[..kept];
        }
    }

    public Member Member { get; }
    public Guid PersonId => Member.PersonId;
    public ParticipantSnapshot Snapshot => Member.Snapshot;
    public string? Wave { get; }
    public int FreePlaces { get; private set; }
    public CareerStage Stage { get; }
    public int? Grade { get; }

    /// <summary>The same person with another number of places.</summary>
    public Profile With(int freePlaces)
    {
        var other = (Profile)MemberwiseClone();
        other.FreePlaces = freePlaces;
        return other;
    }

    /// <summary>By rising topic, as all lists here, so that two are compared in one walk.</summary>
    public Known[] Offers { get; }

    public Known[] Needs { get; }

    /// <summary>How many needs are among the programme's topics.</summary>
    public int GapNeeds { get; }

    /// <summary>How many needs carry a strategic priority.</summary>
    public int PriorityNeeds { get; }

    public int[] Languages { get; }

    /// <summary>And working style.</summary>
    public int[] Interests { get; }

    /// <summary>The best first.</summary>
    public int[] Channels { get; }

    public int Unit { get; }
    public int PartOfOrganisation { get; }
    public int? Location { get; }

    /// <summary>What this one, as the one who brings, has of what the other needs: this one's level, the other's priority; the best known first.</summary>
    public IReadOnlyList<TopicLevel> Brings(Profile other)
    {
        if ((_offerBits & other._needBits) == 0) return [];
        var offers = Best(Snapshot.Offers).ToDictionary(offer => offer.Topic, StringComparer.Ordinal);
        return
        [
            .. Best(other.Snapshot.Needs).Where(need => offers.ContainsKey(need.Topic))
                .Select(need => offers[need.Topic] with { Priority = need.Priority })
                .OrderByDescending(topic => topic.Level).ThenBy(topic => topic.Topic, StringComparer.Ordinal),
        ];
    }

    /// <summary>Of <see cref="Brings"/>, what is among the programme's topics for the other.</summary>
    public IReadOnlyList<TopicLevel> BringsOfGap(Profile other) => [.. Brings(other).Where(other.IsInGap)];

    /// <summary>What this one's offers do for the other's needs.</summary>
    public Met Meets(Profile other) => (_offerBits & other._needBits) == 0 ? Met.None : Met.Of(Offers, other.Needs);

    /// <summary>How many levels lie between the two in one chain, either way; null when neither is above the other.</summary>
    public int? DistanceTo(Profile other) => (_chainBits & Bit(other._number)) == 0 && (other._chainBits & Bit(_number)) == 0
        ? null
        : ReportingLine.Distance(PersonId, Member.Chain, other.PersonId, other.Member.Chain);

    /// <summary>Minutes that both working days have in common, at the worse time of the year.</summary>
    public int CommonMinutes(Profile other) => Math.Min(Common(_now, other._now), Common(_halfAYearOn, other._halfAYearOn));

    private static ulong Bit(int number) => 1UL << (number & 63);

    private static int Common((int Start, int End) mine, (int Start, int End) theirs)
    {
        var common = 0;
        // Days repeat: one person's evening may be the other's next morning.
        for (var shift = -2 * Day; shift <= 2 * Day; shift += Day)
            common += Math.Max(0, Math.Min(mine.End, theirs.End + shift) - Math.Max(mine.Start, theirs.Start + shift));
        return common;
    }

    private bool IsInGap(TopicLevel topic) => _gapTopics.Count == 0 || _gapTopics.Contains(topic.Topic);

    /// <summary>Each topic once, at its highest level.</summary>
    private static IEnumerable<TopicLevel> Best(IReadOnlyList<TopicLevel> topics) =>
        topics.GroupBy(topic => topic.Topic, StringComparer.Ordinal).Select(same => same.MaxBy(topic => topic.Level)!);

    private static int[] Rising(IReadOnlyList<string> words, Func<string, int> numberOf)
    {
        var numbers = new int[words.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = numberOf(words[i]);
        Array.Sort(numbers);
        return numbers.Length < 2 ? numbers : [.. numbers.Distinct()];
    }

    private static int Minutes(TimeOnly time) => time.Hour * 60 + time.Minute;
}
