using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Feedback.Pairs;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Tests.Pairs;

/// <summary>Facts come at least once and in any order.</summary>
public sealed class KeepingCopies(FeedbackService feedback)
{
    private readonly TestUnit _unit = TestUnit.New();
    private readonly Guid _programme = Guid.CreateVersion7();
    private readonly Guid _mentor = Guid.CreateVersion7();
    private readonly Guid _mentee = Guid.CreateVersion7();

    [Fact]
    public async Task An_end_that_arrives_before_the_beginning_stays_an_end()
    {
        var id = Guid.CreateVersion7();
        await feedback.Publish(_unit, new PartnershipEnded(id, 9, _programme, _mentor, _mentee, Early: true));
        await Eventually.Holds(async () => Assert.True((await Pair(id)).Ended));
        await feedback.Publish(_unit, new PairFormed(id, 1, _programme, _mentor, _mentee, "all", [], "A good match."));
        await Eventually.Holds(async () => Assert.NotNull((await Pair(id)).FormedAt));
        Assert.True((await Pair(id)).Ended);
    }

    [Fact]
    public async Task A_session_is_what_its_newest_fact_says()
    {
        var (id, pair, starts) = (Guid.CreateVersion7(), Guid.CreateVersion7(), feedback.Clock.GetUtcNow());
        await feedback.Publish(_unit, new SessionHeldRetracted(id, 3, pair, _programme, _mentor, _mentee, "all", starts));
        await Eventually.Holds(async () => Assert.Equal(SessionState.NotHeld, (await Session(id)).State));

        var late = Guid.CreateVersion7();
        await feedback.Publish(_unit, new SessionHeld(id, 2, pair, _programme, _mentor, _mentee, "all", starts), late);
        await feedback.Publish(_unit, new SessionBooked(id, 1, pair, _programme, _mentor, _mentee, starts, starts.AddHours(1), "video", null, 0));
        await feedback.HasConsumed(late, "keep-session-when-session-held");
        Assert.Equal(SessionState.NotHeld, (await Session(id)).State);

        await feedback.Publish(_unit, new SessionMissed(id, 4, pair, _programme, _mentor, _mentee, starts, Side.Mentee));
        await Eventually.Holds(async () => Assert.Equal((SessionState.Missed, Side.Mentee), ((await Session(id)).State, (await Session(id)).BySide!.Value)));
    }

    [Fact]
    public async Task Who_withdraws_takes_no_part_and_no_late_fact_brings_them_back()
    {
        var (id, late) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await feedback.Publish(_unit, Facts.Participant(id, _programme, _mentor, Side.Mentor));
        await Eventually.Holds(async () => Assert.Equal(1, await feedback.In(_unit, db => db.Participants.CountAsync())));
        await feedback.Publish(_unit, new ParticipantWithdrawn(id, 2, _programme, _mentor, Side.Mentor));
        await Eventually.Holds(async () => Assert.Equal(0, await feedback.In(_unit, db => db.Participants.CountAsync())));
        await feedback.Publish(_unit, Facts.Participant(id, _programme, _mentor, Side.Mentor, version: 3), late);
        await feedback.HasConsumed(late, "keep-participant-when-participant-changed");
        Assert.Equal(0, await feedback.In(_unit, db => db.Participants.CountAsync()));
    }

    [Fact]
    public async Task An_erased_person_leaves_no_row()
    {
        var cohort = await feedback.Running(pairs: 1);
        var gone = cohort.Pairs[0].Mentor;
        var survey = await cohort.OpenSurvey();
        await cohort.Answer(gone, survey);
        await cohort.Answer(cohort.Pairs[0].Mentee, survey);
        await cohort.RaiseInsight(gone);
        await cohort.RaiseAnonymously(gone, "Untold");
        await feedback.Publish(cohort.Unit, new PersonErased(gone, 2));
        await Eventually.Holds(async () => Assert.False(await feedback.In(cohort.Unit, db => db.People.AnyAsync(person => person.Id == gone))));

        Assert.Equal(1, await feedback.In(cohort.Unit, db => db.AnswerSheets.CountAsync()));
        foreach (var table in new[] { "participants", "pairs", "sessions", "survey_participations", "reflections", "insights", "anonymous_raisers", "concerns" })
            Assert.Equal(0L, await feedback.AsOwner<long>($"select count(*) from {table} t where unit_id = '{cohort.Unit.Id}' and to_jsonb(t)::text like '%{gone}%'"));
        Assert.Equal(0, await feedback.In(cohort.Unit, db => db.AnonymousRaisers.CountAsync()));
        await Eventually.Holds(async () => Assert.Empty((await feedback.TracesOf(gone.ToString())).Except(["platform.versions"])));
    }

    [Fact]
    public async Task An_erased_sponsor_is_named_by_no_programme()
    {
        var cohort = await feedback.Running(pairs: 1);
        await feedback.Publish(cohort.Unit, new PersonErased(cohort.Sponsor, 2));
        await Eventually.Holds(async () => Assert.Empty((await feedback.TracesOf(cohort.Sponsor.ToString())).Except(["platform.versions"])));
    }

    private Task<Pair> Pair(Guid id) => feedback.In(_unit, db => db.Pairs.SingleAsync(pair => pair.Id == id));

    private Task<PairSession> Session(Guid id) => feedback.In(_unit, db => db.Sessions.SingleAsync(session => session.Id == id));
}
