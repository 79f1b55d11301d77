using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Mentoring.Scheduling.Tests.Sessions;

public sealed class GivingTimeBack
{
    private static readonly Partnership s_pair = Partnership.Form(
        new PairFormed(Guid.CreateVersion7(), 1, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "all", [], "They fit."), DateTimeOffset.UnixEpoch);

    [Fact]
    public void What_is_left_is_every_minute_that_was_taken_and_not_given_back()
    {
        var any = from gaps in Gen.Choose(0, 3).NonEmptyListOf()
                  from lengths in Gen.Choose(1, 3).ArrayOf(gaps.Count)
                  from given in Gen.Choose(0, 20).Two().ListOf()
                  select (Taken: Stretches([.. gaps], lengths), Given: given.Select(two => (From: Math.Min(two.Item1, two.Item2), To: Math.Max(two.Item1, two.Item2))).ToArray());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(any.ToArbitrary(), one =>
        {
            var booked = BookedTimes.For([.. one.Taken.Select(time => Session(time.From, time.To))]).First();

            foreach (var (from, to) in one.Given)
                booked.Free(new Interval(At(from), At(to)));

            var left = one.Taken.SelectMany(Minutes).Except(one.Given.SelectMany(Minutes)).Order();
            Assert.Equal(left, booked.Times.SelectMany(time => Minutes((Minute(time.LowerBound), Minute(time.UpperBound)))));
        }));
    }

    [Fact]
    public void Sessions_that_overlap_are_not_booked_together()
    {
        Assert.Equal(2, BookedTimes.For(Session(0, 2), Session(2, 4)).First().Times.Length);
        Assert.Throws<InvalidOperationException>(() => BookedTimes.For(Session(0, 3), Session(2, 4)).First());
        // Nor where only the way of one of them does.
        Assert.Throws<InvalidOperationException>(() => BookedTimes.For(Session(0, 2, wayOfMentee: 1), Session(2, 4)).Last());
    }

    private static (int From, int To)[] Stretches(int[] gaps, int[] lengths)
    {
        var (stretches, at) = (new List<(int, int)>(), 0);
        foreach (var (gap, length) in gaps.Zip(lengths))
        {
            stretches.Add((at + gap, at + gap + length));
            at += gap + length;
        }
        return [.. stretches];
    }

    private static Session Session(int from, int to, int wayOfMentee = 0) => Scheduling.Sessions.Session.Book(
        s_pair, new TimeSlot(At(from).ToDateTimeOffset(), At(to).ToDateTimeOffset(), Channels.InPerson, null), Side.Mentee, DateTimeOffset.UnixEpoch,
        (TimeSpan.Zero, TimeSpan.FromMinutes(wayOfMentee)));

    private static IEnumerable<int> Minutes((int From, int To) stretch) => Enumerable.Range(stretch.From, stretch.To - stretch.From);

    private static Instant At(int minute) => NodaConstants.UnixEpoch + Duration.FromMinutes(minute);

    private static int Minute(DateTime time) => (int)(time - DateTime.UnixEpoch).TotalMinutes;
}
