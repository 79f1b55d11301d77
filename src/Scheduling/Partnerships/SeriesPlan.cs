using Mentoring.Scheduling.Sessions;
using NodaTime;
using NodaTime.Text;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Plans the whole series of a pair, or of a group: from the first common time on in its rhythm, until its time is over. Pure.
/// </summary>
public static class SeriesPlan
{
    /// <summary>Nobody's calendar knows more than a year.</summary>
    private const int MostSessions = 60;

    private static readonly Duration LongestLeeway = Duration.FromDays(3);

    /// <param name="mentor">The one who mentors.</param>
    /// <param name="mentee">The one who is mentored; the rhythm keeps to this zone's clock.</param>
    /// <param name="text">The charter's rhythm and places.</param>
    /// <param name="sessionMinutes">Length of a session.</param>
    /// <param name="now">No slot is sooner than the longer notice of the two.</param>
    /// <param name="ends">No session lasts beyond.</param>
    /// <returns>Empty where the two have no common time.</returns>
    public static IReadOnlyList<ProposedSlot> Propose(Attendee mentor, Attendee mentee, CharterText text, int sessionMinutes, Instant now, Instant ends)
    {
        var rhythm = Rhythm.Of(text.Cadence);
        // Whoever names one channel only leaves open that the other may suit both better; whoever names both has settled it.
        var usual = rhythm.Turns.Count == 0 ? Usual(text, mentor, mentee) : null;
        return
        [
            .. from one in Plan([mentor, mentee], Duration.FromMinutes(sessionMinutes), rhythm.Days, i => usual ?? How(rhythm, i, text), now, ends)
               select new ProposedSlot(
                   new TimeSlot(one.Slot.Time.Start.ToDateTimeOffset(), one.Slot.Time.End.ToDateTimeOffset(), one.How.Channel!, one.How.Place),
                   one.Slot.MentorInconvenience,
                   one.Slot.MenteeInconvenience),
        ];
    }

    /// <summary>The series of two or more people.</summary>
    /// <param name="people">Of two the one who mentors first; the rhythm keeps to the last one's clock.</param>
    /// <param name="length">Of a session.</param>
    /// <param name="days">From one session to the next.</param>
    /// <param name="how">Each of them, by its place in the series.</param>
    /// <param name="now">No slot is sooner than the longest notice.</param>
    /// <param name="ends">No session lasts beyond.</param>
    /// <returns>Empty where there is no common time.</returns>
    public static IReadOnlyList<(Slot Slot, Occasion How)> Plan(
        IReadOnlyList<Attendee> people, Duration length, int days, Func<int, Occasion> how, Instant now, Instant ends)
    {
        var earliest = now + people.Max(person => person.Hours.MinimumNotice);
        if (SlotFinder.Next(people, length, earliest, 1, how(0)) is not [var first])
            return [];

        var zone = people[^1].Hours.Zone;
        var begins = first.Time.Start.InZone(zone).LocalDateTime;
        var wanted = new List<(Instant At, Occasion How)>();
        for (var i = 0; i < MostSessions; i++)
        {
            var at = zone.AtLeniently(begins.PlusDays(i * days)).ToInstant();
            if (at >= ends)
                break;
            wanted.Add((at, how(i)));
        }
        var found = SlotFinder.Series(people, length, wanted, Duration.Min(LongestLeeway, Duration.FromDays(days) / 3), earliest);
        return [.. from one in found.Zip(wanted) where one.First is not null && one.First.Time.End <= ends select (one.First, one.Second.How)];
    }

    /// <summary>How the two meet where nobody says otherwise: by the charter's usual channel, unless only the other one suits both.</summary>
    public static Occasion Usual(CharterText text, Attendee mentor, Attendee mentee)
    {
        var usual = Rhythm.Of(text.Cadence).Channel;
        var other = usual == Channels.Video ? Channels.InPerson : Channels.Video;
        var channel = !SuitsBoth(usual) && SuitsBoth(other) ? other : usual;
        return new Occasion(channel, PlaceFor(channel, text.Places));

        bool SuitsBoth(string channel) => mentor.Preferences.Suits(channel) && mentee.Preferences.Suits(channel);
    }

    private static Occasion How(Rhythm rhythm, int index, CharterText text)
    {
        var channel = rhythm.ChannelOf(index);
        return new Occasion(channel, PlaceFor(channel, text.Places));
    }

    /// <summary>Not the senior's office by default: the first place of the charter that is one. A link for video is added by whoever has one.</summary>
    private static string? PlaceFor(string channel, IReadOnlyList<string> places) =>
        channel == Channels.Video ? null : places.FirstOrDefault(place => place != Channels.Video) ?? "neutral";
}

/// <summary>How often a pair meets: the shortest of its channels' periods, in which the rarer channels take their turns.</summary>
/// <param name="Days">Between two sessions.</param>
/// <param name="Channel">The usual one.</param>
/// <param name="Turns">Every how many sessions another channel takes its turn.</param>
public sealed record Rhythm(int Days, string Channel, IReadOnlyList<(string Channel, int Every)> Turns)
{
    private const int DefaultDays = 30;

    /// <summary>
    /// How often a pair of a programme with this rhythm may meet: from twice as often to half as often.
    /// </summary>
    /// <remarks>
    /// One side alone sets the pair's rhythm, and momentum is read against it: without a bound a year's rhythm would switch the alarm of time
    /// off, and a day's would raise it against somebody who keeps the programme's.
    /// </remarks>
    public (int Least, int Most) Bounds => ((Days + 1) / 2, Days * 2);

    public static Rhythm Of(IReadOnlyDictionary<string, string> cadence)
    {
        var periods = cadence.Select(channel => (channel.Key, Days: DaysOf(channel.Value))).Where(channel => channel.Days > 0)
            .OrderBy(channel => channel.Days).ThenBy(channel => channel.Key, StringComparer.Ordinal).ToArray();
        if (periods.Length == 0)
            return new Rhythm(DefaultDays, Channels.Video, []);
        var (usual, days) = periods[0];
        return new Rhythm(days, usual, [.. periods.Skip(1).Select(channel => (channel.Key, Math.Max(1, (int)Math.Round(channel.Days / (double)days))))]);
    }

    /// <summary>The first session counts as the start: a turn comes after a full period.</summary>
    public string ChannelOf(int index) =>
        Turns.LastOrDefault(turn => index > 0 && index % turn.Every == 0).Channel ?? Channel;

    /// <summary>A month counts as 30 days here: a rhythm, not a date. 0 where it is no period.</summary>
    public static int DaysOf(string period) =>
        PeriodPattern.Roundtrip.Parse(period).TryGetValue(Period.Zero, out var parsed)
            ? (parsed.Years * 365) + (parsed.Months * 30) + (parsed.Weeks * 7) + parsed.Days
            : 0;
}
