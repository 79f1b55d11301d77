using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Sessions;

public sealed class BookingASession(SchedulingService service)
{
    [Fact]
    public async Task The_mentee_books_an_offered_slot_and_both_see_it()
    {
        var pair = await APair.Active(service);
        var at = await pair.NextSlot();

        var session = await pair.HasBooked(at);

        foreach (var who in new[] { pair.Mentor, pair.Mentee })
            Assert.Equal("booked", (await who.Json(pair.Unit.At($"sessions/{session}"))).Text("state"));
        var fact = await service.Bus.Of<SessionBooked>(pair.Unit);
        Assert.Equal((session, pair.Id, 1L, 0, at, at.AddHours(1)), (fact.SessionId, fact.PartnershipId, fact.Version, fact.Sequence, fact.StartsAt, fact.EndsAt));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", "notice-too-short")]
    [InlineData("1969-12-31T09:00:00Z", "notice-too-short")]
    [InlineData("9999-12-31T23:59:59Z", "too-far-ahead")]
    [InlineData("2090-03-01T09:00:00Z", "too-far-ahead")]
    public async Task A_time_that_nobody_can_keep_is_refused(string startsAt, string code)
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt }, 422, code);
        await pair.Mentor.IsRefused(pair.Unit.At($"sessions/{session}/move"), new { startsAt }, 422, code);

        Assert.Equal([session], await pair.Booked());
    }

    [Fact]
    public async Task For_everybody_else_the_session_does_not_exist()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        var at = pair.Unit.At($"sessions/{session}");

        await pair.Somebody.FindsNothing(at);
        await pair.Manager.FindsNothing(at);
        await service.As(TestUnit.New(), pair.MenteeId).FindsNothing(at);
        await pair.Somebody.IsRefused(pair.Unit.At($"sessions/{session}/cancel"), new { reason = "other" }, 404, "not-found");
        await pair.Somebody.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = await pair.NextSlot() }, 404, "not-found");
    }

    [Fact]
    public async Task A_delegate_books_for_the_mentee_and_that_is_audited()
    {
        var pair = await APair.Active(service);

        var session = (await (await pair.Assistant()).Posts(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = await pair.NextSlot() })).GetProperty("id").GetGuid();

        var audited = await service.Bus.Of<ActionAudited>(pair.Unit);
        Assert.Equal(("session-booked-for-mentee", session), (audited.Code, audited.SubjectId));
    }

    [Fact]
    public async Task Where_the_mentee_books_the_mentor_is_told_so()
    {
        var pair = await APair.Active(service);

        await pair.Mentor.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = await pair.NextSlot() }, 422, "mentee-books");
    }

    [Fact]
    public async Task No_first_session_before_the_charter_is_signed()
    {
        var pair = await APair.Formed(service);
        await pair.Signs(pair.Mentor);

        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = await pair.NextSlot() }, 422, "charter-unsigned");
    }

    [Fact]
    public async Task No_first_session_before_both_are_prepared()
    {
        var pair = await APair.Formed(service, prepared: false);
        await pair.HasPrepared(pair.MentorId, Side.Mentor);
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);

        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = await pair.NextSlot() }, 422, "preparation-missing");

        await pair.HasPrepared(pair.MenteeId, Side.Mentee);
        await pair.HasBooked();
    }

    [Fact]
    public async Task Outside_the_hours_of_one_of_the_two_is_refused()
    {
        var pair = await APair.Active(service, mentorZone: "America/New_York");
        // Ten in the morning in Berlin, four at night in New York.
        var at = new DateTimeOffset(service.Clock.GetUtcNow().Date, TimeSpan.Zero).AddDays(3).AddHours(9);

        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = at }, 422, "outside-hours");
    }

    [Fact]
    public async Task Sooner_than_the_other_sides_notice_is_refused()
    {
        var pair = await APair.Active(service);

        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = service.Clock.GetUtcNow().AddHours(2) }, 422, "notice-too-short");
    }

    [Fact]
    public async Task An_overlapping_slot_is_refused()
    {
        var pair = await APair.Active(service);
        var other = await pair.SameMentorWithAnother();
        var at = await pair.NextSlot();
        await pair.HasBooked(at);

        await other.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = other.Id, startsAt = at.AddMinutes(30) }, 409, "slot-taken");

        Assert.DoesNotContain(at, (await other.Mentee.Json(other.Own("/slots"))).GetProperty("items").EnumerateArray().Select(slot => slot.GetProperty("startsAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Of_two_parallel_bookings_of_one_person_exactly_one_succeeds()
    {
        var pair = await APair.Active(service);
        var other = await pair.SameMentorWithAnother();
        var first = await pair.NextSlot();
        for (var round = 0; round < 5; round++)
        {
            var at = first.AddDays(7 * round);
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Book(i % 2 == 0 ? pair : other, at)));

            Assert.Equal(1, answers.Count(status => status is HttpStatusCode.Created));
            Assert.Equal(7, answers.Count(status => status is HttpStatusCode.Conflict));
        }
        await Eventually.Holds(() =>
        {
            Assert.Equal(5, service.Bus.All<SessionBooked>(pair.Unit).Count);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task The_same_idempotency_key_books_once()
    {
        var pair = await APair.Active(service);
        var body = new { partnershipId = pair.Id, startsAt = await pair.NextSlot() };
        var ids = new List<string>();
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, pair.Unit.At("sessions")) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", "book-once");
            using var answer = await pair.Mentee.SendAsync(request);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            ids.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Single(await pair.Booked());
    }

    [Fact]
    public async Task A_length_channel_or_field_that_makes_no_sense_is_refused()
    {
        var pair = await APair.Active(service);
        var at = await pair.NextSlot();

        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = at, minutes = 5 }, 400, "invalid");
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = at, channel = "telepathy" }, 400, "invalid");
        await pair.Mentee.IsRefused(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = at, colour = "red" }, 400, "unknown-field");
    }

    private static async Task<HttpStatusCode> Book(APair pair, DateTimeOffset at)
    {
        using var answer = await pair.Mentee.PostAsJsonAsync(pair.Unit.At("sessions"), new { partnershipId = pair.Id, startsAt = at });
        return answer.StatusCode;
    }
}
