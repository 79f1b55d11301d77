using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Partnerships;

/// <summary>A delegate is who a mentee has named, for that mentee alone.</summary>
public sealed class BookingForAMentee(SchedulingService service)
{
    [Fact]
    public async Task A_delegate_finds_the_pair_books_the_series_moves_and_cancels_and_each_is_audited()
    {
        var pair = await APair.Active(service);
        var assistant = await pair.Assistant();

        var found = Assert.Single((await assistant.Json(Delegated(pair))).GetProperty("items").EnumerateArray());
        Assert.Equal((pair.Id, "Mara Mentor", "Enno Mentee", "active"), (found.GetProperty("id").GetGuid(), found.GetProperty("mentor").Text("name"), found.GetProperty("mentee").Text("name"), found.Text("state")));
        Assert.Equal(["id", "mentee", "mentor", "state"], found.EnumerateObject().Select(field => field.Name).Order());
        await assistant.Posts(pair.Own("/series/confirm"), new { });
        var booked = await pair.Booked();
        Assert.Equal(booked, (await Mine(assistant, pair)).Select(session => session.GetProperty("id").GetGuid()));
        await assistant.Posts(pair.Unit.At($"sessions/{booked[1]}/move"), new { startsAt = await pair.NextSlot(1) });
        await pair.Cancels(assistant, booked[0]);

        foreach (var (code, subject) in new[] { ("series-confirmed-for-mentee", pair.Id), ("session-moved-for-mentee", booked[1]), ("session-cancelled-for-mentee", booked[0]) })
        {
            var act = await service.Bus.Of<ActionAudited>(pair.Unit, audited => audited.Code == code);
            Assert.Equal((pair.AssistantId, subject), (act.ActorId, act.SubjectId));
        }
    }

    [Fact]
    public async Task For_whoever_is_not_named_by_this_mentee_there_is_nothing_also_with_the_role_there_used_to_be()
    {
        var pair = await APair.Meeting(service);
        var other = await pair.AnotherPair();
        var session = (await pair.Booked())[0];
        var ofAnother = await other.Assistant();
        var formerly = service.As(pair.Unit, Guid.CreateVersion7(), [], (pair.ProgrammeId, "delegate"));
        var elsewhere = service.As(TestUnit.New(), pair.AssistantId);
        await pair.Assistant();

        foreach (var who in new[] { ofAnother, formerly, pair.Somebody, pair.Manager, elsewhere })
        {
            foreach (var at in new[] { pair.Own("/series"), pair.Own("/slots"), pair.Unit.At($"partnerships/slots?pair={pair.Id}"), pair.Unit.At($"sessions/{session}") })
                await who.FindsNothing(at);
            await who.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = await pair.NextSlot() }, 404, "not-found");
            await who.IsRefused(pair.Own("/series/confirm"), new { }, 404, "not-found");
            await who.IsRefused(pair.Unit.At($"sessions/{session}/move"), new { startsAt = await pair.NextSlot() }, 404, "not-found");
            await who.IsRefused(pair.Unit.At($"sessions/{session}/cancel"), new { reason = "other" }, 404, "not-found");
        }
        foreach (var who in new[] { formerly, pair.Somebody })
        {
            Assert.Empty(await Mine(who, pair));
            Assert.Empty((await who.Json(Delegated(pair))).GetProperty("items").EnumerateArray());
        }
        Assert.Equal([other.Id], (await ofAnother.Json(Delegated(pair))).GetProperty("items").EnumerateArray().Select(found => found.GetProperty("id").GetGuid()));
        Assert.Empty(await Mine(ofAnother, pair));
    }

    [Fact]
    public async Task Neither_why_a_session_was_cancelled_nor_what_became_of_one_is_shown()
    {
        var pair = await APair.Meeting(service);
        var assistant = await pair.Assistant();
        var sessions = (await Mine(pair.Mentee, pair)).Take(3).Select(session => (Id: session.GetProperty("id").GetGuid(), Ends: session.GetProperty("endsAt").GetDateTimeOffset())).ToArray();
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{sessions[2].Id}/cancel"), new { reason = "illness" });
        service.Clock.Set(sessions[1].Ends);
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{sessions[0].Id}/held"), new { });
        await pair.Mentor.Posts(pair.Unit.At($"sessions/{sessions[1].Id}/held"), new { });
        await pair.Mentee.Posts(pair.Unit.At($"sessions/{sessions[1].Id}/not-held"), new { });

        var seen = await Mine(assistant, pair);

        Assert.DoesNotContain(seen, session => session.GetProperty("id").GetGuid() == sessions[0].Id || session.GetProperty("id").GetGuid() == sessions[1].Id);
        var cancelled = Assert.Single(seen, session => session.Text("state") == "cancelled");
        Assert.Equal(sessions[2].Id, cancelled.GetProperty("id").GetGuid());
        foreach (var session in (JsonElement[])[cancelled, await assistant.Json(pair.Unit.At($"sessions/{sessions[2].Id}"))])
            Assert.All(["bySide", "reason", "heldSaidBy", "objectUntil"], field => Assert.Equal((field, JsonValueKind.Null), (field, session.GetProperty(field).ValueKind)));
        foreach (var settled in sessions[..2])
        {
            await assistant.FindsNothing(pair.Unit.At($"sessions/{settled.Id}"));
            await assistant.IsRefused(pair.Unit.At($"sessions/{settled.Id}/cancel"), new { reason = "other" }, 404, "not-found");
            await assistant.IsRefused(pair.Unit.At($"sessions/{settled.Id}/move"), new { startsAt = await pair.NextSlot() }, 404, "not-found");
        }
        Assert.Equal("illness", (await pair.Mentee.Json(pair.Unit.At($"sessions/{sessions[2].Id}"))).Text("reason"));
    }

    [Fact]
    public async Task Why_a_time_is_not_free_is_told_to_the_mentee_and_not_to_a_delegate()
    {
        var pair = await APair.Active(service);
        var other = await pair.SameMentorWithAnother();
        var (assistant, taken) = (await pair.Assistant(), await pair.NextSlot());
        await other.HasBooked(taken);
        var night = new DateTimeOffset(taken.Date, TimeSpan.Zero).AddHours(2);
        object At(DateTimeOffset time) => new { partnershipId = pair.Id, startsAt = time };

        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), At(taken), 409, "slot-taken");
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), At(night.AddDays(7)), 422, "outside-hours");
        await assistant.IsRefused(pair.Unit.At("sessions"), At(taken), 409, "time-not-free");
        await assistant.IsRefused(pair.Unit.At("sessions"), At(night.AddDays(7)), 409, "time-not-free");
        var session = await pair.HasBooked();
        await assistant.IsRefused(pair.Unit.At($"sessions/{session}/move"), new { startsAt = taken }, 409, "time-not-free");
        await assistant.IsRefused(pair.Unit.At($"sessions/{session}/move"), new { startsAt = night.AddDays(7) }, 409, "time-not-free");
    }

    [Fact]
    public async Task Taken_back_it_ends_and_what_arrives_late_does_not_bring_it_back()
    {
        var pair = await APair.Meeting(service);
        var assistant = await pair.Assistant();
        await assistant.Json(pair.Own("/slots"));

        await pair.IsBookedForBy();
        await assistant.FindsNothing(pair.Own("/slots"));
        var late = Guid.CreateVersion7();
        await service.Publish(pair.Unit, new DelegatesChanged(pair.MenteeId, 1, [pair.AssistantId]), late);
        await service.HasConsumed(late, "copy-delegates-when-delegates-changed");

        await assistant.FindsNothing(pair.Own("/slots"));
        Assert.Empty(await Mine(assistant, pair));
        await pair.Assistant();
        await assistant.Json(pair.Own("/slots"));
    }

    [Fact]
    public async Task A_mentor_whom_the_mentee_names_stays_the_mentor()
    {
        var pair = await APair.Active(service);
        await pair.IsBookedForBy(pair.MentorId);

        await pair.Mentor.IsRefused(pair.Own("/series/confirm"), new { }, 422, "mentee-books");
        Assert.Empty((await pair.Mentor.Json(Delegated(pair))).GetProperty("items").EnumerateArray());
        Assert.Equal("mentor", (await pair.Mentor.Json(pair.Own())).Text("as"));
    }

    [Fact]
    public async Task A_pair_that_has_ended_is_no_longer_there_to_book()
    {
        var pair = await APair.Meeting(service);
        var assistant = await pair.Assistant();
        Assert.Single((await assistant.Json(Delegated(pair))).GetProperty("items").EnumerateArray());

        using var ended = await pair.Mentee.PostAsync(pair.Own("/end"), null);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Empty((await assistant.Json(Delegated(pair))).GetProperty("items").EnumerateArray());
        await assistant.IsRefused(pair.Own("/series/confirm"), new { }, 409, "partnership-ended");
    }

    [Fact]
    public async Task Whoever_is_erased_books_for_nobody_and_nobody_books_for_them()
    {
        var pair = await APair.Meeting(service);
        var other = await pair.AnotherPair();
        await pair.IsBookedForBy(pair.AssistantId, other.MenteeId);
        await other.IsBookedForBy(pair.AssistantId);
        var export = (await service.As(pair.Unit, pair.AssistantId).Json(pair.Unit.At("partnerships/mine/export"))).GetProperty("data");
        Assert.Equal([pair.MenteeId, other.MenteeId], export.GetProperty("booksFor").EnumerateArray().Select(id => id.GetGuid()).Order());
        Assert.Equal([other.MenteeId, pair.AssistantId], (await pair.Mentee.Json(pair.Unit.At("partnerships/mine/export"))).GetProperty("data").GetProperty("delegates").EnumerateArray()
            .Select(id => id.GetGuid()).OrderBy(id => id == pair.AssistantId));

        foreach (var gone in new[] { pair.AssistantId, other.MenteeId })
        {
            var message = Guid.CreateVersion7();
            await service.Publish(pair.Unit, new PersonErased(gone, 9), message);
            await service.HasConsumed(message, "forget-person-when-person-erased");
        }
        var late = Guid.CreateVersion7();
        await service.Publish(pair.Unit, new DelegatesChanged(other.MenteeId, 99, [pair.MentorId]), late);
        await service.HasConsumed(late, "copy-delegates-when-delegates-changed");

        Assert.Equal(0, await service.In(pair.Unit, db => db.Delegations.CountAsync()));
        await Eventually.Holds(async () => Assert.Empty((await service.TracesOf(pair.AssistantId.ToString())).Except(["platform.versions"])));
    }

    private static Uri Delegated(APair pair) => pair.Unit.At("partnerships/delegated");

    /// <summary>Of this pair, by their start.</summary>
    private static async Task<JsonElement[]> Mine(HttpClient who, APair pair) =>
    [
        .. (await who.Json(pair.Unit.At("sessions/mine?limit=200"))).GetProperty("items").EnumerateArray()
            .Where(session => session.GetProperty("partnershipId").GetGuid() == pair.Id),
    ];
}
