using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Mentoring.ICalendar.Tests;

public sealed class CountingRecurrences
{
    private const string Days = "MO TU WE TH FR SA SU";

    /// <summary>Small rules of all kinds, each part as likely as not; only what the RFC rules out is left out.</summary>
    private static Gen<string> RuleOf(Frequency frequency)
    {
        var isLong = frequency >= Frequency.Daily;
        var weekday = Gen.Elements(Days.Split(' '));
        var numbered = from ordinal in Gen.Elements(1, 2, 3, 4, 5, -1, -2, -5, 20, -30, 53) from day in weekday select $"{ordinal}{day}";
        var hours = Part("BYHOUR", Gen.Choose(0, 23), isLong ? 2 : 3);
        var minutes = Part("BYMINUTE", Gen.Choose(0, 59), 2);
        var seconds = Part("BYSECOND", Gen.Choose(0, 59), 2);
        var months = Part("BYMONTH", Gen.Choose(1, 12), 3);
        var monthDays = Part("BYMONTHDAY", Gen.OneOf(Gen.Choose(1, 31), Gen.Choose(-31, -1)), 4);
        var yearDays = Part("BYYEARDAY", Gen.OneOf(Gen.Choose(1, 366), Gen.Choose(-366, -1)), 4);
        var weeks = Part("BYWEEKNO", Gen.OneOf(Gen.Choose(1, 53), Gen.Choose(-53, -1), Gen.Elements(1, 52, 53, -1)), 3);
        var plainDays = Part("BYDAY", weekday, 3);
        var numberedDays = Part("BYDAY", Gen.OneOf(weekday, numbered), 3);
        var nothing = Gen.Constant("");
        var position = Part("BYSETPOS", Gen.Elements(1, 2, 3, -1, -2, 7), 2);
        return from interval in Gen.Elements("", "", ";INTERVAL=1", ";INTERVAL=2", ";INTERVAL=3", ";INTERVAL=5")
               from ends in Gen.OneOf(nothing, nothing, Gen.Choose(1, 30).Select(count => $";COUNT={count}"), Gen.Choose(1, 28).Select(day => $";UNTIL=202503{day:00}T101500"))
               from weekStart in Gen.OneOf(nothing, weekday.Select(day => $";WKST={day}"))
               from week in frequency == Frequency.Yearly ? Rarely(weeks) : nothing
               from month in Rarely(months)
               from yearDay in frequency is Frequency.Yearly or < Frequency.Daily ? Rarely(yearDays) : nothing
               from monthDay in frequency == Frequency.Weekly ? nothing : Rarely(monthDays)
               from day in Rarely(frequency is Frequency.Yearly or Frequency.Monthly && week.Length == 0 ? numberedDays : plainDays)
               from hour in Rarely(hours)
               from minute in Rarely(minutes)
               from second in Rarely(seconds)
               let parts = week + month + yearDay + monthDay + day + hour + minute + second
               from set in parts.Length > 0 ? Rarely(position) : nothing
               select $"FREQ={frequency.ToString().ToUpperInvariant()}{interval}{ends}{weekStart}{parts}{set}";

        static Gen<string> Rarely(Gen<string> part) => Gen.Frequency((2, Gen.Constant("")), (1, part));

        static Gen<string> Part<T>(string name, Gen<T> value, int most) =>
            from count in Gen.Choose(1, most) from values in value.ArrayOf(count) select $";{name}={string.Join(',', values.Distinct())}";
    }

    private static readonly Gen<LocalDateTime> AnyStart =
        from day in Gen.OneOf(Gen.Choose(0, 420), Gen.Elements(0, 59, 60, 364, 365))
        from second in Gen.OneOf(Gen.Choose(0, 86_399), Gen.Elements(0, 9 * 3600))
        select new LocalDate(2024, 1, 1).PlusDays(day).AtMidnight().PlusSeconds(second);

    [Theory]
    [InlineData(Frequency.Yearly, 1_000, 365 * 3)]
    [InlineData(Frequency.Monthly, 1_000, 500)]
    [InlineData(Frequency.Weekly, 1_000, 300)]
    [InlineData(Frequency.Daily, 1_000, 200)]
    [InlineData(Frequency.Hourly, 400, 8)]
    [InlineData(Frequency.Minutely, 100, 2)]
    [InlineData(Frequency.Secondly, 30, 1)]
    public void They_are_those_that_asking_every_second_gives(Frequency frequency, int rules, int days)
    {
        var any = from rule in RuleOf(frequency)
                  from start in AnyStart
                  from skip in Gen.Choose(0, days - 1)
                  select (Rule: rule, Start: start, Skip: skip);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(rules), Prop.ForAll(any.ToArbitrary(), given =>
        {
            var rule = RecurrenceRule.Parse(given.Rule);
            var last = given.Start.Date.PlusDays(days);
            var (from, to) = (given.Start.PlusDays(given.Skip), last.At(new LocalTime(23, 59, 59)));
            var expected = SlowRecurrence.Instances(rule, given.Start, last).Where(time => time >= from);

            var found = Instances(rule, given.Start, from, to);

            Assert.Equal(expected, found);
        }));
    }

    [Fact]
    public void Far_from_its_start_a_rule_gives_the_same_without_being_counted_from_there()
    {
        var start = new LocalDateTime(1970, 1, 1, 0, 0, 0);
        var (from, to) = (new LocalDateTime(2026, 3, 1, 10, 0, 0), new LocalDateTime(2026, 3, 1, 10, 0, 20));
        var few = new Budget(new CalendarLimits { Steps = 100, StepsOfOne = 100 });

        var found = Instances(RecurrenceRule.Parse("FREQ=SECONDLY;INTERVAL=7"), start, from, to, few);

        Assert.Equal(SecondsFrom(start, 7).SkipWhile(time => time < from).TakeWhile(time => time <= to), found);
        Assert.False(few.IsRefused);

        static IEnumerable<LocalDateTime> SecondsFrom(LocalDateTime start, int every)
        {
            for (var time = start.PlusSeconds(7L * (1_772_000_000 / 7)); ; time = time.PlusSeconds(every))
                yield return time;
        }
    }

    [Theory]
    [InlineData("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3")]
    [InlineData("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31")]
    [InlineData("FREQ=MINUTELY;INTERVAL=60;BYMINUTE=1")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=1;BYSETPOS=2")]
    public void A_rule_that_never_comes_true_ends_with_its_start(string rule)
    {
        var start = new LocalDateTime(2025, 1, 1, 9, 0, 0);
        var budget = new Budget(CalendarLimits.Default);

        Assert.Equal([start], Instances(RecurrenceRule.Parse(rule), start, start, start.PlusYears(5), budget));
        Assert.False(budget.IsRefused);
    }

    [Theory]
    [InlineData("FREQ=SECONDLY;COUNT=2000000000")]
    [InlineData("FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5,6,7,8,9;BYSETPOS=1,2,3,4,5,6,7,8,9")]
    public void A_rule_that_comes_true_too_often_is_followed_for_so_many_steps_and_no_more(string rule)
    {
        var start = new LocalDateTime(1970, 1, 1, 0, 0, 0);
        var budget = new Budget(new CalendarLimits { StepsOfOne = 10_000 });

        Assert.True(Instances(RecurrenceRule.Parse(rule), start, start, start.PlusYears(80), budget).Length <= 10_000);
        Assert.True(budget.IsRefused);
    }

    [Fact]
    public void The_29th_of_February_comes_every_leap_year()
    {
        var start = new LocalDateTime(1896, 2, 29, 8, 0, 0);

        var years = Instances(RecurrenceRule.Parse("FREQ=YEARLY"), start, start, new LocalDateTime(1912, 12, 31, 0, 0, 0)).Select(time => time.Year);

        Assert.Equal([1896, 1904, 1908, 1912], years);
    }

    /// <summary>3.3.12: a system without leap seconds takes 60 for 59.</summary>
    [Theory]
    [InlineData("60", new[] { 59 })]
    [InlineData("60,59,0", new[] { 0, 59 })]
    [InlineData("60,7,007,+30", new[] { 7, 30, 59 })]
    [InlineData("10", new[] { 10 })]
    public void Seconds_are_in_order_once_and_a_leap_second_is_the_one_before(string seconds, int[] taken) =>
        Assert.Equal(taken, RecurrenceRule.Parse($"FREQ=MINUTELY;BYSECOND={seconds}").BySecond);

    [Theory]
    [InlineData("")]
    [InlineData("FREQ=FORTNIGHTLY")]
    [InlineData("FREQ=5")]
    [InlineData("FREQ=DAILY;FREQ=DAILY")]
    [InlineData("FREQ=DAILY;COUNT=0")]
    [InlineData("FREQ=DAILY;COUNT=3;UNTIL=20260101")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999")]
    [InlineData("FREQ=DAILY;BYHOUR=24")]
    [InlineData("FREQ=DAILY;BYHOUR=-1")]
    [InlineData("FREQ=DAILY;BYMINUTE=60")]
    [InlineData("FREQ=DAILY;BYSECOND=61")]
    [InlineData("FREQ=DAILY;BYMONTHDAY=0")]
    [InlineData("FREQ=DAILY;BYMONTHDAY=32")]
    [InlineData("FREQ=DAILY;BYMONTH=13")]
    [InlineData("FREQ=YEARLY;BYYEARDAY=367")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=54")]
    [InlineData("FREQ=YEARLY;BYMONTH=1;BYSETPOS=367")]
    [InlineData("FREQ=YEARLY;BYDAY=0MO")]
    [InlineData("FREQ=YEARLY;BYDAY=-54MO")]
    [InlineData("FREQ=DAILY;BYMONTHDAY=-2147483648")]
    [InlineData("FREQ=DAILY;BYMONTH=-1")]
    [InlineData("FREQ=DAILY;BYDAY=2MO")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=1")]
    [InlineData("FREQ=MONTHLY;BYYEARDAY=1")]
    [InlineData("FREQ=WEEKLY;BYYEARDAY=1")]
    [InlineData("FREQ=DAILY;BYYEARDAY=1")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO")]
    [InlineData("FREQ=YEARLY;BYDAY=54MO")]
    [InlineData("FREQ=YEARLY;BYDAY=")]
    [InlineData("FREQ=YEARLY;BYSETPOS=1")]
    [InlineData("FREQ=YEARLY;WKST=XX")]
    [InlineData("FREQ=YEARLY;RSCALE=HEBREW")]
    [InlineData("FREQ=YEARLY;=3")]
    public void What_the_rfc_rules_out_is_refused(string rule) =>
        Assert.Equal("rule-invalid", Assert.Throws<CalendarException>(() => RecurrenceRule.Parse(rule, 3)).Code);

    [Fact]
    public void The_farthest_numbers_that_the_rfc_allows_are_taken()
    {
        var rule = RecurrenceRule.Parse("FREQ=YEARLY;BYMONTH=12,1;BYMONTHDAY=31,-31;BYYEARDAY=366,-366;BYDAY=53MO,-53SU;BYHOUR=23,0;BYMINUTE=59,0;BYSETPOS=366,-366");

        Assert.Equal([1, 12], rule.ByMonth);
        Assert.Equal([-31, 31], rule.ByMonthDay);
        Assert.Equal([-366, 366], rule.ByYearDay);
        Assert.Equal([new WeekdayOf(53, IsoDayOfWeek.Monday), new WeekdayOf(-53, IsoDayOfWeek.Sunday)], rule.ByDay);
        Assert.Equal([0, 23], rule.ByHour);
        Assert.Equal([0, 59], rule.ByMinute);
        Assert.Equal([-366, 366], rule.BySetPosition);
        Assert.Equal([-53, 53], RecurrenceRule.Parse("FREQ=YEARLY;BYWEEKNO=53,-53").ByWeekNumber);
    }

    [Theory]
    [InlineData("BYSECOND=1")]
    [InlineData("BYMINUTE=1")]
    [InlineData("BYHOUR=1")]
    [InlineData("BYDAY=MO")]
    [InlineData("BYMONTHDAY=1")]
    [InlineData("BYYEARDAY=1")]
    [InlineData("BYWEEKNO=1")]
    [InlineData("BYMONTH=1")]
    public void A_position_may_stand_with_any_one_other_part(string part) =>
        Assert.Equal([-1], RecurrenceRule.Parse($"FREQ=YEARLY;{part};BYSETPOS=-1").BySetPosition);

    private static LocalDateTime[] Instances(RecurrenceRule rule, LocalDateTime start, LocalDateTime from, LocalDateTime to, Budget? budget = null)
    {
        var end = rule.Until is { } until ? until.Seconds : long.MaxValue;
        return [.. new Recurrence(rule, Seconds(start), end, null, budget ?? new Budget(new CalendarLimits { Steps = 50_000_000, StepsOfOne = 50_000_000 }))
            .Between(Seconds(from), Seconds(to)).Select(second => new CalendarTime(second, TimeKind.Floating).Local)];
    }

    private static long Seconds(LocalDateTime time) => time.InUtc().ToInstant().ToUnixTimeSeconds();
}
