using System.Net;
using Mentoring.Contracts.Audit;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Tests.Audit;

public sealed class ChainingWhatWasDone(ParticipantsService service)
{
    [Fact]
    public async Task Acts_are_chained_once_under_an_alias_and_the_chain_holds()
    {
        var staff = await Staff.Of(service);
        var actor = staff["Admin"];
        var acts = Enumerable.Range(0, 20)
            .Select(i => new ActionAudited(Guid.CreateVersion7(), i == 19 ? Guid.Empty : actor, $"act-{i}", Guid.CreateVersion7(), service.Clock.GetUtcNow().AddTicks(i)))
            .ToArray();
        foreach (var act in acts.Concat(acts))
            await service.Publish(staff.Unit, act);

        using var admin = staff.Admin();
        await Eventually.Holds(async () => Assert.Equal(20, (await admin.Get(staff.Unit.At("audit/verify"), HttpStatusCode.OK)).GetProperty("entries").GetInt32()));
        Assert.True((await admin.Get(staff.Unit.At("audit/verify"), HttpStatusCode.OK)).GetProperty("intact").GetBoolean());

        var page = await admin.Get(staff.Unit.At("audit?limit=15"), HttpStatusCode.OK);
        var rest = await admin.Get(staff.Unit.At($"audit?limit=15&after={page.Text("next")}"), HttpStatusCode.OK);
        var lines = page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).ToArray();
        Assert.Equal(Enumerable.Range(1, 20), lines.Select(line => line.GetProperty("sequence").GetInt32()));
        var aliases = lines.Where(line => line.Text("code") != "act-19").Select(line => line.GetProperty("actor").GetGuid()).Distinct().ToArray();
        Assert.NotEqual(actor, Assert.Single(aliases));
        Assert.DoesNotContain(actor.ToString(), page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_itself_cannot_change_or_remove_an_entry()
    {
        var staff = await Audited();

        foreach (var attempt in new[] { "update audit_entries set code = 'x'", "delete from audit_entries", "truncate audit_entries" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => service.In(staff.Unit, db => db.Database.ExecuteSqlRawAsync(attempt)));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public async Task What_the_owner_of_the_database_changes_shows()
    {
        var staff = await Audited();

        await service.AsOwner<int>($"update audit_entries set code = 'nothing-to-see' where unit_id = '{staff.Unit.Id}' and sequence = 1");

        using var admin = staff.Admin();
        var verdict = await admin.Get(staff.Unit.At("audit/verify"), HttpStatusCode.OK);
        Assert.Equal((false, 1), (verdict.GetProperty("intact").GetBoolean(), verdict.GetProperty("brokenAt").GetInt32()));
    }

    [Fact]
    public async Task Only_an_administrator_reads_it_and_cursors_are_checked()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"));
        using var chief = staff.As("Chief");
        using var admin = staff.Admin();

        await chief.GetAsync(staff.Unit.At("audit")).IsRefused(403, "role-missing");
        await admin.GetAsync(staff.Unit.At("audit?after=nonsense")).IsRefused(400, "invalid");
    }

    private async Task<Staff> Audited()
    {
        var staff = await Staff.Of(service);
        await service.Publish(staff.Unit, new ActionAudited(Guid.CreateVersion7(), staff["Admin"], "unit-created", staff.Unit.Id, service.Clock.GetUtcNow()));
        await Eventually.Holds(async () => Assert.Equal(1, await service.In(staff.Unit, db => db.AuditEntries.CountAsync())));
        return staff;
    }
}
