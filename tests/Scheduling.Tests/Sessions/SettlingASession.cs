using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Sessions;

public sealed class SettlingASession(SchedulingService service)
{
    [Fact]
    public async Task It_was_held_once_either_says_so_and_not_before_it_started()
    {
        var (pair, session, at) = await Booked();
        await pair.Mentor.IsRefused(At(pair, session, "held"), new { }, 422, "not-started");

        service.Clock.Set(at.AddMinutes(50));
        await pair.Mentor.Posts(At(pair, session, "held"), new { });

        var fact = await service.Bus.Of<SessionHeld>(pair.Unit);
        Assert.Equal((session, "sponsor", at), (fact.SessionId, fact.Wave, fact.StartsAt));
        await pair.Mentee.IsRefused(At(pair, session, "held"), new { }, 409, "session-not-open");
        Assert.Equal(0, await service.TimersOf(session, "session-question"));
    }

    [Fact]
    public async Task The_other_side_may_object_within_a_week()
    {
        var (pair, session, at) = await Booked();
        service.Clock.Set(at.AddHours(1));
        await pair.Mentor.Posts(At(pair, session, "held"), new { });

        await pair.Mentor.IsRefused(At(pair, session, "not-held"), new { }, 422, "not-yours-to-object");
        service.Clock.Advance(TimeSpan.FromDays(6));
        await pair.Mentee.Posts(At(pair, session, "not-held"), new { });

        Assert.Equal(session, (await service.Bus.Of<SessionHeldRetracted>(pair.Unit)).SessionId);
    }

    [Fact]
    public async Task After_a_week_it_stays_held()
    {
        var (pair, session, at) = await Booked();
        service.Clock.Set(at.AddHours(1));
        await pair.Mentor.Posts(At(pair, session, "held"), new { });
        service.Clock.Advance(TimeSpan.FromDays(8));

        await pair.Mentee.IsRefused(At(pair, session, "not-held"), new { }, 422, "too-late-to-object");
    }

    [Fact]
    public async Task A_delegate_says_neither()
    {
        var (pair, session, at) = await Booked();
        service.Clock.Set(at.AddHours(1));

        await (await pair.Assistant()).IsRefused(At(pair, session, "held"), new { }, 404, "not-found");
    }

    [Fact]
    public async Task Of_which_nobody_says_anything_the_mentee_is_asked_after_a_day_and_three_days_later_it_is_missed()
    {
        var (pair, session, at) = await Booked();

        service.Clock.Set(at.AddHours(26));
        var question = await service.Bus.Of<SessionUnconfirmed>(pair.Unit);
        Assert.Equal((session, pair.MenteeId), (question.SessionId, question.MenteeId));
        Assert.Empty(service.Bus.All<SessionMissed>(pair.Unit));

        service.Clock.Set(question.AnswerBy);
        var missed = await service.Bus.Of<SessionMissed>(pair.Unit);
        Assert.Equal((session, Side.Mentee), (missed.SessionId, missed.BySide));
        Assert.Single(service.Bus.All<SessionUnconfirmed>(pair.Unit));
    }

    [Fact]
    public async Task An_answer_to_the_question_is_enough()
    {
        var (pair, session, at) = await Booked();
        service.Clock.Set(at.AddHours(26));
        await service.Bus.Of<SessionUnconfirmed>(pair.Unit);

        await pair.Mentee.Posts(At(pair, session, "held"), new { });

        Assert.Equal(0, await service.TimersOf(session, "session-missed"));
    }

    [Fact]
    public async Task Missed_is_the_mentees_to_say_and_never_the_juniors_button_to_press()
    {
        var (pair, session, at) = await Booked();
        service.Clock.Set(at.AddHours(26));

        await pair.Mentor.IsRefused(At(pair, session, "not-held"), new { }, 409, "session-not-open");
        Assert.Equal("missed", (await pair.Mentee.Posts(At(pair, session, "not-held"), new { })).Text("state"));
    }

    [Theory]
    [InlineData("mentor", Side.Mentor)]
    [InlineData("mentee", Side.Mentee)]
    [InlineData(null, Side.Mentee)]
    public async Task The_mentee_says_who_could_not_come_and_a_mentor_who_could_not_counts_against_nobody_else(string? missedBy, Side counted)
    {
        var (pair, session, at) = await Booked();
        service.Clock.Set(at.AddHours(26));

        await pair.Mentee.Posts(At(pair, session, "not-held"), missedBy is null ? new { } : new { missedBy });

        Assert.Equal((session, counted), await Missed());

        async Task<(Guid, Side)> Missed()
        {
            var fact = await service.Bus.Of<SessionMissed>(pair.Unit);
            return (fact.SessionId, fact.BySide);
        }
    }

    private async Task<(APair Pair, Guid Session, DateTimeOffset At)> Booked()
    {
        var pair = await APair.Active(service);
        var at = await pair.NextSlot();
        return (pair, await pair.HasBooked(at), at);
    }

    private static Uri At(APair pair, Guid session, string verb) => pair.Unit.At($"sessions/{session}/{verb}");
}
