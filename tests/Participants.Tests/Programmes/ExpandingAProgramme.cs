using Mentoring.Participants.Programmes;

namespace Mentoring.Participants.Tests.Programmes;

public sealed class ExpandingAProgramme
{
    private static readonly DateTimeOffset s_now = new(2026, 7, 13, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid s_someone = Guid.CreateVersion7();

    [Fact]
    public void Without_a_review_it_is_refused()
    {
        var programme = Drafts.Opened(s_now);

        Assert.Equal(ExpandRefusal.ReviewMissing, programme.Expand(null, "we go ahead anyway", bySponsor: true, s_someone, s_now));
    }

    [Fact]
    public void A_red_gate_stops_everybody_who_does_not_override()
    {
        var programme = Reviewed(green: false);

        Assert.Equal(ExpandRefusal.GateRed, programme.Expand(null, null, bySponsor: true, s_someone, s_now));
        Assert.Equal(ExpandRefusal.OnlyTheSponsorOverrides, programme.Expand(null, "we go ahead anyway", bySponsor: false, s_someone, s_now));
        Assert.Empty(programme.Expansions);
    }

    [Fact]
    public void The_sponsors_words_stay_readable_ever_after()
    {
        var programme = Reviewed(green: false);

        Assert.Null(programme.Expand(null, "we go ahead anyway", bySponsor: true, s_someone, s_now));
        programme.Hear(new Review(Guid.CreateVersion7(s_now.AddDays(30)), 1, Green: true, []));
        Assert.Null(programme.Expand(null, null, bySponsor: false, s_someone, s_now));

        Assert.Equal(["we go ahead anyway", null], programme.Expansions.Select(done => done.OverrideReason));
    }

    [Fact]
    public void A_green_review_needs_no_override_and_keeps_none()
    {
        var programme = Reviewed(green: true);

        Assert.Null(programme.Expand(programme.LatestReview!.ReviewId, "words to be on the safe side", bySponsor: true, s_someone, s_now));
        Assert.Null(Assert.Single(programme.Expansions).OverrideReason);
        Assert.Equal(ExpandRefusal.AlreadyExpanded, programme.Expand(null, null, bySponsor: false, s_someone, s_now));
    }

    [Fact]
    public void Only_the_newest_review_counts_in_whatever_order_they_arrive()
    {
        var programme = Drafts.Opened(s_now);
        var (older, newer) = (Guid.CreateVersion7(s_now), Guid.CreateVersion7(s_now.AddDays(1)));

        Assert.True(programme.Hear(new Review(newer, 1, Green: false, [])));
        Assert.False(programme.Hear(new Review(older, 1, Green: true, [])));
        Assert.Equal(ExpandRefusal.GateRed, programme.Expand(null, null, bySponsor: false, s_someone, s_now));
        Assert.Equal(ExpandRefusal.ReviewMissing, programme.Expand(older, null, bySponsor: false, s_someone, s_now));
    }

    private static Programme Reviewed(bool green)
    {
        var programme = Drafts.Opened(s_now);
        programme.Hear(new Review(Guid.CreateVersion7(s_now), 1, green, [new ReviewGate("sessions-held", green, "0.5 of 0.8")]));
        return programme;
    }
}
