using System.Net;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Guests;

public sealed class TakingPartAsAGuest(ParticipantsService service)
{
    private const string Terms = "Neither an applicant nor staff.";

    [Fact]
    public async Task The_programmes_own_terms_are_shown_accepted_and_kept()
    {
        var (_, host, guest) = await Programme($"{{ side: mentor, terms: {Terms}, expires: P1M }}");
        using var student = service.As(host.Unit, guest);

        var preview = await student.Get(host.Unit.At("enrolments/preview?programme=ai&side=mentor"), HttpStatusCode.OK);
        await student.Post(host.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true }).IsRefused(422, "terms-not-accepted");
        await student.Post(host.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true, acceptsTerms = true }).Gives(HttpStatusCode.Created);

        Assert.Equal(Terms, preview.GetProperty("guest").Text("terms"));
        Assert.Equal(service.Clock.GetUtcNow().AddMonths(1), preview.GetProperty("guest").GetProperty("until").GetDateTimeOffset());
        var log = (await student.Get(host.Unit.At("people/me/consents"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Equal(Terms, Assert.Single(log.EnumerateArray()).Text("terms"));
    }

    [Fact]
    public async Task A_part_ends_when_the_programme_says_and_the_guest_stays()
    {
        var (_, host, guest) = await Programme($"{{ side: mentor, terms: {Terms}, expires: P1M }}");
        using var student = service.As(host.Unit, guest);
        await student.Post(host.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true, acceptsTerms = true }).Gives(HttpStatusCode.Created);

        service.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(service.Bus.All<ParticipantWithdrawn>(host.Unit));
        service.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(guest, (await service.Bus.Of<ParticipantWithdrawn>(host.Unit)).PersonId);
        Assert.False(await service.In(host.Unit, db => db.People.Where(person => person.Id == guest).Select(person => person.Gone).SingleAsync()));
        // And may come back for as long again.
        await student.Post(host.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true, acceptsTerms = true }).Gives(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_guest_whose_time_here_ends_waits_for_no_place_any_more()
    {
        var (_, host, guest) = await Programme($"{{ side: mentor, terms: {Terms} }}");
        using var student = service.As(host.Unit, guest);
        await student.Post(host.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true, acceptsTerms = true }).Gives(HttpStatusCode.Created);
        // As where other guests have all the places: nobody outside knows of this one.
        await service.In(host.Unit, db => db.Database.ExecuteSqlAsync($"update participants set state = 'waiting' where person_id = {guest}"));
        await service.In(host.Unit, db => db.Database.ExecuteSqlAsync($"update people set known_elsewhere = false where id = {guest}"));
        using var admin = host.Admin();

        var visit = (await GuestVisits.Only(admin, host, "hosted")).Text("id");
        await admin.Post(host.Unit.At($"guests/{visit}/end")).Gives(HttpStatusCode.NoContent);

        var line = (await admin.Get(host.Unit.At("enrolments?programme=ai&state=withdrawn"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Equal(guest, Assert.Single(line.EnumerateArray()).GetProperty("personId").GetGuid());
    }

    [Fact]
    public async Task A_programme_that_names_a_home_takes_its_guests_from_there()
    {
        var (home, host, guest) = await Programme("{ side: mentor, home: some-other-university, terms: T }");
        using var student = service.As(host.Unit, guest);
        await student.GetAsync(host.Unit.At("enrolments/preview?programme=ai&side=mentor")).IsRefused(422, "not-eligible");
        await student.Post(host.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true, acceptsTerms = true }).IsRefused(422, "not-eligible");

        await Open(host, "welcome", $"{{ side: mentor, home: {home.Unit.Slug}, terms: T }}");

        await student.Post(host.Unit.At("enrolments"), new { programme = "welcome", side = "mentor", consent = true, acceptsTerms = true }).Gives(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nobody_of_the_unit_itself_is_asked_for_terms()
    {
        var (_, host, _) = await Programme($"{{ side: mentor, terms: {Terms} }}");
        using var leader = host.As("Leader");

        var preview = await leader.Get(host.Unit.At("enrolments/preview?programme=ai&side=mentee"), HttpStatusCode.OK);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, preview.GetProperty("guest").ValueKind);
        await leader.Post(host.Unit.At("enrolments"), new { programme = "ai", side = "mentee", consent = true }).Gives(HttpStatusCode.Created);
    }

    /// <summary>A programme with one admitted guest who has not enrolled yet.</summary>
    private async Task<(Staff Home, Staff Host, Guid Guest)> Programme(string guests)
    {
        var host = await Staff.Of(service, ("Chief", "executive"), ("Manager", "established"), ("Leader", "senior"));
        var home = await Staff.Of(service, ("Student", "early"));
        await GuestVisits.Admitted(service, home, host, "Student");
        await Open(host, "ai", guests);
        return (home, host, await service.In(host.Unit, db => db.People.Where(person => person.IsGuest).Select(person => person.Id).SingleAsync()));
    }

    private static async Task Open(Staff host, string slug, string guests)
    {
        using var admin = host.Admin();
        await admin.PostYaml(host.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: {slug}\nguests: {guests}").Gives(HttpStatusCode.Created);
        await admin.Post(host.Unit.At($"programmes/{slug}/open")).Gives(HttpStatusCode.OK);
    }
}
