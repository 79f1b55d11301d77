using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Momentum;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Tests.Momentum;

public sealed class TakingTheSteps
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Row = Guid.CreateVersion7();

    [Fact]
    public void The_alarm_is_raised_once_for_a_row()
    {
        var momentum = PairMomentum.Begin(Guid.CreateVersion7());

        Assert.Equal(MomentumChange.AlarmRaised, momentum.Weigh(Missed(2), null, Monday));
        Assert.Equal(MomentumChange.None, momentum.Weigh(Missed(2), null, Monday.AddHours(1)));
        Assert.Equal(MomentumChange.None, momentum.Weigh(Missed(3), null, Monday.AddHours(2)));
    }

    [Fact]
    public void The_ladder_ends_with_the_sponsor()
    {
        var momentum = PairMomentum.Begin(Guid.CreateVersion7());
        momentum.Weigh(Missed(2), null, Monday);

        Assert.True(momentum.Escalate(AlarmStep.Mentee));
        Assert.False(momentum.Escalate(AlarmStep.Mentee));
        Assert.True(momentum.Escalate(AlarmStep.ProgrammeManager));
        Assert.False(momentum.Escalate(AlarmStep.Sponsor));
        Assert.Equal(AlarmStep.Sponsor, momentum.Alarm);
    }

    [Fact]
    public void A_booking_after_the_alarm_ends_it_and_one_before_does_not()
    {
        var momentum = PairMomentum.Begin(Guid.CreateVersion7());
        momentum.Weigh(Missed(2), Monday.AddDays(-7), Monday);

        momentum.Weigh(Missed(2), Monday.AddDays(-7), Monday.AddHours(1));
        Assert.Equal(AlarmStep.Mentee, momentum.Alarm);
        Assert.Equal(MomentumChange.Reading, momentum.Weigh(Missed(2), Monday.AddHours(2), Monday.AddHours(3)));
        Assert.Null(momentum.Alarm);
    }

    [Fact]
    public void A_row_that_grows_after_a_booking_raises_it_anew()
    {
        var momentum = PairMomentum.Begin(Guid.CreateVersion7());
        momentum.Weigh(Missed(2), null, Monday);
        momentum.Weigh(Missed(2), Monday.AddHours(2), Monday.AddHours(3));

        Assert.Equal(MomentumChange.None, momentum.Weigh(Missed(2), Monday.AddHours(2), Monday.AddHours(4)));
        Assert.Equal(MomentumChange.AlarmRaised, momentum.Weigh(Missed(3), Monday.AddHours(2), Monday.AddDays(1)));
    }

    [Fact]
    public void A_held_session_ends_it()
    {
        var momentum = PairMomentum.Begin(Guid.CreateVersion7());
        momentum.Weigh(Missed(2), null, Monday);

        Assert.Equal(MomentumChange.Reading, momentum.Weigh(new Reading(Level.Steady, [], null, null), null, Monday.AddDays(1)));
        Assert.False(momentum.Escalate(AlarmStep.Mentee));
    }

    private static Reading Missed(int inARow) => new(Level.Slipping, [], new MissedRow(Row, inARow), null);
}
