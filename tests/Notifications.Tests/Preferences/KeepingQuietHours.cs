using FsCheck;
using FsCheck.Fluent;
using Mentoring.Notifications.Preferences;
using NodaTime;

namespace Mentoring.Notifications.Tests.Preferences;

public sealed class KeepingQuietHours
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly QuietHours Night = new(new TimeOnly(20, 0), new TimeOnly(7, 0));

    private static readonly Gen<(QuietHours Hours, DateTimeOffset Now, DateTimeZone Zone)> Any =
        from fromMinute in Gen.Choose(0, 1439)
        from toMinute in Gen.Choose(0, 1439)
        // An hour in which mail may come, at least: a shorter one can fall into the hour that spring skips.
        where (fromMinute - toMinute + 1440) % 1440 >= 60
        from minute in Gen.Choose(0, 366 * 24 * 60)
        from zone in Gen.Elements("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
        select (new QuietHours(TimeOnly.MinValue.AddMinutes(fromMinute), TimeOnly.MinValue.AddMinutes(toMinute)),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute), DateTimeZoneProviders.Tzdb[zone]);

    [Fact]
    public void What_is_held_is_held_into_the_future_for_a_day_at_most_and_then_let_through() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(Any.ToArbitrary(), given => given.Hours.HoldUntil(given.Now, given.Zone) is not { } until
            || (until > given.Now && until - given.Now <= TimeSpan.FromHours(25.5) && given.Hours.HoldUntil(until, given.Zone) is null)));

    [Theory]
    [InlineData("2026-01-12T19:00:00Z", "2026-01-13T06:00:00Z")]
    [InlineData("2026-01-13T02:00:00Z", "2026-01-13T06:00:00Z")]
    [InlineData("2026-07-12T18:00:00Z", "2026-07-13T05:00:00Z")]
    [InlineData("2026-01-12T06:00:00Z", null)]
    [InlineData("2026-01-12T18:59:00Z", null)]
    public void A_night_ends_at_seven_on_the_wall_clock(string now, string? until) =>
        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until), Night.HoldUntil(DateTimeOffset.Parse(now), Berlin));
}
