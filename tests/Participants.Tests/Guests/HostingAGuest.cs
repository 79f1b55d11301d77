using System.Net;
using Mentoring.Contracts.Participants;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Guests;

public sealed class HostingAGuest(ParticipantsService service)
{
    [Fact]
    public async Task An_admitted_guest_is_a_person_here_with_the_consented_snapshot_only()
    {
        var (home, host, id) = await Offered();
        using var admin = host.Admin();
        var sponsored = await admin.Post(host.Unit.At($"guests/{id}/admit"), new { sponsor = "chief@example.org" }).Gives(HttpStatusCode.OK);

        Assert.Equal(("admitted", "Chief Example"), (sponsored.Text("state"), sponsored.Text("sponsor")));
        var guest = await service.In(host.Unit, db => db.People.SingleAsync(person => person.IsGuest));
        Assert.Equal(("Student Example", CareerStage.Early, 2, null, null), (guest.Name, guest.Stage, guest.Grade, guest.Location, guest.ExternalId));
        Assert.NotEqual(home["Student"], guest.Id);
        Assert.False((await service.Bus.Of<MembershipChanged>(host.Unit, changed => changed.PersonId == guest.Id)).Ended);

        // Home sees where its person takes part.
        Assert.Equal("Chief Example", (await service.Bus.Of<GuestAdmitted>(home.Unit)).Sponsor);
        using var homeAdmin = home.Admin();
        await Eventually.Holds(async () => Assert.Equal("admitted", (await GuestVisits.Only(homeAdmin, home, "offered")).Text("state")));
        await admin.Post(host.Unit.At($"guests/{id}/admit"), new { sponsor = "chief@example.org" }).IsRefused(409, "guest-not-open");
    }

    [Fact]
    public async Task Home_may_end_it_and_the_guests_way_in_is_gone()
    {
        var (home, host, id) = await Admitted();
        using var homeAdmin = home.Admin();

        await homeAdmin.Post(home.Unit.At($"guests/{id}/end")).Gives(HttpStatusCode.NoContent);

        await service.Bus.Of<GuestEnded>(host.Unit);
        await service.Bus.Of<MembershipChanged>(host.Unit, changed => changed.Ended);
        Assert.True(await service.In(host.Unit, db => db.People.AnyAsync(person => person.IsGuest && person.Gone)));
        await homeAdmin.Post(home.Unit.At($"guests/{id}/end")).IsRefused(409, "guest-not-open");
    }

    [Fact]
    public async Task It_ends_by_itself_when_its_day_comes()
    {
        var (home, host, _) = await Admitted();

        service.Clock.Advance(TimeSpan.FromDays(91));

        await service.Bus.Of<GuestEnded>(home.Unit);
        await service.Bus.Of<MembershipChanged>(host.Unit, changed => changed.Ended);
        using var homeAdmin = home.Admin();
        await Eventually.Holds(async () => Assert.Equal("ended", (await GuestVisits.Only(homeAdmin, home, "offered")).Text("state")));
    }

    [Fact]
    public async Task An_end_heard_of_before_the_offer_stays_the_end()
    {
        var host = await Staff.Of(service);
        var offer = new GuestOffered(
            Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "Home", Guid.CreateVersion7(), "Late Guest", "late@example.org", "Europe/Berlin", ["en"], CareerStage.Early, [], "Terms",
            service.Clock.GetUtcNow().AddDays(9));
        await service.Publish(host.Unit, new GuestEnded(offer.OfferId, 2));
        await Eventually.Holds(async () => Assert.Equal(1, await service.AsOwner<long>($"select count(*) from platform.versions where id = '{offer.OfferId}'")));

        await service.Publish(host.Unit, offer);
        var later = offer with { OfferId = Guid.CreateVersion7() };
        await service.Publish(host.Unit, later);

        using var admin = host.Admin();
        await Eventually.Holds(async () => Assert.Equal(later.OfferId, (await GuestVisits.Only(admin, host, "hosted")).GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task A_leaver_at_home_is_no_guest_any_more()
    {
        var (home, host, _) = await Admitted();

        await service.Publish(home.Unit, new PersonLeft(home["Student"], 99));

        await service.Bus.Of<MembershipChanged>(host.Unit, changed => changed.Ended);
    }

    [Fact]
    public async Task Whoever_takes_part_nowhere_and_leaves_is_no_guest_any_more_either()
    {
        var (home, host, _) = await Admitted();
        using var admin = home.Admin();
        using var leave = new HttpRequestMessage(HttpMethod.Delete, home.Unit.At($"people/{home["Student"]}"));
        leave.Headers.TryAddWithoutValidation("If-Match", "*");

        await admin.SendAsync(leave).Gives(HttpStatusCode.NoContent);

        await service.Bus.Of<MembershipChanged>(host.Unit, changed => changed.Ended);
        await Eventually.Holds(async () => Assert.Equal("ended", (await GuestVisits.Only(admin, home, "offered")).Text("state")));
    }

    [Fact]
    public async Task Whoever_is_just_leaving_is_not_offered()
    {
        var (home, host) = (await Staff.Of(service, ("Boss", "executive"), ("Student", "early")), await Staff.Of(service, ("Chief", "executive")));
        using var admin = home.Admin();
        // Known to others already, so that offering does not write the person.
        await service.In(home.Unit, db => db.People.Where(person => person.Id == home["Student"]).ExecuteUpdateAsync(person => person.SetProperty(p => p.KnownElsewhere, true)));

        using var answer = await service.AskDuring(
            home.Unit,
            $"update people set gone = true, version = version + 1 where id = {home["Student"]}",
            () => admin.Post(home.Unit.At("guests"), new { personEmail = Staff.Email("Student"), hostUnit = host.Unit.Slug, terms = "Guest terms.", expires = service.Clock.GetUtcNow().AddDays(90) }));

        await Task.FromResult(answer).IsRefused(422, "person-unknown");
    }

    [Fact]
    public async Task Wrong_offers_and_admissions_are_refused()
    {
        var (home, host, id) = await Offered();
        using var homeAdmin = home.Admin();
        using var hostAdmin = host.Admin();
        var expires = service.Clock.GetUtcNow().AddDays(90);

        await homeAdmin.Post(home.Unit.At("guests"), new { personEmail = "student@example.org", hostUnit = host.Unit.Slug, terms = "T", expires }).IsRefused(409, "already-offered");
        await homeAdmin.Post(home.Unit.At("guests"), new { personEmail = "nobody@example.org", hostUnit = host.Unit.Slug, terms = "T", expires }).IsRefused(422, "person-unknown");
        await homeAdmin.Post(home.Unit.At("guests"), new { personEmail = "student@example.org", hostUnit = "no-such-unit", terms = "T", expires }).IsRefused(422, "host-unknown");
        await homeAdmin.Post(home.Unit.At("guests"), new { personEmail = "student@example.org", hostUnit = home.Unit.Slug, terms = "", expires = expires.AddYears(-1) }).IsRefused(400, "invalid");
        await hostAdmin.Post(host.Unit.At($"guests/{id}/admit"), new { sponsor = "nobody@example.org" }).IsRefused(422, "sponsor-unknown");
        await homeAdmin.Post(home.Unit.At($"guests/{id}/admit"), new { sponsor = "admin@example.org" }).IsRefused(404, "not-found");
        await hostAdmin.GetAsync(host.Unit.At("guests")).IsRefused(400, "invalid");
        using var chief = host.As("Chief");
        await chief.Post(host.Unit.At($"guests/{id}/admit"), new { sponsor = "chief@example.org" }).IsRefused(403, "role-missing");
    }

    [Fact]
    public async Task Nothing_leaves_home_before_the_person_has_seen_it_and_said_yes()
    {
        var host = await Staff.Of(service, ("Chief", "executive"));
        var home = await Staff.Of(service, ("Student", "early"), ("Other", "early"));
        var id = await GuestVisits.Asked(service, home, host, "Student");

        Assert.Equal(home["Student"], (await service.Bus.Of<GuestAsked>(home.Unit)).PersonId);
        using var student = home.As("Student");
        using var other = home.As("Other");
        using var admin = home.Admin();
        var shown = Assert.Single((await student.Get(home.Unit.At("guests/mine"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        Assert.Equal(("asked", "Guest terms of January."), (shown.Text("state"), shown.Text("terms")));
        Assert.Empty((await other.Get(home.Unit.At("guests/mine"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        await other.Post(home.Unit.At($"guests/{id}/accept"), new { terms = true, snapshot = true }).IsRefused(404, "not-found");
        await admin.Post(home.Unit.At($"guests/{id}/accept"), new { terms = true, snapshot = true }).IsRefused(404, "not-found");
        await student.Post(home.Unit.At($"guests/{id}/accept"), new { terms = true }).IsRefused(422, "consent-missing");
        Assert.Empty(service.Bus.All<GuestOffered>(host.Unit));

        await student.Post(home.Unit.At($"guests/{id}/accept"), new { terms = true, snapshot = true }).Gives(HttpStatusCode.NoContent);

        var offered = await service.Bus.Of<GuestOffered>(host.Unit);
        var snapshot = shown.GetProperty("snapshot");
        Assert.Equal((snapshot.Text("name"), snapshot.Text("email"), "Guest terms of January."), (offered.Name, offered.Email, offered.Terms));
        Assert.NotNull(await service.In(home.Unit, db => db.GuestOffers.Where(offer => offer.Id == id).Select(offer => offer.AcceptedAt).SingleAsync()));
        await student.Post(home.Unit.At($"guests/{id}/accept"), new { terms = true, snapshot = true }).IsRefused(409, "already-accepted");
    }

    [Fact]
    public async Task A_no_is_told_to_nobody_and_a_yes_can_be_taken_back()
    {
        var host = await Staff.Of(service, ("Chief", "executive"));
        var home = await Staff.Of(service, ("Student", "early"), ("Second", "early"));
        var no = await GuestVisits.Asked(service, home, host, "Student");
        using var student = home.As("Student");
        await student.Post(home.Unit.At($"guests/{no}/decline")).Gives(HttpStatusCode.NoContent);
        await student.Post(home.Unit.At($"guests/{no}/decline")).IsRefused(409, "guest-not-open");
        await student.Post(home.Unit.At($"guests/{no}/accept"), new { terms = true, snapshot = true }).IsRefused(409, "guest-not-open");

        var yes = await GuestVisits.Offered(service, home, host, "Second");
        using var second = home.As("Second");
        await second.Post(home.Unit.At($"guests/{yes}/decline")).Gives(HttpStatusCode.NoContent);

        await service.Bus.Of<GuestEnded>(host.Unit, ended => ended.OfferId == yes);
        Assert.DoesNotContain(service.Bus.All<GuestEnded>(host.Unit), ended => ended.OfferId == no);
    }

    [Fact]
    public async Task When_it_is_over_the_host_keeps_the_id_alone()
    {
        var host = await Staff.Of(service, ("Chief", "executive"));
        var home = await Staff.Of(service, ("Ethelburga", "early"));
        var id = await GuestVisits.Admitted(service, home, host, "Ethelburga");
        using var admin = host.Admin();

        await admin.Post(host.Unit.At($"guests/{id}/end")).Gives(HttpStatusCode.NoContent);

        var guest = await service.In(host.Unit, db => db.People.SingleAsync(person => person.IsGuest));
        Assert.Equal(("", null, ""), (guest.Name, guest.Email, guest.FamilyFirst));
        Assert.Equal(0L, await service.AsOwner<long>($"select count(*) from hosted_guests g where unit_id = '{host.Unit.Id}' and g::text ilike '%ethelburga%'"));
    }

    private async Task<(Staff Home, Staff Host, Guid Id)> Offered()
    {
        var host = await Staff.Of(service, ("Chief", "executive"));
        var home = await Staff.Of(service, ("Student", "early"));
        await home.Import("externalId,givenName,familyName,email,managerExternalId,grade\nStudent,Student,Example,student@example.org,,2\n");
        var id = await GuestVisits.Offered(service, home, host, "Student");
        return (home, host, id);
    }

    private async Task<(Staff Home, Staff Host, Guid Id)> Admitted()
    {
        var (home, host, id) = await Offered();
        using var admin = host.Admin();
        await admin.Post(host.Unit.At($"guests/{id}/admit"), new { sponsor = "chief@example.org" }).Gives(HttpStatusCode.OK);
        using var homeAdmin = home.Admin();
        await Eventually.Holds(async () => Assert.Equal("admitted", (await GuestVisits.Only(homeAdmin, home, "offered")).Text("state")));
        return (home, host, id);
    }
}
