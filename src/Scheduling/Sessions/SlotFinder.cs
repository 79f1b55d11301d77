using Mentoring.Scheduling.Availability;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

/// <summary>Somebody, as far as finding a time goes.</summary>
/// <param name="Hours">When this person can be met.</param>
/// <param name="Busy">What is in the way; in any order.</param>
public sealed record Attendee(WorkingHours Hours, IReadOnlyList<Interval> Busy)
{
    public Attendee WithBusy(IEnumerable<Interval> more) => this with { Busy = [.. Busy, .. more] };
}

/// <summary>A common time, with what it costs each side: minutes inside the first or last hour of that person's day.</summary>
public sealed record Slot(Interval Time, int MentorInconvenience, int MenteeInconvenience)
{
    public int Inconvenience => MentorInconvenience + MenteeInconvenience;
}

/// <summary>
/// Finds times for two people. Pure: the same calendars give the same slots.
/// </summary>
/// <remarks>
/// Every slot lies inside the hours of both and touches nothing busy of either, nor another slot of the same answer. Starts stand on the
/// half hour. Over a series the squares of both sides' running inconvenience are kept small, so that early and late hours fall on
/// both in turn and not always on the one with the earlier clock.
/// </remarks>
public static class SlotFinder
{
    /// <summary>How near to the edge of a day a session starts to be inconvenient.</summary>
    private static readonly Duration Edge = Duration.FromHours(1);

    private static readonly Duration Grid = Duration.FromMinutes(30);

    /// <summary>Where no common time is found within these, there is none to speak of.</summary>
    private static readonly Duration Horizon = Duration.FromDays(60);

    /// <summary>
    /// What each hour away from the rhythm weighs, in squared minutes of inconvenience: a whole day less than half an hour at the edge.
    /// </summary>
    private const long HourOffRhythm = 8;

    /// <summary>The best time of each of the next days that have one, in order.</summary>
    public static IReadOnlyList<Slot> Next(Attendee mentor, Attendee mentee, Duration length, Instant from, int count)
    {
        var slots = new List<Slot>(count);
        var zone = mentee.Hours.Zone;
        LocalDate? day = null;
        Slot? best = null;
        foreach (var slot in Candidates(mentor, mentee, length, from, from + Horizon))
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
            if ((best is null || slot.Inconvenience < best.Inconvenience) && !Overlaps(slot, slots))
                best = slot;
        }
        if (best is not null)
            slots.Add(best);
        return slots;
    }

    /// <summary>One slot for each time wanted, in order; a time around which nothing is common gets none.</summary>
    /// <param name="mentor">The one who mentors.</param>
    /// <param name="mentee">The one who is mentored.</param>
    /// <param name="length">Of one session.</param>
    /// <param name="wanted">Around when, ascending.</param>
    /// <param name="leeway">How far from it a slot may be, either way.</param>
    /// <param name="earliest">No slot starts before.</param>
    public static IReadOnlyList<Slot?> Series(
        Attendee mentor, Attendee mentee, Duration length, IReadOnlyList<Instant> wanted, Duration leeway, Instant earliest)
    {
        var series = new List<Slot?>(wanted.Count);
        long mentorSoFar = 0, menteeSoFar = 0;
        Slot? previous = null;
        foreach (var target in wanted)
        {
            Slot? best = null;
            var bestCost = long.MaxValue;
            var from = Instant.Max(earliest, target - leeway);
            if (previous is not null)
                from = Instant.Max(from, previous.Time.End);
            foreach (var slot in Candidates(mentor, mentee, length, from, target + leeway + length))
            {
                var cost = Square(mentorSoFar + slot.MentorInconvenience) + Square(menteeSoFar + slot.MenteeInconvenience)
                    + (HourOffRhythm * MinutesBetween(slot.Time.Start, target) / 60);
                if (cost < bestCost)
                    (best, bestCost) = (slot, cost);
            }
            series.Add(best);
            if (best is null)
                continue;
            mentorSoFar += best.MentorInconvenience;
            menteeSoFar += best.MenteeInconvenience;
            previous = best;
        }
        return series;
    }

    /// <summary>What a time costs somebody; null where it is outside their hours.</summary>
    public static int? Inconvenience(WorkingHours hours, Interval time) => hours.Around(time) is { } around ? Minutes(around, time) : null;

    private static IEnumerable<Slot> Candidates(Attendee mentor, Attendee mentee, Duration length, Instant from, Instant to)
    {
        if (from >= to)
            yield break;
        var busy = mentor.Busy.Concat(mentee.Busy).Where(time => time.End > from && time.Start < to).OrderBy(time => time.Start).ToArray();
        var others = mentee.Hours.Between(from, to).ToArray();
        foreach (var mentorHours in mentor.Hours.Between(from, to))
        {
            foreach (var menteeHours in others)
            {
                var opens = Instant.Max(from, Instant.Max(mentorHours.Start, menteeHours.Start));
                var closes = Instant.Min(to, Instant.Min(mentorHours.End, menteeHours.End));
                for (var start = OnGrid(opens); start + length <= closes; start += Grid)
                {
                    var time = new Interval(start, start + length);
                    if (!Array.Exists(busy, taken => taken.Start < time.End && time.Start < taken.End))
                        yield return new Slot(time, Minutes(mentorHours, time), Minutes(menteeHours, time));
                }
            }
        }
    }

    private static int Minutes(Interval hours, Interval time)
    {
        var early = Edge - (time.Start - hours.Start);
        var late = Edge - (hours.End - time.End);
        return (int)(Duration.Max(Duration.Zero, early) + Duration.Max(Duration.Zero, late)).TotalMinutes;
    }

    private static Instant OnGrid(Instant time)
    {
        var past = time.ToUnixTimeTicks() % Grid.BclCompatibleTicks;
        return past == 0 ? time : time + Duration.FromTicks(Grid.BclCompatibleTicks - past);
    }

    private static bool Overlaps(Slot slot, List<Slot> others) =>
        others.Exists(other => other.Time.Start < slot.Time.End && slot.Time.Start < other.Time.End);

    private static long Square(long value) => value * value;

    private static long MinutesBetween(Instant one, Instant other) => (long)Math.Abs((one - other).TotalMinutes);
}
