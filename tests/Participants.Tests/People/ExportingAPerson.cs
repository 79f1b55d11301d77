using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Participants.Tests.Guests;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.People;

public sealed class ExportingAPerson(ParticipantsService service)
{
    [Fact]
    public async Task One_gets_everything_that_is_kept_about_oneself()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");

        using var answer = await senior.GetAsync(staff.Unit.At("people/me/export"));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var export = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(("participants", staff["Senior"]), (export.Text("service"), export.GetProperty("personId").GetGuid()));
        var data = export.GetProperty("data");
        Assert.Equal(("Senior", "senior@example.org"), (data.GetProperty("person").Text("externalId"), data.GetProperty("person").Text("email")));
        Assert.Equal(staff["Chief"], Assert.Single(data.GetProperty("person").GetProperty("chain").EnumerateArray()).GetGuid());
        Assert.Equal("prompt-writing", Assert.Single(data.GetProperty("knowledge").GetProperty("needs").EnumerateArray()).Text("topic"));
        Assert.Equal(("ai", "mentee", "withdrawn"), Assert.Single(
            data.GetProperty("enrolments").EnumerateArray().Select(line => (line.Text("programme"), line.Text("side"), line.Text("state")))));
        Assert.Equal([true, false], data.GetProperty("consents").EnumerateArray().Select(line => line.GetProperty("given").GetBoolean()));
        Assert.Equal("Guest terms of January.", Assert.Single(data.GetProperty("guestElsewhere").EnumerateArray()).Text("terms"));
        Assert.Equal("review-written", Assert.Single(data.GetProperty("acts").EnumerateArray()).Text("code"));
        // Others stand in it as ids only.
        Assert.DoesNotContain("chief@example.org", export.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_consent_log_is_ones_own_and_comes_in_pages()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");
        using var other = staff.As("Chief");

        var first = await senior.Get(staff.Unit.At("people/me/consents?limit=1"), HttpStatusCode.OK);
        var rest = await senior.Get(staff.Unit.At($"people/me/consents?limit=1&after={first.Text("next")}"), HttpStatusCode.OK);

        var given = Assert.Single(first.GetProperty("items").EnumerateArray());
        Assert.True(given.GetProperty("given").GetBoolean());
        Assert.Equal(("ai", "mentee"), (given.Text("programme"), given.Text("side")));
        Assert.Equal("Berlin", given.GetProperty("snapshot").Text("location"));
        Assert.NotEmpty(given.GetProperty("shownTo").EnumerateArray());
        var back = Assert.Single(rest.GetProperty("items").EnumerateArray());
        Assert.False(back.GetProperty("given").GetBoolean());
        Assert.Equal(JsonValueKind.Null, back.GetProperty("snapshot").ValueKind);
        Assert.Empty((await other.Get(staff.Unit.At("people/me/consents"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_administrator_exports_a_leaver_and_that_is_audited_without_saying_whose()
    {
        var staff = await WithAMentee();
        using var admin = staff.Admin();
        using var leave = new HttpRequestMessage(HttpMethod.Delete, staff.Unit.At($"people/{staff["Senior"]}"));
        leave.Headers.TryAddWithoutValidation("If-Match", "*");
        await admin.SendAsync(leave).Gives(HttpStatusCode.NoContent);

        var export = await admin.Get(staff.Unit.At($"people/{staff["Senior"]}/export"), HttpStatusCode.OK);

        Assert.True(export.GetProperty("data").GetProperty("person").GetProperty("gone").GetBoolean());
        var act = await service.Bus.Of<ActionAudited>(staff.Unit, act => act.Code == "person-exported");
        Assert.Equal((staff["Admin"], staff.Unit.Id), (act.ActorId, act.SubjectId));
        using var chief = staff.As("Chief");
        await chief.GetAsync(staff.Unit.At($"people/{staff["Senior"]}/export")).IsRefused(403, "role-missing");
        await admin.GetAsync(staff.Unit.At($"people/{Guid.CreateVersion7()}/export")).IsRefused(404, "not-found");
        var elsewhere = await Staff.Of(service);
        using var foreign = elsewhere.Admin();
        await foreign.GetAsync(elsewhere.Unit.At($"people/{staff["Senior"]}/export")).IsRefused(404, "not-found");
    }

    private async Task<Staff> WithAMentee()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        using var senior = staff.As("Senior");
        using var knowledge = new HttpRequestMessage(HttpMethod.Put, staff.Unit.At("knowledge/mine"))
        {
            Content = JsonContent.Create(new { offers = Array.Empty<object>(), needs = new[] { new { topic = "prompt-writing", level = 4, priority = true } } }),
        };
        knowledge.Headers.TryAddWithoutValidation("If-Match", "*");
        await senior.SendAsync(knowledge).Gives(HttpStatusCode.OK);
        var enrolment = (await senior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentee", consent = true }).Gives(HttpStatusCode.Created)).Text("id");
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await senior.Post(staff.Unit.At($"enrolments/{enrolment}/withdraw")).Gives(HttpStatusCode.NoContent);
        await GuestVisits.Asked(service, staff, await Staff.Of(service), "Senior");
        await service.Publish(staff.Unit, new ActionAudited(Guid.CreateVersion7(), staff["Senior"], "review-written", Guid.CreateVersion7(), service.Clock.GetUtcNow()));
        await Eventually.Holds(async () => Assert.True(await service.In(staff.Unit, db => db.AuditAliases.AnyAsync(alias => alias.PersonId == staff["Senior"]))));
        return staff;
    }
}
