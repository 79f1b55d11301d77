using FsCheck;
using FsCheck.Fluent;
using Mentoring.Scheduling.Momentum;
using NodaTime;
using Level = Mentoring.Contracts.Scheduling.Momentum;
using Outcome = Mentoring.Scheduling.Momentum.Outcome;

namespace Mentoring.Scheduling.Tests.Momentum;

public sealed class ReadingAHistory
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 12, 0);
    private static readonly Duration Fortnight = Duration.FromDays(14);

    [Fact]
    public void A_held_session_more_never_worsens_it() => ForAny(history =>
        history.Since is var since && Read(history.Meetings, since).Level is var before
        && Enumerable.Range(0, 20).All(i =>
            Read([.. history.Meetings, new Meeting(Id(900 + i), since + ((Now - since) * (i / 20.0)), Outcome.Held)], since).Level <= before));

    [Fact]
    public void Holding_what_was_planned_never_worsens_it() => ForAny(history =>
        history.Meetings.Select((meeting, i) => (meeting, i)).Where(at => at.meeting.Outcome is Outcome.Planned && at.meeting.StartsAt <= Now).All(at =>
        {
            var held = history.Meetings.ToArray();
            held[at.i] = at.meeting with { Outcome = Outcome.Held };
            return Read(held, history.Since).Level <= Read(history.Meetings, history.Since).Level;
        }));

    [Fact]
    public void The_order_in_which_sessions_became_known_does_not_matter() => ForAny(history =>
        Same(Read(history.Meetings, history.Since), Read([.. history.Meetings.Reverse()], history.Since))
        && Same(Read(history.Meetings, history.Since), Read([.. history.Meetings.OrderBy(meeting => meeting.SessionId)], history.Since)));

    [Fact]
    public void What_the_mentor_cancels_makes_no_row() => ForAny(history =>
        Read([.. history.Meetings.Where(meeting => meeting.Outcome is not (Outcome.CancelledByMentor or Outcome.MissedByMentor))], history.Since).Row
        == Read(history.Meetings, history.Since).Row);

    [Fact]
    public void There_is_a_reason_for_every_reading() => ForAny(history => Read(history.Meetings, history.Since).Reasons is { Count: > 0 } reasons && reasons.All(reason => reason.Length > 0));

    [Fact]
    public void It_is_read_again_only_in_the_future() => ForAny(history => Read(history.Meetings, history.Since).LookAgainAt is not { } again || again > Now);

    [Fact]
    public void Two_in_a_row_by_the_mentee_are_slipping_while_something_stands_and_stalled_when_nothing_does()
    {
        Meeting[] cancelled = [At(-10, Outcome.CancelledByMentee), At(4, Outcome.CancelledByMentee)];

        Assert.Equal(Level.Slipping, Read([.. cancelled, At(18, Outcome.Planned)], Ago(12)).Level);
        Assert.Equal(Level.Stalled, Read(cancelled, Ago(12)).Level);
    }

    [Fact]
    public void A_session_held_or_standing_in_between_breaks_the_row()
    {
        Assert.Equal(1, Read([At(-30, Outcome.CancelledByMentee), At(-16, Outcome.Held), At(-2, Outcome.CancelledByMentee)], Ago(40)).Row?.Length);
        Assert.Equal(1, Read([At(4, Outcome.CancelledByMentee), At(18, Outcome.Planned), At(32, Outcome.CancelledByMentee)], Ago(1)).Row?.Length);
    }

    [Fact]
    public void A_cancellation_by_the_mentor_in_between_does_not() =>
        Assert.Equal(2, Read([At(-30, Outcome.CancelledByMentee), At(-16, Outcome.CancelledByMentor), At(-2, Outcome.MissedByMentee)], Ago(40)).Row?.Length);

    [Fact]
    public void Meeting_in_rhythm_is_thriving() =>
        Assert.Equal(Level.Thriving, Read([At(-29, Outcome.Held), At(-15, Outcome.Held), At(-1, Outcome.Held), At(13, Outcome.Planned)], Ago(43)).Level);

    [Fact]
    public void A_pair_that_has_just_begun_is_steady() => Assert.Equal(Level.Steady, Read([At(3, Outcome.Planned)], Ago(1)).Level);

    [Fact]
    public void Time_without_a_meeting_lets_it_slip_and_stall()
    {
        Assert.Equal(Level.Slipping, Read([At(3, Outcome.Planned)], Ago(23)).Level);
        Assert.Equal(Level.Stalled, Read([At(3, Outcome.Planned)], Ago(45)).Level);
    }

    [Fact]
    public void Reasons_blame_nobody_by_name_and_say_what_is_missing() =>
        Assert.Contains("Nothing is booked.", Read([], Ago(30)).Reasons);

    private static void ForAny(Func<History, bool> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(AnyHistory.ToArbitrary(), holds));

    private sealed record History(Meeting[] Meetings, Instant Since);

    private static Reading Read(Meeting[] meetings, Instant since) => PairHistory.Read(meetings, Fortnight, since, Now);

    private static bool Same(Reading one, Reading other) =>
        one.Level == other.Level && one.Row == other.Row && one.LookAgainAt == other.LookAgainAt && one.Reasons.SequenceEqual(other.Reasons);

    private static Meeting At(int days, Outcome outcome) => new(Id(days + 1_000), Now + Duration.FromDays(days), outcome);

    private static Instant Ago(int days) => Now - Duration.FromDays(days);

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    // What is to come can only be planned or cancelled; what is past may be anything.
    private static readonly Gen<Meeting> AnyMeeting =
        from id in Gen.Choose(1, 100_000)
        from hours in Gen.Choose(-24 * 120, 24 * 60)
        from outcome in hours > 0 ? Gen.Elements(Outcome.Planned, Outcome.CancelledByMentor, Outcome.CancelledByMentee) : Gen.Elements(Enum.GetValues<Outcome>())
        select new Meeting(Id(id + 10_000), Now + Duration.FromHours(hours), outcome);

    private static readonly Gen<History> AnyHistory =
        from meetings in Gen.ListOf(AnyMeeting)
        from days in Gen.Choose(0, 130)
        select new History([.. meetings.DistinctBy(meeting => meeting.SessionId)], Ago(days));
}
