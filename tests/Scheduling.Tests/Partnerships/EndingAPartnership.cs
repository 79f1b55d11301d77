using System.Net;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Sessions;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class EndingAPartnership(SchedulingService service)
{
    [Fact]
    public async Task Either_ends_it_without_a_reason_and_who_it_was_is_not_told()
    {
        foreach (var side in new[] { Side.Mentor, Side.Mentee })
        {
            var pair = await APair.Meeting(service);
            var who = side is Side.Mentor ? pair.Mentor : pair.Mentee;

            using var answer = await who.PostAsync(pair.Own("/end"), null);

            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            // The same for whoever ended it as in the notice to both: one's own enrolment, and nothing of the other's.
            Assert.Equal(
                $"</api/v1/units/{pair.Unit.Slug}/enrolments/mine>; rel=\"next\"; title=\"Would you like to be matched again?\"",
                Assert.Single(answer.Headers.GetValues("Link")));
            Assert.True((await service.Bus.Of<PartnershipEnded>(pair.Unit)).Early);
            var cancelled = await service.Bus.Of<SessionCancelled>(pair.Unit);
            // The same whoever it was.
            Assert.Equal((Side.Mentor, CancelReasons.PartnershipEnded), (cancelled.BySide, cancelled.Reason));
            Assert.Empty(await pair.Booked());
            Assert.Equal(0, await service.In(pair.Unit, db => db.BookedTimes.CountAsync()));
            Assert.DoesNotContain(service.Bus.All<Contracts.Audit.ActionAudited>(pair.Unit), _ => true);
            await who.IsRefused(pair.Own("/end"), new { }, 409, "partnership-ended");
            await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = await pair.NextSlot() }, 409, "partnership-ended");
        }
    }

    [Fact]
    public async Task It_is_over_by_plan_when_the_programmes_length_has_passed()
    {
        var pair = await APair.Active(service);

        service.Clock.Advance(TimeSpan.FromDays(190));

        Assert.False((await service.Bus.Of<PartnershipEnded>(pair.Unit)).Early);
        Assert.Equal("ended", (await pair.Mentee.Json(pair.Own())).Text("state"));
    }

    [Fact]
    public async Task A_leavers_sessions_are_cancelled_and_no_late_fact_revives_the_person()
    {
        var pair = await APair.Meeting(service);

        await service.Publish(pair.Unit, new PersonLeft(pair.MentorId, 2));
        await service.Bus.Of<PartnershipEnded>(pair.Unit);
        Assert.Empty(await pair.Booked());

        var late = Guid.CreateVersion7();
        await service.Publish(pair.Unit, new PersonChanged(pair.MentorId, 3, "Mara Late", null, "Europe/Berlin", [], CareerStage.Early, "", null, null, []), late);
        await service.HasConsumed(late, "copy-person-when-person-changed");
        Assert.Equal("", (await pair.Mentee.Json(pair.Own())).GetProperty("mentor").Text("name"));
    }

    [Fact]
    public async Task Dissolved_left_and_withdrawn_end_it_once()
    {
        var pair = await APair.Meeting(service);
        var (one, two, three) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await service.Publish(pair.Unit, new PairDissolved(pair.Id, 2, pair.ProgrammeId, pair.MentorId, pair.MenteeId), one);
        await service.Publish(pair.Unit, new PersonLeft(pair.MentorId, 2), two);
        await service.Publish(pair.Unit, new ParticipantWithdrawn(Guid.CreateVersion7(), 2, pair.ProgrammeId, pair.MentorId, Side.Mentor), three);
        await service.HasConsumed(one, "end-partnership-when-pair-dissolved");
        await service.HasConsumed(two, "end-partnerships-when-person-left");
        await service.HasConsumed(three, "end-partnerships-when-participant-withdrawn");

        await service.Bus.Of<PartnershipEnded>(pair.Unit);
        Assert.Single(service.Bus.All<PartnershipEnded>(pair.Unit));
    }

    [Fact]
    public async Task A_closed_programme_ends_its_partnerships()
    {
        var pair = await APair.Active(service);

        await service.Publish(pair.Unit, new ProgrammeClosed(pair.ProgrammeId, 9));

        Assert.False((await service.Bus.Of<PartnershipEnded>(pair.Unit)).Early);
    }

    [Fact]
    public async Task Of_a_closed_programme_no_pair_begins_though_it_was_formed_before()
    {
        var pair = await APair.Active(service);
        await service.Publish(pair.Unit, new ProgrammeClosed(pair.ProgrammeId, 9));
        await service.Bus.Of<PartnershipEnded>(pair.Unit);
        var late = pair.PairFormed() with { PairId = Guid.CreateVersion7() };

        await service.Publish(pair.Unit, late);

        Assert.False((await service.Bus.Of<PartnershipEnded>(pair.Unit, ended => ended.PartnershipId == late.PairId)).Early);
    }

    [Fact]
    public async Task Of_an_erased_person_nothing_is_left()
    {
        var pair = await APair.Meeting(service);

        var message = Guid.CreateVersion7();
        await service.Publish(pair.Unit, new PersonErased(pair.MenteeId, 9), message);
        await service.HasConsumed(message, "forget-person-when-person-erased");

        Assert.Equal(0, await service.In(pair.Unit, async db =>
            await db.Partnerships.CountAsync() + await db.Sessions.CountAsync() + await db.BookedTimes.CountAsync() + await db.Momentum.CountAsync() + await db.Transitions.CountAsync()
            + await db.People.CountAsync(person => person.Id == pair.MenteeId) + await db.Preparations.CountAsync(done => done.PersonId == pair.MenteeId)));
        await service.Bus.Of<PartnershipEnded>(pair.Unit);
        await Eventually.Holds(async () => Assert.Empty((await service.TracesOf(pair.MenteeId.ToString())).Except(["platform.versions"])));
    }
}
