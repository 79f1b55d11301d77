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
    public void No_other_costs_less_nor_the_same_and_is_shared_more_evenly_nor_both_and_is_nearer_to_the_rhythm() => ForAny(group =>
    {
        var found = Series(group);
        var all = group.Wanted.Select(wanted => Everything(group, wanted.At, wanted.How)).ToArray();
        Assert.Equal(all.Select(choices => choices.Count > 0), found.Select(slot => slot is not null));

        var best = all.Where(choices => choices.Count > 0).Aggregate(new List<Weight> { default }, (so, choices) =>
            [.. so.SelectMany(_ => choices, (before, choice) => before + choice).Distinct()]).MinBy(weight => (weight.Cost, weight.Spread, weight.Distance));
        var chosen = found.Zip(group.Wanted).Where(one => one.First is not null)
            .Aggregate(default(Weight), (so, one) => so + Weigh(group, one.First!.Time.Start, one.Second.At, one.Second.How)!.Value);

        Assert.Equal((best.Cost, best.Spread, best.Distance), (chosen.Cost, chosen.Spread, chosen.Distance));
        return true;
    });

    [Fact]
    public void The_figures_shown_are_the_minutes_on_the_clock() => ForAny(group =>
    {
        foreach (var (slot, wanted) in Series(group).Zip(group.Wanted).Where(one => one.First is not null))
            Assert.Equal(group.People.Select(person => Minutes(person, slot!.Time, wanted.How)), slot!.Inconveniences);
        return true;
    });

    private static IReadOnlyList<Slot?> Series(Group group) =>
        SlotFinder.Series([.. group.People.Select(person => person.As)], group.Length, group.Wanted, Leeway, group.Wanted[0].At - Leeway);

    /// <param name="Cost">Of all, with the days off the rhythm.</param>
    /// <param name="Beyond">What the first bears beyond the last.</param>
    /// <param name="Between">What the one between them, if any, bears beyond the last.</param>
    /// <param name="Distance">Minutes off the rhythm.</param>
    private readonly record struct Weight(long Cost, long Beyond, long Between, long Distance)
    {
        public long Spread => Math.Max(0, Math.Max(Beyond, Between)) - Math.Min(0, Math.Min(Beyond, Between));

        public static Weight operator +(Weight one, Weight other) =>
            new(one.Cost + other.Cost, one.Beyond + other.Beyond, one.Between + other.Between, one.Distance + other.Distance);
    }

    private static List<Weight> Everything(Group group, Instant at, Occasion how)
    {
        var weights = new List<Weight>();
        var halfHour = Duration.FromMinutes(30);
        for (var start = Instant.FromUnixTimeSeconds((at - Leeway).ToUnixTimeSeconds() / 1_800 * 1_800); start <= at + Leeway; start += halfHour)
        {
            if (start >= at - Leeway && Weigh(group, start, at, how) is { } weight)
                weights.Add(weight);
        }
        return [.. weights.Distinct()];
    }

    /// <summary>Null where they cannot meet then.</summary>
    private static Weight? Weigh(Group group, Instant start, Instant at, Occasion how)
    {
        var time = new Interval(start, start + group.Length);
        if (!group.People.All(person => Can(person, time, how)))
            return null;
        int[] minutes = [.. group.People.Select(person => Minutes(person, time, how))];
        var distance = start > at ? start - at : at - start;
        return new Weight(
            minutes.Sum() + (SlotFinder.DayOffRhythm * distance.Days), minutes[0] - minutes[^1], minutes.Length == 3 ? minutes[1] - minutes[^1] : 0, (long)distance.TotalMinutes);
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

    private sealed record Group(IReadOnlyList<Somebody> People, Duration Length, IReadOnlyList<(Instant At, Occasion How)> Wanted);

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

    /// <summary>Two mostly, else three.</summary>
    private static readonly Gen<Group> AnyGroup =
        from count in Gen.Elements(2, 2, 3)
        from people in Gen.ListOf(Anybody, count)
        from length in Gen.Elements(30, 60, 90)
        from inPerson in Gen.ListOf(Gen.Elements(true, false), 3)
        from hours in Gen.Choose(0, 23)
        select new Group(
            people,
            Duration.FromMinutes(length),
            [.. inPerson.Select((there, i) => (Begins + Duration.FromHours(hours + (42 * i)), there ? AtTheCanteen : new Occasion(Channels.Video)))]);

    private static void ForAny(Func<Group, bool> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(450), Prop.ForAll(AnyGroup.ToArbitrary(), holds));
}
