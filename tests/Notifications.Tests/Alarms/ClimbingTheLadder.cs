using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Alarms;

namespace Mentoring.Notifications.Tests.Alarms;

public sealed class ClimbingTheLadder
{
    // Few people in many roles: every way in which one person can be two.
    private static readonly Guid[] People = [.. Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7())];

    private static readonly Gen<AlarmLadder> AnyLadder =
        from mentor in Gen.Elements(People)
        from managerOfMentor in Gen.Elements(People.Cast<Guid?>().Append(null).ToArray())
        from mentee in Gen.Elements(People.Where(p => p != mentor).ToArray())
        from managers in Gen.SubListOf(People)
        from sponsor in Gen.Elements(People)
        from deputy in Gen.Elements(People.Cast<Guid?>().Append(null).ToArray())
        select new AlarmLadder(mentor, managerOfMentor, mentee, [.. managers], sponsor, deputy);

    [Theory]
    [InlineData(AlarmStep.Mentee)]
    [InlineData(AlarmStep.ProgrammeManager)]
    [InlineData(AlarmStep.Sponsor)]
    public void Neither_the_mentor_nor_the_mentors_manager_hears_of_it_in_any_role(AlarmStep step) => ForAny(ladder =>
        !ladder.Recipients(step).Contains(ladder.MentorId) && !ladder.Recipients(step).Any(person => person == ladder.MentorsManagerId));

    [Fact]
    public void Each_step_reaches_its_own_people_and_nobody_else() => ForAny(ladder =>
        ladder.Recipients(AlarmStep.Mentee).All(person => person == ladder.MenteeId)
        && ladder.Recipients(AlarmStep.ProgrammeManager).All(ladder.ManagerIds.Contains)
        && ladder.Recipients(AlarmStep.Sponsor).All(person => person == ladder.SponsorId || person == ladder.DeputyId)
        && ladder.Recipients(AlarmStep.Sponsor).Count <= 1);

    [Fact]
    public void The_mentee_learns_of_later_steps_from_nobody() => ForAny(ladder =>
        !ladder.Recipients(AlarmStep.ProgrammeManager).Concat(ladder.Recipients(AlarmStep.Sponsor)).Contains(ladder.MenteeId));

    [Fact]
    public void Where_the_sponsor_is_the_mentee_the_deputy_is_told()
    {
        var (mentor, sponsor, deputy) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal([deputy], new AlarmLadder(mentor, null, sponsor, [], sponsor, deputy).Recipients(AlarmStep.Sponsor));
        Assert.Equal([sponsor], new AlarmLadder(mentor, null, deputy, [], sponsor, deputy).Recipients(AlarmStep.Sponsor));
        Assert.Empty(new AlarmLadder(mentor, null, sponsor, [], sponsor, null).Recipients(AlarmStep.Sponsor));
    }

    private static void ForAny(Func<AlarmLadder, bool> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(AnyLadder.ToArbitrary(), holds));
}
