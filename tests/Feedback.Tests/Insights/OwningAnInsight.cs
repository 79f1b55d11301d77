using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Insights;
using Mentoring.Feedback.People;

namespace Mentoring.Feedback.Tests.Insights;

public class OwningAnInsight
{
    private static readonly DateOnly Today = new(2026, 1, 12);
    private readonly Guid _raiser = Guid.CreateVersion7();

    private Insight Named() => Insight.Raise(Guid.CreateVersion7(), Facts.Known().Id, "Tools", "We wait three weeks.", _raiser, Today);

    private static Insight Anonymous() => Insight.RaiseAnonymously(AnonymousId.Draw(), Facts.Known().Id, "Tools", "We wait three weeks.", []);

    private static KnownPerson Person(CareerStage stage) => new() { Id = Guid.CreateVersion7(), Name = "Somebody", Stage = stage };

    [Theory]
    [InlineData(CareerStage.Early, true)]
    [InlineData(CareerStage.Established, true)]
    [InlineData(CareerStage.Senior, false)]
    [InlineData(CareerStage.Executive, false)]
    public void The_owner_needs_authority(CareerStage stage, bool refused) =>
        Assert.Equal(refused ? OwnerRefusal.WithoutAuthority : null, Ownership.Refuses(Person(stage), Facts.Known(), Named(), []));

    [Fact]
    public void A_sponsor_has_authority_by_role()
    {
        var programme = Facts.Known();
        var sponsor = new KnownPerson { Id = programme.SponsorId, Name = "The sponsor", Stage = CareerStage.Established };
        Assert.Null(Ownership.Refuses(sponsor, programme, Named(), []));
    }

    [Fact]
    public void Somebody_unknown_or_gone_has_none()
    {
        var gone = Person(CareerStage.Executive);
        gone.Left = true;
        Assert.Equal(OwnerRefusal.WithoutAuthority, Ownership.Refuses(null, Facts.Known(), Named(), []));
        Assert.Equal(OwnerRefusal.WithoutAuthority, Ownership.Refuses(gone, Facts.Known(), Named(), []));
    }

    [Fact]
    public void The_raisers_own_mentee_never_owns_it()
    {
        var mentee = Person(CareerStage.Executive);
        Assert.Equal(OwnerRefusal.OwnMentee, Ownership.Refuses(mentee, Facts.Known(), Named(), [_raiser]));
        Assert.Null(Ownership.Refuses(mentee, Facts.Known(), Named(), [Guid.CreateVersion7()]));
    }

    /// <summary>Were only the raiser's own mentee refused, trying one owner after the other would name the raiser.</summary>
    [Fact]
    public void For_an_anonymous_one_every_mentee_is_refused_alike()
    {
        var refusals = Enumerable.Range(0, 20).Select(_ => Ownership.Refuses(Person(CareerStage.Executive), Facts.Known(), Anonymous(), [Guid.CreateVersion7()]));
        Assert.Equal([OwnerRefusal.SomebodysMentee], refusals.Distinct().Select(refusal => refusal!.Value));
        Assert.Null(Ownership.Refuses(Person(CareerStage.Executive), Facts.Known(), Anonymous(), []));
    }

    [Fact]
    public void An_answer_after_the_due_date_is_late_even_when_the_owner_was_changed()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var insight = Named();
        Assert.Null(insight.Assign(first, Today.AddDays(7), null, Today));
        Assert.False(insight.MarkOverdue(Today.AddDays(7)));
        Assert.True(insight.MarkOverdue(Today.AddDays(8)));
        Assert.False(insight.MarkOverdue(Today.AddDays(9)));

        Assert.Null(insight.Assign(second, Today.AddDays(30), null, Today.AddDays(9)));
        Assert.Equal(Today.AddDays(7), insight.DueOn);
        Assert.Null(insight.Reply(second, InsightAnswer.Done, "Done.", InsightEffect.Process, null, Today.AddDays(10)));
        Assert.False(insight.InTime);
    }

    [Fact]
    public void What_was_planned_may_be_answered_again_and_what_was_done_not()
    {
        var owner = Guid.CreateVersion7();
        var insight = Named();
        insight.Assign(owner, Today.AddDays(7), null, Today);
        Assert.Null(insight.Reply(owner, InsightAnswer.Planned, "Next quarter.", InsightEffect.None, null, Today.AddDays(7)));
        Assert.Null(insight.Reply(owner, InsightAnswer.Done, "Done.", InsightEffect.Policy, "The new rule", Today.AddDays(60)));
        Assert.True(insight.InTime);
        Assert.Equal(AnswerRefusal.AlreadyAnswered, insight.Reply(owner, InsightAnswer.Declined, "No.", InsightEffect.None, null, Today.AddDays(61)));
        Assert.Equal(AssignRefusal.AlreadyAnswered, insight.Assign(Guid.CreateVersion7(), Today.AddDays(70), null, Today.AddDays(61)));
    }

    [Fact]
    public void Only_the_owner_answers()
    {
        var insight = Named();
        Assert.Equal(AnswerRefusal.NotTheOwner, insight.Reply(_raiser, InsightAnswer.Done, "Done.", InsightEffect.None, null, Today));
    }
}
