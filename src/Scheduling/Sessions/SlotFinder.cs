using NodaTime;

namespace Mentoring.Scheduling.Sessions;

/// <summary>A common time, with what it costs each of those who meet.</summary>
/// <param name="Time">Of the session itself.</param>
/// <param name="Inconveniences">
/// Minutes, in the order of the people: of the session outside the times of day that suit the person (the first and last hour of their day where
/// nothing was said) or in hours offered beyond the usual ones, and of the way there and back.
/// </param>
public sealed record Slot(Interval Time, IReadOnlyList<int> Inconveniences)
{
    /// <summary>Of the first of two.</summary>
    public int MentorInconvenience => Inconveniences[0];

    /// <summary>Of the second of two.</summary>
    public int MenteeInconvenience => Inconveniences[1];

    public int Inconvenience => Inconveniences.Sum();
}

/// <summary>How people want to meet, as far as it takes time: the way to a place does.</summary>
public sealed record Occasion(string? Channel = null, string? Place = null);

/// <summary>
/// Finds times for people. Pure: the same calendars give the same slots.
/// </summary>
/// <remarks>
/// Every slot lies, with the way to it, inside the hours of everybody and touches nothing busy of anybody, nor another slot of the same
/// answer. Starts stand on the half hour.
/// <para>
/// A series is the best there is, not merely a good one. In each stretch around a time of the rhythm only the cheapest slots count: minutes
/// of inconvenience of all, and ten for each whole day away from the rhythm. The stretches do not overlap, so these make the least total. Among
/// all series of that total the one is taken in which the inconvenience of those who meet differs least, the most from the least, and among those
/// the one nearest to the rhythm; found by dynamic programming over the differences so far, of which there are few, as costs are minutes. What is
/// not promised: a series that is dearer in sum and shared more evenly is not taken; and where a group of more than two comes to thousands of
/// different sharings, only the most even ones are followed.
/// </para>
/// </remarks>
public static class SlotFinder
{
    /// <summary>Minutes of inconvenience that a whole day away from the rhythm weighs.</summary>
    public const int DayOffRhythm = 10;

    /// <summary>Different sharings that are followed in a group; two people never lose one.</summary>
    private const int MostSharings = 1_024;

    private const long Grid = 30 * NodaConstants.TicksPerMinute;

    /// <summary>How near to the edge of a day a session starts to be inconvenient.</summary>
    private const long Edge = NodaConstants.TicksPerHour;

    /// <summary>Where no common time is found within these, there is none to speak of.</summary>
    private static readonly Duration Horizon = Duration.FromDays(60);

    /// <summary>Calendars are read this far at a time: whoever asks for three slots mostly finds them in the first.</summary>
    private static readonly Duration Page = Duration.FromDays(7);

    /// <summary>The best time of each of the next days that have one, in order.</summary>
    public static IReadOnlyList<Slot> Next(Attendee mentor, Attendee mentee, Duration length, Instant from, int count, Occasion? occasion = null) =>
        Next([mentor, mentee], length, from, count, occasion);

    /// <summary>The best time of each of the next days that have one for all of them, in order; days are those of the last one's zone.</summary>
    public static IReadOnlyList<Slot> Next(IReadOnlyList<Attendee> people, Duration length, Instant from, int count, Occasion? occasion = null)
    {
        var slots = new List<Slot>(count);
        var zone = people[^1].Hours.Zone;
        LocalDate? day = null;
        Slot? best = null;
        for (var page = from; page < from + Horizon; page += Page)
        {
            foreach (var slot in Candidates(people, length, page, Instant.Min(page + Page, from + Horizon), occasion ?? new Occasion()))
            {
                var slotDay = slot.Time.Start.InZone(zone).Date;
                if (slotDay != day)
                {
                    if (best is not null)
                        slots.Add(best);
                    if (slots.Count == count)
                        return slots;
                    (day, best) = (slotDay, null);
                }
                // Two zones can give the last slot of one day and the first of the next an overlap.
                if ((best is null || slot.Inconvenience < best.Inconvenience) && !slots.Exists(other => Overlap(other.Time, slot.Time)))
                    best = slot;
            }
        }
        if (best is not null)
            slots.Add(best);
        return slots;
    }

    /// <summary>One slot for each time wanted, in order; a time around which nothing is common gets none.</summary>
    /// <param name="people">Two or more; of two the one who mentors first.</param>
    /// <param name="length">Of one session.</param>
    /// <param name="wanted">Around when and how, ascending.</param>
    /// <param name="leeway">How far from it a slot may be, either way; half-way to the next at most.</param>
    /// <param name="earliest">No slot starts before.</param>
    public static IReadOnlyList<Slot?> Series(
        IReadOnlyList<Attendee> people, Duration length, IReadOnlyList<(Instant At, Occasion How)> wanted, Duration leeway, Instant earliest)
    {
        // How it is shared so far → how that is reached nearest to the rhythm.
        var reached = new Dictionary<Sharing, Reached> { [default] = new Reached(0, null, null) };
        for (var i = 0; i < wanted.Count; i++)
        {
            var (at, how) = wanted[i];
            var way = people.Max(person => person.Preferences.WayTo(how.Channel, how.Place));
            var from = Instant.Max(earliest, i == 0 ? at - leeway : Instant.Max(at - leeway, Between(wanted[i - 1].At, at) + way));
            var to = i == wanted.Count - 1 ? at + leeway + length : Instant.Min(at + leeway + length, Between(at, wanted[i + 1].At) - way);
            var choices = Cheapest(Candidates(people, length, from, to, how, within: true), at);
            reached = choices.Count == 0
                ? reached.ToDictionary(so => so.Key, so => new Reached(so.Value.Distance, so.Value, null))
                : Extend(reached, choices);
            if (people.Count > 2 && reached.Count > MostSharings)
                reached = MostEven(reached).Take(MostSharings).ToDictionary();
        }
        var series = new Slot?[wanted.Count];
        var best = MostEven(reached).First().Value;
        for (var (i, so) = (wanted.Count - 1, best); i >= 0; i--, so = so.Before!)
            series[i] = so.Slot;
        return series;
    }

    private sealed record Reached(long Distance, Reached? Before, Slot? Slot);

    private static IEnumerable<KeyValuePair<Sharing, Reached>> MostEven(Dictionary<Sharing, Reached> reached) =>
        reached.OrderBy(so => so.Key.Spread).ThenBy(so => so.Value.Distance).ThenBy(so => so.Key);

    /// <summary>Of each sharing the nearest, of those slots that cost least.</summary>
    private static Dictionary<Sharing, (Slot Slot, long Distance)> Cheapest(IEnumerable<Slot> slots, Instant at)
    {
        var choices = new Dictionary<Sharing, (Slot Slot, long Distance)>();
        var least = long.MaxValue;
        foreach (var slot in slots)
        {
            var distance = Math.Abs(Ticks(slot.Time.Start) - Ticks(at));
            var cost = slot.Inconvenience + (DayOffRhythm * (distance / NodaConstants.TicksPerDay));
            if (cost > least)
                continue;
            if (cost < least)
            {
                choices.Clear();
                least = cost;
            }
            var sharing = Sharing.Of(slot.Inconveniences);
            if (!choices.TryGetValue(sharing, out var known) || distance < known.Distance)
                choices[sharing] = (slot, distance);
        }
        return choices;
    }

    private static Dictionary<Sharing, Reached> Extend(Dictionary<Sharing, Reached> reached, Dictionary<Sharing, (Slot Slot, long Distance)> choices)
    {
        var next = new Dictionary<Sharing, Reached>();
        foreach (var (so, before) in reached)
        {
            foreach (var (more, (slot, distance)) in choices)
            {
                var sum = so + more;
                if (!next.TryGetValue(sum, out var known) || before.Distance + distance < known.Distance)
                    next[sum] = new Reached(before.Distance + distance, before, slot);
            }
        }
        return next;
    }

    /// <summary>Every start on the grid from which all can meet; in order.</summary>
    /// <param name="people">Who.</param>
    /// <param name="length">For how long.</param>
    /// <param name="from">No start before.</param>
    /// <param name="to">No start at or after; with <paramref name="within"/> no end after.</param>
    /// <param name="occasion">How.</param>
    /// <param name="within">The end counts too.</param>
    private static IEnumerable<Slot> Candidates(IReadOnlyList<Attendee> people, Duration length, Instant from, Instant to, Occasion occasion, bool within = false)
    {
        if (from >= to)
            yield break;
        var (first, last, ticks) = (Ticks(from), within ? Ticks(to) : Ticks(to + length) - 1, length.BclCompatibleTicks);
        Diary[] diaries = [.. people.Select(person => new Diary(person, from, to + length, occasion))];
        (long Start, long End)[] busy = [.. diaries.SelectMany(diary => diary.Busy).Order()];
        foreach (var common in Common(diaries, first, last))
        {
            var past = 0;
            for (var start = OnGrid(common.Opens); start + ticks <= common.Closes; start += Grid)
            {
                var end = start + ticks;
                while (past < busy.Length && busy[past].End <= start)
                    past++;
                if (!Taken(busy, past, start, end))
                    yield return SlotAt(diaries, start, end, common.Stretches);
            }
        }
    }

    private static bool Taken((long Start, long End)[] busy, int past, long start, long end)
    {
        for (var i = past; i < busy.Length && busy[i].Start < end; i++)
        {
            if (busy[i].End > start)
                return true;
        }
        return false;
    }

    private static Slot SlotAt(Diary[] diaries, long start, long end, (long Start, long End)[] stretches)
    {
        var costs = new int[diaries.Length];
        for (var i = 0; i < diaries.Length; i++)
            costs[i] = diaries[i].Cost(start, end, stretches[i]);
        return new Slot(new Interval(Instant.FromUnixTimeTicks(start), Instant.FromUnixTimeTicks(end)), costs);
    }

    /// <summary>Where the hours of all meet, less each one's way there and back; with the stretch of hours of each.</summary>
    private static IEnumerable<(long Opens, long Closes, (long Start, long End)[] Stretches)> Common(Diary[] diaries, long first, long last)
    {
        var at = new int[diaries.Length];
        while (true)
        {
            var (opens, closes, earliest) = (first, last, 0);
            for (var i = 0; i < diaries.Length; i++)
            {
                if (at[i] == diaries[i].Hours.Length)
                    yield break;
                var (start, end) = diaries[i].Hours[at[i]];
                opens = Math.Max(opens, start + diaries[i].Way);
                closes = Math.Min(closes, end - diaries[i].Way);
                if (end < diaries[earliest].Hours[at[earliest]].End)
                    earliest = i;
            }
            if (opens < closes)
                yield return (opens, closes, [.. diaries.Select((diary, i) => diary.Hours[at[i]])]);
            // Whoever's stretch ends first has nothing more to give with the others' present ones.
            at[earliest]++;
        }
    }

    private static Instant Between(Instant one, Instant other) => one + ((other - one) / 2);

    private static long OnGrid(long ticks) => (ticks + Grid - 1) / Grid * Grid;

    private static long Ticks(Instant time) => time.ToUnixTimeTicks();

    private static bool Overlap(Interval one, Interval other) => one.Start < other.End && other.Start < one.End;

    /// <summary>A stretch of somebody's calendar in ticks: thousands of times are weighed for a series.</summary>
    private sealed class Diary
    {
        private readonly (long Start, long End)[]? _suits;
        private readonly (long Start, long End)[] _beyond;

        public Diary(Attendee person, Instant from, Instant to, Occasion occasion)
        {
            var way = person.Preferences.WayTo(occasion.Channel, occasion.Place);
            var (earliest, latest) = (from - way, to + way);
            Way = way.BclCompatibleTicks;
            // As far as the edge of a day can be felt, lest a stretch seem to begin where the reading does.
            Hours = InTicks(person.Hours.Between(earliest - Duration.FromTicks(Edge), latest + Duration.FromTicks(Edge)));
            Busy = [.. person.Busy.Where(taken => taken.End > earliest && taken.Start < latest).Select(taken => (Ticks(taken.Start) - Way, Ticks(taken.End) + Way))];
            _beyond = InTicks(person.Hours.BeyondUsual(earliest, latest));
            _suits = person.Preferences.Times.Count == 0 ? null : InTicks(person.Hours.At(person.Preferences.Times, earliest, latest));
        }

        public long Way { get; }

        public (long Start, long End)[] Hours { get; }

        /// <summary>Widened by the way: a session between must leave time for it.</summary>
        public (long Start, long End)[] Busy { get; }

        public int Cost(long start, long end, (long Start, long End) stretch)
        {
            var early = Math.Max(0, Edge - (start - Way - stretch.Start)) + Math.Max(0, Edge - (stretch.End - end - Way));
            var unsuitable = _suits is null ? early : end - start - Covered(_suits, start, end);
            var beyond = _beyond.Length == 0 ? 0 : Covered(_beyond, start, end);
            return (int)((Math.Max(unsuitable, beyond) + (2 * Way)) / NodaConstants.TicksPerMinute);
        }

        private static long Covered((long Start, long End)[] stretches, long start, long end)
        {
            var covered = 0L;
            foreach (var stretch in stretches)
                covered += Math.Max(0, Math.Min(end, stretch.End) - Math.Max(start, stretch.Start));
            return covered;
        }

        private static (long Start, long End)[] InTicks(IEnumerable<Interval> times) => [.. times.Select(time => (Ticks(time.Start), Ticks(time.End)))];
    }
}
