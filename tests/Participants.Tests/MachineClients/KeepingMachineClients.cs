using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.MachineClients;
using Mentoring.Participants.Units;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.MachineClients;

public sealed class KeepingMachineClients(ParticipantsService service)
{
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(2);

    [Fact]
    public async Task Whoever_sends_its_token_is_the_client_of_that_unit_and_no_person()
    {
        var unit = await service.AnOrganisation();

        var (id, token) = await Create(unit, "Workday");

        Assert.Matches("^mcl_[A-Za-z0-9_-]{64}$", token);
        var found = await Asked(unit, token);
        Assert.Equal((id, unit.Unit.Id, unit.Unit.Slug), (found.Client!.Id, found.Client.UnitId, found.Client.Unit));
        Assert.Equal([Roles.Provisioning], found.Client.Roles);
        Assert.Empty(found.Memberships);
        Assert.False(found.Operator);
        var shown = await unit.Get<MachineClientView>($"machine-clients/{id}");
        Assert.Equal(("Workday", "Ada Lovelace", false, null), (shown.Name, shown.CreatedBy, shown.Expired, shown.PreviousUntil));
        Assert.Equal(service.Clock.GetUtcNow().AddYears(1), shown.ExpiresAt);
    }

    [Fact]
    public async Task What_is_not_its_token_is_nobody()
    {
        var (unit, other) = (await service.AnOrganisation(), await service.AnOrganisation());
        var (_, token) = await Create(unit, "Workday");
        var subject = Subject(unit, token);

        // The same secret before another unit's id, another secret, and what no subject can be; nor does a provider's word count.
        Assert.Null((await service.SignOn(MachineToken.Issuer, Subject(other, token), email: null)).Client);
        Assert.Null((await service.SignOn(MachineToken.Issuer, Subject(unit, token + "x"), email: null)).Client);
        Assert.Null((await service.SignOn(unit.Issuer, subject, unit.AdminEmail)).Client);
        foreach (var wrong in new[] { "", ".", unit.Unit.Id.ToString(), subject[..^1], subject.ToUpperInvariant(), $"{Guid.Empty}.{new string('0', 64)}", $"{Guid.CreateVersion7()}.{new string('0', 64)}", $"{subject}.x" })
            Assert.Null((await service.SignOn(MachineToken.Issuer, wrong, email: null)).Client);
        // Nor is a machine client anybody by an address.
        Assert.Empty((await service.SignOn(MachineToken.Issuer, subject, unit.AdminEmail)).Memberships);
        Assert.NotNull((await service.SignOn(MachineToken.Issuer, subject, email: null)).Client);
    }

    [Fact]
    public async Task The_token_is_shown_once_and_kept_nowhere()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        admin.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        using var created = await admin.Post(unit.Unit.At("machine-clients"), new { name = "Workday" });
        using var repeated = await admin.Post(unit.Unit.At("machine-clients"), new { name = "Workday" });

        var answer = await created.ReadAs<MachineClientWithToken>();
        Assert.Equal(HttpStatusCode.Created, repeated.StatusCode);
        Assert.Equal(created.Headers.Location, repeated.Headers.Location);
        Assert.Empty(await repeated.Content.ReadAsByteArrayAsync());
        admin.DefaultRequestHeaders.Remove("Idempotency-Key");
        admin.DefaultRequestHeaders.Add("Idempotency-Key", "twice");
        using var rotated = await admin.Post(unit.Unit.At($"machine-clients/{answer.Client.Id}/rotate"));
        var second = await rotated.ReadAs<MachineClientWithToken>();
        Assert.NotEqual(answer.Token, second.Token);
        var secrets = new[] { answer.Token, second.Token }.Select(token => token["mcl_".Length..]).ToArray();
        Assert.Empty(await service.TracesOf([.. secrets, .. secrets.Select(secret => secret[^43..])]));
        var shown = await admin.GetStringAsync(unit.Unit.At($"machine-clients/{answer.Client.Id}"));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret[^8..], shown, StringComparison.Ordinal));
        Assert.Single((await unit.Get<ServiceDefaults.Page<MachineClientView>>("machine-clients")).Items);
    }

    [Fact]
    public async Task Another_token_leaves_the_one_before_a_day_and_the_one_before_that_nothing()
    {
        var unit = await service.AnOrganisation();
        var (id, first) = await Create(unit, "Workday");

        var second = await Rotate(unit, id);

        Assert.Equal((id, id), ((await Asked(unit, first)).Client!.Id, (await Asked(unit, second)).Client!.Id));
        Assert.Equal(service.Clock.GetUtcNow().AddHours(24), (await unit.Get<MachineClientView>($"machine-clients/{id}")).PreviousUntil);
        service.Clock.Advance(TimeSpan.FromHours(24) - s_moment);
        Assert.NotNull((await Asked(unit, first)).Client);
        service.Clock.Advance(s_moment);
        Assert.Null((await Asked(unit, first)).Client);
        Assert.Null((await unit.Get<MachineClientView>($"machine-clients/{id}")).PreviousUntil);

        var third = await Rotate(unit, id);
        var fourth = await Rotate(unit, id);
        Assert.Null((await Asked(unit, second)).Client);
        Assert.NotNull((await Asked(unit, third)).Client);
        Assert.NotNull((await Asked(unit, fourth)).Client);
        // Whoever caches by a token that works no more hears of it, though nothing of it is left here.
        var told = await service.Bus.Of<MachineClientChanged>(unit.Unit, changed => changed.ClientId == id && changed.Version == 4);
        Assert.Equal(Subjects(unit, second, third, fourth), told.Identities.Select(identity => identity.Subject));
        Assert.All(told.Identities, identity => Assert.Equal(MachineToken.Issuer, identity.Issuer));
        Assert.False(told.Ended);
    }

    [Fact]
    public async Task A_token_ends_when_it_was_said_to_and_another_one_revives_the_client()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        var now = service.Clock.GetUtcNow();
        foreach (var wrong in new[] { now, now.AddYears(2).AddSeconds(1) })
            await admin.Post(unit.Unit.At("machine-clients"), new { name = "Workday", expiresAt = wrong }).IsRefused(400, "invalid");
        await Create(unit, "The longest", now.AddYears(2));
        var (id, token) = await Create(unit, "Workday", now.AddHours(2));

        service.Clock.Advance(TimeSpan.FromHours(1));
        await admin.Post(unit.Unit.At($"machine-clients/{id}/rotate"), new { expiresAt = now }).IsRefused(400, "invalid");
        var another = await Rotate(unit, id);
        // The one before does not live longer for it.
        service.Clock.Advance(TimeSpan.FromHours(1) - s_moment);
        Assert.NotNull((await Asked(unit, token)).Client);
        service.Clock.Advance(s_moment);
        Assert.Null((await Asked(unit, token)).Client);

        service.Clock.Advance(TimeSpan.FromDays(366));
        Assert.Null((await Asked(unit, another)).Client);
        Assert.True((await unit.Get<MachineClientView>($"machine-clients/{id}")).Expired);
        Assert.NotNull((await Asked(unit, await Rotate(unit, id))).Client);
        Assert.Null((await Asked(unit, another)).Client);
    }

    [Fact]
    public async Task One_that_is_revoked_is_nobody_at_once_and_for_good()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        var (id, first) = await Create(unit, "Workday");
        var second = await Rotate(unit, id);
        using var shown = await admin.GetAsync(unit.Unit.At($"machine-clients/{id}"));

        await Delete(unit, id, null).IsRefused(428, "precondition-required");
        await Delete(unit, id, "\"1\"").IsRefused(412, "stale");
        await Delete(unit, id, shown.Headers.ETag!.Tag).Gives(HttpStatusCode.NoContent);

        Assert.Null((await Asked(unit, first)).Client);
        Assert.Null((await Asked(unit, second)).Client);
        var told = await service.Bus.Of<MachineClientChanged>(unit.Unit, changed => changed.ClientId == id && changed.Ended);
        Assert.Equal(Subjects(unit, first, second).Order(), told.Identities.Select(identity => identity.Subject).Order());
        await admin.GetAsync(unit.Unit.At($"machine-clients/{id}")).IsRefused(404, "not-found");
        await admin.Post(unit.Unit.At($"machine-clients/{id}/rotate")).IsRefused(404, "not-found");
        await Delete(unit, id, "*").IsRefused(404, "not-found");
        Assert.Empty((await unit.Get<ServiceDefaults.Page<MachineClientView>>("machine-clients")).Items);
        await Create(unit, "Workday");
    }

    [Fact]
    public async Task Those_of_a_unit_are_listed_the_newest_first()
    {
        var unit = await service.AnOrganisation();
        foreach (var name in new[] { "Workday", "Okta", "Night job" })
        {
            await Create(unit, name);
            service.Clock.Advance(s_moment);
        }
        await Create(await service.AnOrganisation(), "Somebody else's");

        var page = await unit.Get<ServiceDefaults.Page<MachineClientView>>("machine-clients?limit=2");
        var rest = await unit.Get<ServiceDefaults.Page<MachineClientView>>($"machine-clients?limit=2&after={page.Next}");

        Assert.Equal(["Night job", "Okta", "Workday"], page.Items.Concat(rest.Items).Select(client => client.Name));
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Each_has_a_name_of_its_own_also_when_two_are_made_at_once()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        foreach (var wrong in new[] { "", " ", new string('x', 101), "two\nlines" })
            await admin.Post(unit.Unit.At("machine-clients"), new { name = wrong }).IsRefused(400, "invalid");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => admin.Post(unit.Unit.At("machine-clients"), new { name = " Workday " })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var late in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            Assert.Contains("'Workday'", (await late.Refused(HttpStatusCode.Conflict, "machine-client-exists")).Detail, StringComparison.Ordinal);
        await Create(await service.AnOrganisation(), "Workday");
    }

    [Fact]
    public async Task A_unit_has_twenty_at_most_also_while_another_is_being_made()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        for (var i = 1; i < 20; i++)
            await Create(unit, $"Client {i}");

        // Another administrator makes the twentieth at this moment.
        using var late = await service.AskDuring(unit.Unit, $"""
            with locked as (select id from platform.units where id = {unit.Unit.Id} for update)
            insert into machine_clients (id, unit_id, name, roles, created_at, created_by, expires_at, version)
            select {Guid.CreateVersion7()}, id, 'The twentieth', array['provisioning'], {service.Clock.GetUtcNow()}, {unit.AdminId}, {service.Clock.GetUtcNow().AddYears(1)}, 1 from locked
            """, () => admin.Post(unit.Unit.At("machine-clients"), new { name = "One more" }));

        await late.Refused(HttpStatusCode.UnprocessableEntity, "too-many-machine-clients");
        var first = (await unit.Get<ServiceDefaults.Page<MachineClientView>>("machine-clients")).Items[0];
        await Delete(unit, first.Id, "*").Gives(HttpStatusCode.NoContent);
        await Create(unit, "In its place");
    }

    [Fact]
    public async Task Only_an_administrator_of_the_unit_keeps_them()
    {
        var (unit, other) = (await service.AnOrganisation(), await service.AnOrganisation());
        var (id, token) = await Create(unit, "Workday");
        using var participant = unit.Somebody();
        using var safeguarding = service.As(unit.Unit, Guid.CreateVersion7(), Roles.Safeguarding);
        using var strangers = other.Admin;

        foreach (var client in new[] { participant, safeguarding })
        {
            await client.GetAsync(unit.Unit.At("machine-clients")).IsRefused(403, "role-missing");
            await client.Post(unit.Unit.At("machine-clients"), new { name = "Mine" }).IsRefused(403, "role-missing");
            await client.Post(unit.Unit.At($"machine-clients/{id}/rotate")).IsRefused(403, "role-missing");
        }
        await strangers.GetAsync(other.Unit.At($"machine-clients/{id}")).IsRefused(404, "not-found");
        await strangers.Post(other.Unit.At($"machine-clients/{id}/rotate")).IsRefused(404, "not-found");
        await Delete(other, id, "*").IsRefused(404, "not-found");
        Assert.NotNull((await Asked(unit, token)).Client);
    }

    [Fact]
    public async Task What_is_done_to_one_is_chained()
    {
        var unit = await service.AnOrganisation();
        var (id, _) = await Create(unit, "Workday");
        await Rotate(unit, id);
        await Delete(unit, id, "*").Gives(HttpStatusCode.NoContent);

        foreach (var code in new[] { "machine-client-created", "machine-client-rotated", "machine-client-revoked" })
        {
            var act = await service.Bus.Of<ActionAudited>(unit.Unit, heard => heard.Code == code);
            Assert.Equal((unit.AdminId, id), (act.ActorId, act.SubjectId));
        }
        await Eventually.Holds(async () => Assert.Equal(3, await service.In(unit.Unit, db => db.AuditEntries.CountAsync(entry => entry.SubjectId == id))));
    }

    [Fact]
    public async Task Its_role_is_given_to_no_person()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await admin.Post(unit.Unit.At("members"), new { email = unit.AdminEmail, role = Roles.Provisioning }).IsRefused(400, "invalid");
        await admin.Post(unit.Unit.At("machine-clients"), new { name = "Workday", roles = new[] { Roles.UnitAdmin } }).IsRefused(400, "unknown-field");
    }

    private static async Task<(Guid Id, string Token)> Create(Organisation unit, string name, DateTimeOffset? expiresAt = null)
    {
        using var admin = unit.Admin;
        using var answer = await admin.Post(unit.Unit.At("machine-clients"), new { name, expiresAt });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var created = await answer.ReadAs<MachineClientWithToken>();
        Assert.EndsWith($"/machine-clients/{created.Client.Id}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        return (created.Client.Id, created.Token);
    }

    private static async Task<string> Rotate(Organisation unit, Guid id)
    {
        using var admin = unit.Admin;
        return (await admin.Post(unit.Unit.At($"machine-clients/{id}/rotate")).Gives(HttpStatusCode.OK)).Text("token")!;
    }

    private static async Task<HttpResponseMessage> Delete(Organisation unit, Guid id, string? ifMatch)
    {
        using var admin = unit.Admin;
        using var request = new HttpRequestMessage(HttpMethod.Delete, unit.Unit.At($"machine-clients/{id}"));
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await admin.SendAsync(request);
    }

    /// <summary>What the gateway is told of whoever sends this token.</summary>
    private Task<FoundMemberships> Asked(Organisation unit, string token) => service.SignOn(MachineToken.Issuer, Subject(unit, token), email: null);

    private static string[] Subjects(Organisation unit, params string[] tokens) => [.. tokens.Select(token => Subject(unit, token))];

    private static string Subject(Organisation unit, string token) => $"{unit.Unit.Id}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)))}";
}
