using Mentoring.Matching.Proposals;

namespace Mentoring.Matching.Tests.Proposals;

public sealed class GivingTimeToAnswer
{
    [Fact]
    public void A_night_shift_answers_until_it_ends_and_is_reminded_before()
    {
        var day = WorkingDay.Of(Cast.Junior() with { TimeZone = "Europe/Berlin", DayStartsAt = new TimeOnly(22, 0), DayEndsAt = new TimeOnly(6, 0) });
        var asked = DateTimeOffset.Parse("2026-01-12T09:00:00Z", null);

        Assert.Equal(DateTimeOffset.Parse("2026-01-15T21:00:00Z", null), day.Reminder(asked));
        Assert.Equal(DateTimeOffset.Parse("2026-01-16T05:00:00Z", null), day.Deadline(asked));
    }

    [Theory]
    // Monday: until Thursday evening.
    [InlineData("2026-01-12T09:00:00Z", "Europe/Berlin", "2026-01-15T16:00:00Z", "2026-01-15T08:00:00Z")]
    // Thursday: the weekend does not count.
    [InlineData("2026-01-15T09:00:00Z", "Europe/Berlin", "2026-01-20T16:00:00Z", "2026-01-20T08:00:00Z")]
    // Saturday: Monday is the first day.
    [InlineData("2026-01-17T09:00:00Z", "Europe/Berlin", "2026-01-21T16:00:00Z", "2026-01-21T08:00:00Z")]
    // Late on Monday in UTC is Tuesday in Auckland, and its evening is the morning in UTC.
    [InlineData("2026-01-12T20:00:00Z", "Pacific/Auckland", "2026-01-16T04:00:00Z", "2026-01-15T20:00:00Z")]
    // Over the change to summer time.
    [InlineData("2026-03-26T09:00:00Z", "Europe/Berlin", "2026-03-31T15:00:00Z", "2026-03-31T07:00:00Z")]
    public void Three_working_days_of_the_person_asked(string asked, string zone, string deadline, string reminder)
    {
        var day = WorkingDay.Of(Cast.Junior() with { TimeZone = zone });
        Assert.Equal(DateTimeOffset.Parse(deadline, null), day.Deadline(DateTimeOffset.Parse(asked, null)));
        Assert.Equal(DateTimeOffset.Parse(reminder, null), day.Reminder(DateTimeOffset.Parse(asked, null)));
    }
}
