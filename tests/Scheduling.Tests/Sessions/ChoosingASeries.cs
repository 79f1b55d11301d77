using FsCheck;
using FsCheck.Fluent;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Mentoring.Scheduling.Tests.Sessions;

/// <summary>
/// The series that is chosen, beside every series there is: found by trying all of them, and weighed minute by minute on the clock on the wall.
/// </summary>
public sealed class ChoosingASeries
{
    private static readonly Duration Leeway = Duration.FromHours(5);
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Europe/Lisbon"];
    private static readonly Occasion AtTheCanteen = new(Channels.InPerson, "canteen");

    [Fact]
    public void No_other_costs_less_nor_the_same_and_is_shared_more_evenly_nor_both_and_is_nearer_to_the_rhythm() => ForAny(two =>
    {
        var found = SlotFinder.Series(two.Mentor.As, two.Mentee.As, two.Length, two.Wanted, Leeway, two.Wanted[0].At - Leeway);
        var all = two.Wanted.Select(wanted => Everything(two, wanted.At, wanted.How)).ToArray();
        Assert.Equal(all.Select(choices => choices.Count > 0), found.Select(slot => slot is not null));

        var best = all.Where(choices => choices.Count > 0).Aggregate(new List<Weight> { default }, (so, choices) =>
            [.. so.SelectMany(_ => choices, (before, choice) => before + choice).Distinct()]).MinBy(weight => (weight.Cost, Math.Abs(weight.Difference), weight.Distance));
        var chosen = found.Zip(two.Wanted).Where(one => one.First is not null)
            .Aggregate(default(Weight), (so, one) => so + Weigh(two, one.First!.Time.Start, one.Second.At, one.Second.How)!.Value);

        Assert.Equal((best.Cost, Math.Abs(best.Difference), best.Distance), (chosen.Cost, Math.Abs(chosen.Difference), chosen.Distance));
        return true;
    });

    [Fact]
    public void The_figures_shown_are_the_minutes_on_the_clock() => ForAny(two =>
    {
        var found = SlotFinder.Series(two.Mentor.As, two.Mentee.As, two.Length, two.Wanted, Leeway, two.Wanted[0].At - Leeway);
        foreach (var (slot, wanted) in found.Zip(two.Wanted).Where(one => one.First is not null))
        {
            Assert.Equal(Minutes(two.Mentor, slot!.Time, wanted.How), slot.MentorInconvenience);
            Assert.Equal(Minutes(two.Mentee, slot.Time, wanted.How), slot.MenteeInconvenience);
        }
        return true;
    });

    private readonly record struct Weight(long Cost, long Difference, long Distance)
    {
        public static Weight operator +(Weight one, Weight other) => new(one.Cost + other.Cost, one.Difference + other.Difference, one.Distance + other.Distance);
    }

    private static List<Weight> Everything(Two two, Instant at, Occasion how)
    {
        var weights = new List<Weight>();
        var halfHour = Duration.FromMinutes(30);
        for (var start = Instant.FromUnixTimeSeconds((at - Leeway).ToUnixTimeSeconds() / 1_800 * 1_800); start <= at + Leeway; start += halfHour)
        {
            if (start >= at - Leeway && Weigh(two, start, at, how) is { } weight)
                weights.Add(weight);
        }
        return [.. weights.Distinct()];
    }

    /// <summary>Null where the two cannot meet then.</summary>
    private static Weight? Weigh(Two two, Instant start, Instant at, Occasion how)
    {
        var time = new Interval(start, start + two.Length);
        if (!Can(two.Mentor, time, how) || !Can(two.Mentee, time, how))
            return null;
        var (mentor, mentee) = (Minutes(two.Mentor, time, how), Minutes(two.Mentee, time, how));
        var distance = start > at ? start - at : at - start;
        return new Weight(mentor + mentee + (SlotFinder.DayOffRhythm * distance.Days), mentor - mentee, (long)distance.TotalMinutes);
    }

    private static bool Can(Somebody person, Interval time, Occasion how)
    {
        var way = Duration.FromMinutes(person.WayTo(how));
        var engaged = new Interval(time.Start - way, time.End + way);
        return EveryMinute(engaged).All(person.IsOpen) && !person.As.Busy.Any(taken => taken.Start < engaged.End && engaged.Start < taken.End);
    }

    private static int Minutes(Somebody person, Interval time, Occasion how)
    {
        var way = person.WayTo(how);
        var leaves = time.Start - Duration.FromMinutes(way);
        var isBack = time.End + Duration.FromMinutes(way);
        var unsuitable = person.Suits is { } suits
            ? EveryMinute(time).Count(minute => !Inside(person.Local(minute).TimeOfDay, suits.From, suits.To))
            : 120 - Enumerable.Range(1, 60).TakeWhile(minutes => person.IsOpen(leaves - Duration.FromMinutes(minutes))).Count()
                  - Enumerable.Range(0, 60).TakeWhile(minutes => person.IsOpen(isBack + Duration.FromMinutes(minutes))).Count();
        return Math.Max(unsuitable, EveryMinute(time).Count(minute => !person.IsUsual(minute))) + (2 * way);
    }

    private static IEnumerable<Instant> EveryMinute(Interval time)
    {
        for (var minute = time.Start; minute < time.End; minute += Duration.FromMinutes(1))
            yield return minute;
    }

    private static bool Inside(LocalTime time, LocalTime from, LocalTime to) => from <= time && (time < to || to == LocalTime.Midnight);

    /// <param name="As">What the finder is given.</param>
    /// <param name="Offered">Beyond the weekly hours.</param>
    /// <param name="Suits">Null: nothing was said.</param>
    /// <param name="Way">Minutes to wherever people meet in person.</param>
    private sealed record Somebody(Attendee As, HoursChange? Offered, HoursBlock? Suits, int Way)
    {
        public int WayTo(Occasion how) => how.Channel == Channels.InPerson ? Way : 0;

        public LocalDateTime Local(Instant minute) => minute.InZone(As.Hours.Zone).LocalDateTime;

        public bool IsUsual(Instant minute)
        {
            var local = Local(minute);
            return As.Hours.Weekly.Any(block => block.Day == local.DayOfWeek && Inside(local.TimeOfDay, block.From, block.To));
        }

        public bool IsOpen(Instant minute) =>
            IsUsual(minute) || (Offered is { } offered && Local(minute).Date == offered.Day && Inside(Local(minute).TimeOfDay, offered.From, offered.To));
    }

    private sealed record Two(Somebody Mentor, Somebody Mentee, Duration Length, IReadOnlyList<(Instant At, Occasion How)> Wanted);

    private static readonly Instant Begins = Instant.FromUtc(2026, 1, 12, 12, 0);

    private static readonly Gen<HoursBlock> AnyBlock =
        from day in Gen.Choose(1, 7)
        from starts in Gen.Choose(0, 40)
        from length in Gen.Choose(4, 24)
        let ends = Math.Min(48, starts + length)
        select new HoursBlock((IsoDayOfWeek)day, LocalTime.FromMinutesSinceMidnight(starts * 30), ends == 48 ? LocalTime.Midnight : LocalTime.FromMinutesSinceMidnight(ends * 30));

    private static readonly Gen<Somebody> Anybody =
        from zone in Gen.Elements(Zones)
        from blocks in Gen.ListOf(AnyBlock, 12)
        from said in Gen.Choose(0, 2)
        from suits in AnyBlock
        from offers in Gen.Choose(0, 2)
        from offered in AnyBlock
        from day in Gen.Choose(0, 6)
        from way in Gen.Elements(0, 15, 30, 45)
        from busy in Gen.ListOf(from starts in Gen.Choose(0, 60 * 24 * 7) from minutes in Gen.Choose(10, 300) select (starts, minutes), 4)
        let change = offers == 0 ? new HoursChange(new LocalDate(2026, 1, 12).PlusDays(day), offered.From, offered.To, Offered: true) : null
        let hours = new WorkingHours(DateTimeZoneProviders.Tzdb[zone], [.. blocks], [], Duration.Zero, change is null ? [] : [change])
        select new Somebody(
            new Attendee(hours, [.. busy.Select(taken => new Interval(Begins + Duration.FromMinutes(taken.starts), Begins + Duration.FromMinutes(taken.starts + taken.minutes)))])
            {
                Preferences = new Preferences(said > 0 ? [] : [new TimeOfDay(suits.From.ToTimeOnly(), suits.To.ToTimeOnly())], [], [new Way(way)]),
            },
            change,
            said > 0 ? null : suits,
            way);

    private static readonly Gen<Two> AnyTwo =
        from mentor in Anybody
        from mentee in Anybody
        from length in Gen.Elements(30, 60, 90)
        from inPerson in Gen.ListOf(Gen.Elements(true, false), 3)
        from hours in Gen.Choose(0, 23)
        select new Two(
            mentor,
            mentee,
            Duration.FromMinutes(length),
            [.. inPerson.Select((there, i) => (Begins + Duration.FromHours(hours + (42 * i)), there ? AtTheCanteen : new Occasion(Channels.Video)))]);

    private static void ForAny(Func<Two, bool> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(AnyTwo.ToArbitrary(), holds));
}
