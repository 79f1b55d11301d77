using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Scheduling.Availability;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Mentoring.Scheduling.Tests.Availability;

public sealed class ReadingARota
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDate Today = new(2026, 3, 2);

    [Theory]
    [InlineData("date,from,to\n2026-03-03,06:00,14:00")]
    [InlineData("date;from;to\r\n2026-03-03;06:00;14:00\r\n")]
    [InlineData("Date\tFrom\tTo\n2026-03-03\t6:00\t14:00")]
    [InlineData("\uFEFFDatum;Von;Bis\r\n3.3.2026;6:00;14:00\r\n;;\r\n")]
    [InlineData("Datum;Wochentag;Name;Beginn;Ende\n03.03.2026;Di;Müller;06.00;14.00")]
    [InlineData("Date;De;À\n03/03/2026;6h00;14h00")]
    [InlineData("Jour;Début;Fin\n03/03/2026;06:00;14:00")]
    [InlineData("fecha,desde,hasta\n3/3/2026,06:00,14:00")]
    [InlineData("día;inicio;fin\n2026-03-03;06:00:00;14:00:00")]
    [InlineData("sep=;\nto;date;from\n\"14:00\";\"2026-03-03\";\"06:00\"")]
    [InlineData("DATE , FROM , TO\n 2026-03-03 , 06:00 , 14:00 \n\n\n")]
    public async Task Whatever_program_wrote_it_a_row_is_a_shift(string file) =>
        Assert.Equal([Utc(3, 5, 13)], await Shifts(file));

    [Fact]
    public async Task Nor_does_its_encoding_matter()
    {
        const string File = "Début;Fin;Date\n06:00;14:00;03/03/2026\n";
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1 })
            Assert.Equal([Utc(3, 5, 13)], (await RotaFile.Read(new([.. encoding.GetPreamble(), .. encoding.GetBytes(File)]), Berlin, Today, default)).Shifts.Select(Time));
    }

    [Fact]
    public async Task Nights_end_on_the_next_day_and_midnight_is_the_end_of_the_day() => Assert.Equal(
        [
            Utc(3, 21, 29),
            Utc(5, 13, 23),
            Utc(6, 13, 23),
            Utc(8, -1, 23),
        ],
        await Shifts("date,from,to\n2026-03-03,22:00,06:00\n2026-03-05,14:00,24:00\n2026-03-06,14:00,00:00\n2026-03-08,00:00,24:00"));

    [Fact]
    public async Task A_night_over_the_change_of_the_clock_is_as_long_as_it_really_is()
    {
        var shifts = await Shifts("date,from,to\n2026-03-28,22:00,06:00\n2026-10-24,22:00,06:00");

        Assert.Equal([7.0, 9.0], shifts.Select(shift => shift.Duration.TotalHours));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("nothing of it", "line 1")]
    [InlineData("date,from\n2026-03-03,06:00", "line 1")]
    [InlineData("date,from,to,to\n2026-03-03,06:00,14:00,15:00", "line 1")]
    [InlineData("date,from,to\n", "line 2")]
    [InlineData("date,from,to\n2026-03-03,06:00,14:00\n2026-02-30,06:00,14:00", "line 3")]
    [InlineData("date,from,to\n03/04/2026,06:00,14:00", "line 2")]
    [InlineData("date,from,to\n2026-03-03,25:00,14:00", "line 2")]
    [InlineData("date,from,to\n2026-03-03,06:00,", "line 2")]
    [InlineData("date,from,to\n2026-03-03,24:00,06:00", "line 2")]
    [InlineData("date,from,to\n2026-03-03,07:00,07:00", "line 2")]
    [InlineData("date,from,to\n2206-03-03,06:00,14:00", "line 2")]
    [InlineData("date,from,to\n2025-01-01,06:00,14:00", "line 2")]
    [InlineData("date,from,to\n2026-03-29,02:10,02:50", "line 2")]
    [InlineData("date,from,to\n2026-03-03,22:00,06:00\n2026-03-04,05:00,14:00", "line 3")]
    [InlineData("date,from,to\n2026-03-03,06:00,14:00\n2026-03-03,06:00,14:00", "line 3")]
    [InlineData("date,from,to\n2026-03-03,06:00,14:00\n\"2026-03-04,06:00,14:00", "line 3")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR", "line 1")]
    public async Task A_file_with_one_wrong_row_is_refused_with_its_line(string file, string at)
    {
        var read = await Read(file);

        Assert.Equal([at], read.Errors.Keys);
        Assert.Empty(read.Shifts);
    }

    [Fact]
    public async Task Eight_hundred_shifts_are_the_most_and_fifty_errors_enough()
    {
        var rows = Enumerable.Range(0, 801).Select(i => $"{Today.PlusDays(i / 2):uuuu-MM-dd},{(i % 2 == 0 ? "06:00,12:00" : "14:00,22:00")}").ToArray();

        Assert.Equal(800, (await Shifts("date,from,to\n" + string.Join('\n', rows[..800]))).Count);
        Assert.Equal(["line 802"], (await Read("date,from,to\n" + string.Join('\n', rows))).Errors.Keys);
        Assert.Equal(50, (await Read("date,from,to\n" + string.Join('\n', Enumerable.Repeat("x,y,z", 5000)))).Errors.Count);
    }

    [Fact]
    public async Task Noise_is_refused_in_words_and_never_otherwise()
    {
        var noise = Gen.ArrayOf(Gen.Choose(0, 255), 400);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(noise.ToArbitrary(), bytes => Refused([.. bytes.Select(b => (byte)b)])));
        var rows = Gen.Elements("2026-03-03", "3.3.2026", "06:00", "24:00", ",", ";", "\t", "\n", "\"", "date", "from", "to", " ", "\0", "é").ListOf(60);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(rows.ToArbitrary(), parts => Refused(Encoding.UTF8.GetBytes($"date,from,to\n{string.Concat(parts)}"))));
        await Task.CompletedTask;

        static bool Refused(byte[] file)
        {
            var read = RotaFile.Read(file, Berlin, Today, default).GetAwaiter().GetResult();
            return read.Errors.Count > 0 != read.Shifts.Count > 0;
        }
    }

    [Fact]
    public void From_its_first_day_to_its_last_the_shifts_stand_for_the_weekly_hours()
    {
        var hours = With(Rota(Utc(3, 5, 13), Utc(5, 21, 29)));

        Assert.Equal([Utc(2, 8, 16)], hours.On(Day(2)));
        Assert.Equal([Utc(3, 5, 13)], hours.On(Day(3)));
        Assert.Empty(hours.On(Day(4)));
        Assert.Equal([Utc(5, 21, 23)], hours.On(Day(5)));
        // Whoever comes off a night shift in the morning is not met that day.
        Assert.Equal([Utc(5, 23, 29)], hours.On(Day(6)));
        Assert.Equal([Utc(9, 8, 16)], hours.On(Day(9)));
        Assert.Equal([Utc(3, 5, 13), Utc(5, 21, 29)], hours.Between(Utc(3, 0, 1).Start, Utc(6, 12, 13).Start));
        Assert.NotNull(hours.Around(Utc(5, 22, 24)));
    }

    [Fact]
    public void Days_off_and_hours_beyond_hold_on_shifts_too_and_a_shift_on_a_holiday_is_worked()
    {
        var rota = Rota(Utc(3, 5, 13), Utc(4, 5, 13), Utc(5, 5, 13));
        var offered = new OfferedHours
        {
            TimeZone = "Europe/Berlin",
            Weekly = [],
            Exceptions = [new DayException(new DateOnly(2026, 3, 4)), new DayException(new DateOnly(2026, 3, 5), null, new TimeOnly(6, 0), new TimeOnly(10, 0)), new DayException(new DateOnly(2026, 3, 5), null, new TimeOnly(18, 0), new TimeOnly(19, 0), true)],
        };
        var hours = offered.ToWorkingHours([], new ShiftPlan(Berlin, [rota]));

        Assert.Equal([Utc(3, 5, 13)], hours.On(Day(3)));
        Assert.Empty(hours.On(Day(4)));
        Assert.Equal([Utc(5, 9, 13), Utc(5, 17, 18)], hours.On(Day(5)));
    }

    [Fact]
    public void Once_it_has_begun_a_source_that_tells_of_the_future_only_does_not_make_its_days_off_usual_ones()
    {
        var rota = Rota(Utc(3, 5, 13), Utc(9, 5, 13));
        rota.Continue([Shift(Utc(9, 5, 13)), Shift(Utc(12, 5, 13))], Berlin, Utc(5, 9, 10).Start.ToDateTimeOffset());
        Assert.Equal((new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 12)), (rota.First, rota.Last));

        var later = Rota(Utc(20, 5, 13));
        later.Continue([Shift(Utc(23, 5, 13))], Berlin, Utc(5, 9, 10).Start.ToDateTimeOffset());
        Assert.Equal(new DateOnly(2026, 3, 23), later.First);
    }

    [Fact]
    public void On_the_days_it_covers_nobody_is_met_outside_a_shift_and_all_of_every_shift_is_offered()
    {
        var shifts = Gen.ListOf(from start in Gen.Choose(0, 60 * 24 * 40) from minutes in Gen.Choose(30, 60 * 16) select (start, minutes), 20);
        var zones = Gen.Elements("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll((from one in shifts from zone in zones select (one, zone)).ToArbitrary(), any =>
        {
            // Clear of the hours that a clock has twice or not at all, where a shift may come out shorter.
            var from = Instant.FromUtc(2026, 5, 1, 0, 0);
            var times = Apart(any.one.Select(time => new Interval(from + Duration.FromMinutes(time.start), from + Duration.FromMinutes(time.start + time.minutes))));
            if (times.Count == 0)
                return true;
            var zone = DateTimeZoneProviders.Tzdb[any.zone];
            var rota = new Rota { TimeZone = zone.Id, Shifts = [] };
            rota.Replace([.. times.Select(Shift)], zone);
            var hours = WorkingHours.Default(zone, null, new ShiftPlan(zone, [rota]));
            var covered = hours.Between(LocalDate.FromDateOnly(rota.First).AtStartOfDayInZone(zone).ToInstant(), LocalDate.FromDateOnly(rota.Last).AtStartOfDayInZone(zone).ToInstant()).ToList();
            return covered.SequenceEqual(times);
        }));
    }

    private static List<Interval> Apart(IEnumerable<Interval> times)
    {
        var apart = new List<Interval>();
        foreach (var next in times.OrderBy(time => time.Start))
        {
            if (apart.Count == 0 || next.Start > apart[^1].End)
                apart.Add(next);
        }
        return apart;
    }

    private static Rota Rota(params Interval[] shifts)
    {
        var rota = new Rota { TimeZone = Berlin.Id, Shifts = [] };
        rota.Replace([.. shifts.Select(Shift)], Berlin);
        return rota;
    }

    private static WorkingHours With(Rota rota) => WorkingHours.Default(Berlin, null, new ShiftPlan(Berlin, [rota]));

    private static Shift Shift(Interval time) => new(time.Start.ToDateTimeOffset(), time.End.ToDateTimeOffset());

    private static Interval Time(Shift shift) => new(Instant.FromDateTimeOffset(shift.StartsAt), Instant.FromDateTimeOffset(shift.EndsAt));

    private static LocalDate Day(int day) => new(2026, 3, day);

    /// <summary>Hours of that day of March, UTC; beyond 24 on the next.</summary>
    private static Interval Utc(int day, int from, int to) =>
        new(Instant.FromUtc(2026, 3, day, 0, 0) + Duration.FromHours(from), Instant.FromUtc(2026, 3, day, 0, 0) + Duration.FromHours(to));

    private static Task<RotaFile> Read(string file) => RotaFile.Read(Encoding.UTF8.GetBytes(file), Berlin, Today, default);

    private static async Task<IReadOnlyList<Interval>> Shifts(string file)
    {
        var read = await Read(file);
        Assert.Empty(read.Errors);
        return [.. read.Shifts.Select(Time)];
    }
}
