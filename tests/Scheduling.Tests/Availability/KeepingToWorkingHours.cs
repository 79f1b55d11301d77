using Mentoring.Scheduling.Availability;
using NodaTime;

namespace Mentoring.Scheduling.Tests.Availability;

public sealed class KeepingToWorkingHours
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void Nine_to_five_moves_with_daylight_saving()
    {
        var hours = WorkingHours.Default(Berlin);

        Assert.Equal(Instant.FromUtc(2026, 3, 27, 8, 0), Assert.Single(hours.On(new LocalDate(2026, 3, 27))).Start);
        Assert.Equal(Instant.FromUtc(2026, 3, 30, 7, 0), Assert.Single(hours.On(new LocalDate(2026, 3, 30))).Start);
    }

    [Fact]
    public void A_block_that_starts_in_the_skipped_hour_starts_at_the_jump()
    {
        var night = Sundays(new LocalTime(2, 30), new LocalTime(5, 0));

        // 02:00 becomes 03:00, which is 01:00 UTC.
        Assert.Equal(new Interval(Instant.FromUtc(2026, 3, 29, 1, 0), Instant.FromUtc(2026, 3, 29, 3, 0)), Assert.Single(night.On(new LocalDate(2026, 3, 29))));
    }

    [Fact]
    public void A_block_that_starts_in_the_repeated_hour_starts_at_its_second_pass()
    {
        var night = Sundays(new LocalTime(2, 30), new LocalTime(5, 0));

        Assert.Equal(Instant.FromUtc(2026, 10, 25, 1, 30), Assert.Single(night.On(new LocalDate(2026, 10, 25))).Start);
    }

    [Fact]
    public void A_block_that_ends_in_the_repeated_hour_ends_at_its_first_pass()
    {
        var night = Sundays(new LocalTime(0, 0), new LocalTime(2, 30));

        Assert.Equal(Instant.FromUtc(2026, 10, 25, 0, 30), Assert.Single(night.On(new LocalDate(2026, 10, 25))).End);
    }

    [Fact]
    public void A_block_wholly_inside_the_skipped_hour_does_not_exist_that_day() =>
        Assert.Empty(Sundays(new LocalTime(2, 10), new LocalTime(2, 50)).On(new LocalDate(2026, 3, 29)));

    [Fact]
    public void A_part_of_a_day_off_leaves_the_rest()
    {
        var hours = Changed(new HoursChange(Monday, new LocalTime(11, 0), new LocalTime(13, 30), Offered: false));

        Assert.Equal([Utc(8, 0, 10, 0), Utc(12, 30, 16, 0)], hours.On(Monday));
        Assert.Equal([Utc(8, 0, 16, 0, day: 13)], hours.On(Monday.PlusDays(1)));
    }

    [Fact]
    public void Hours_offered_beyond_the_usual_ones_hold_on_that_day_alone_even_if_it_is_off()
    {
        var evening = new HoursChange(Monday, new LocalTime(16, 0), new LocalTime(20, 0), Offered: true);

        // What is usual is not offered beyond it.
        Assert.Equal([Utc(8, 0, 19, 0)], Changed(evening).Between(Utc(8, 0, 9, 0).Start, Utc(8, 0, 9, 0).End));
        Assert.Equal([Utc(16, 0, 19, 0)], Changed(evening).BeyondUsual(Utc(8, 0, 9, 0).Start, Utc(8, 0, 9, 0).End));
        Assert.Equal([Utc(15, 0, 19, 0)], new WorkingHours(Berlin, WorkingHours.Default(Berlin).Weekly, [Monday], Duration.Zero, [evening]).On(Monday));
        Assert.Equal([Utc(8, 0, 16, 0, day: 13)], Changed(evening).On(Monday.PlusDays(1)));
    }

    [Fact]
    public void Hours_offered_into_the_skipped_hour_end_at_the_jump()
    {
        var night = new HoursChange(new LocalDate(2026, 3, 29), new LocalTime(1, 0), new LocalTime(2, 30), Offered: true);

        Assert.Equal(new Interval(Instant.FromUtc(2026, 3, 29, 0, 0), Instant.FromUtc(2026, 3, 29, 1, 0)), Assert.Single(Changed(night).On(new LocalDate(2026, 3, 29))));
    }

    private static readonly LocalDate Monday = new(2026, 1, 12);

    private static WorkingHours Changed(HoursChange change) => new(Berlin, WorkingHours.Default(Berlin).Weekly, [], Duration.Zero, [change]);

    private static Interval Utc(int hour, int minute, int toHour, int toMinute, int day = 12) =>
        new(Instant.FromUtc(2026, 1, day, hour, minute), Instant.FromUtc(2026, 1, day, toHour, toMinute));

    [Fact]
    public void A_day_off_has_no_hours() =>
        Assert.Empty(new WorkingHours(Berlin, WorkingHours.Default(Berlin).Weekly, [new LocalDate(2026, 1, 12)], Duration.Zero).On(new LocalDate(2026, 1, 12)));

    [Fact]
    public void Shifts_that_meet_at_midnight_are_one()
    {
        var shift = new WorkingHours(
            Berlin,
            [new(IsoDayOfWeek.Monday, new LocalTime(22, 0), LocalTime.Midnight), new(IsoDayOfWeek.Tuesday, LocalTime.Midnight, new LocalTime(6, 0))],
            [],
            Duration.Zero);
        var acrossMidnight = new Interval(Instant.FromUtc(2026, 1, 12, 22, 30), Instant.FromUtc(2026, 1, 12, 23, 30));

        Assert.Equal(new Interval(Instant.FromUtc(2026, 1, 12, 21, 0), Instant.FromUtc(2026, 1, 13, 5, 0)), shift.Around(acrossMidnight));
    }

    [Fact]
    public void Three_working_days_leave_the_weekend_and_days_off_out()
    {
        var hours = new WorkingHours(Berlin, WorkingHours.Default(Berlin).Weekly, [new LocalDate(2026, 1, 19)], Duration.Zero);
        var thursday = Instant.FromUtc(2026, 1, 15, 10, 0);

        Assert.Equal(Instant.FromUtc(2026, 1, 21, 10, 0), hours.AfterWorkingDays(thursday, 3));
    }

    [Fact]
    public void Somebody_without_any_hours_still_has_an_end_to_wait_for() =>
        Assert.True(new WorkingHours(Berlin, [], [], Duration.Zero).AfterWorkingDays(Instant.FromUtc(2026, 1, 15, 10, 0), 3) > Instant.FromUtc(2026, 1, 15, 10, 0));

    [Fact]
    public void Working_days_do_not_ask_for_offered_hours()
    {
        var thursday = Instant.FromUtc(2026, 1, 15, 10, 0);
        var rarely = new WorkingHours(Berlin, [new HoursBlock(IsoDayOfWeek.Friday, new LocalTime(16, 0), new LocalTime(17, 0))], [], Duration.Zero);

        foreach (var hours in new[] { rarely, new WorkingHours(Berlin, [], [], Duration.Zero) })
            Assert.Equal(Instant.FromUtc(2026, 1, 20, 10, 0), hours.AfterWorkingDays(thursday, 3));
    }

    [Fact]
    public void A_year_of_days_off_is_waited_for_four_weeks()
    {
        var monday = new LocalDate(2026, 1, 12);
        var away = new WorkingHours(Berlin, [], Enumerable.Range(0, 400).Select(monday.PlusDays), Duration.Zero);

        Assert.Equal(Instant.FromUtc(2026, 2, 12, 10, 0), away.AfterWorkingDays(Instant.FromUtc(2026, 1, 12, 10, 0), 3));
    }

    [Fact]
    public void Working_days_keep_the_time_of_day_over_a_daylight_saving_night()
    {
        // The clocks of Berlin go forward on Sunday 29 March.
        var friday = Instant.FromUtc(2026, 3, 27, 10, 0);

        Assert.Equal(Instant.FromUtc(2026, 4, 1, 9, 0), new WorkingHours(Berlin, [], [], Duration.Zero).AfterWorkingDays(friday, 3));
    }

    private static WorkingHours Sundays(LocalTime from, LocalTime to) =>
        new(Berlin, [new HoursBlock(IsoDayOfWeek.Sunday, from, to)], [], Duration.Zero);
}
