using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Participants.Tests.Migrations;

/// <summary>Rows as an older release left them.</summary>
public sealed class MendingWithdrawals(ParticipantsService service)
{
    [Fact]
    public async Task Whoever_left_waiting_counts_no_more_and_what_was_shared_goes_with_the_consent()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Manager", "established"), ("S1", "senior"), ("S2", "senior"), ("S3", "senior"), ("Junior", "early"), ("Trainee", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\nmentees: {{ stages: [executive, senior], places: 1 }}").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        foreach (var name in new[] { "S1", "S2", "S3" })
            await Enrol(staff, name, "mentee");
        using var junior = staff.As("Junior");
        var withdrawn = (await Enrol(staff, "Junior", "mentor")).Text("id");
        await junior.Post(staff.Unit.At($"enrolments/{withdrawn}/withdraw")).Gives(HttpStatusCode.NoContent);
        var emptied = await Snapshot(withdrawn);
        await service.AsOwner<object>($"""
            update people set gone = true where id = '{staff["S2"]}';
            update participants set snapshot = (select snapshot from participants where person_id = '{staff["S1"]}') where id = '{withdrawn}';
            """);
        Assert.NotEqual(emptied, await Snapshot(withdrawn));
        Assert.Equal(2, await Position(staff, "S3"));

        await Migrate("ProvisionedAccounts");
        // To the newest: all other tests share the database.
        await Migrate(null);

        Assert.Equal(1, await Position(staff, "S3"));
        Assert.Equal(emptied, await Snapshot(withdrawn));
        Assert.Equal(emptied, await service.AsOwner<string>($"select snapshot::text from participants where person_id = '{staff["S2"]}' and state = 'withdrawn' and withdrawn_at is not null"));
        // The database's own clock wrote it, and not the one that tests move.
        var log = await service.In(staff.Unit, db => db.Consents.Where(consent => consent.PersonId == staff["S2"]).ToListAsync());
        Assert.Equal(2, log.Count);
        Assert.Single(log, consent => consent.Given);
        var takenBack = Assert.Single(log, consent => !consent.Given);
        Assert.Equal(7, takenBack.Id.Version);
        Assert.Equal(takenBack.At.ToUnixTimeMilliseconds(), MillisecondsOf(takenBack.Id));
        Assert.True(await service.AsOwner<bool>("select bool_and(relforcerowsecurity) from pg_class where relname in ('people', 'participants', 'consents')"));
        Assert.False(await service.AsOwner<bool>("select exists (select from pg_constraint where conname = 'fk_people_people_unit_id_manager_id')"));
        // And nobody else's.
        Assert.NotEqual(emptied, await service.AsOwner<string>($"select snapshot::text from participants where person_id = '{staff["S1"]}'"));
    }

    /// <summary>The moment that an id of version 7 begins with.</summary>
    private static long MillisecondsOf(Guid id) => (long)(BinaryPrimitives.ReadUInt64BigEndian(id.ToByteArray(bigEndian: true)) >> 16);

    private Task<string> Snapshot(string id) => service.AsOwner<string>($"select snapshot::text from participants where id = '{id}'");

    private async Task<JsonElement> Enrol(Staff staff, string name, string side)
    {
        // One after the other, where the clock would stand still.
        service.Clock.Advance(TimeSpan.FromMilliseconds(2));
        using var person = staff.As(name);
        return await person.Post(staff.Unit.At("enrolments"), new { programme = "ai", side, consent = true }).Gives(HttpStatusCode.Created);
    }

    private static async Task<int> Position(Staff staff, string name)
    {
        using var person = staff.As(name);
        return (await person.Get(staff.Unit.At("enrolments/mine"), HttpStatusCode.OK)).GetProperty("items")[0].GetProperty("waiting").GetProperty("position").GetInt32();
    }

    private async Task Migrate(string to)
    {
        var owner = service.Services.GetRequiredService<IConfiguration>().GetConnectionString("participants");
        await using var db = new ParticipantsDb(new DbContextOptionsBuilder<ParticipantsDb>().UseNpgsql(owner).Options, new UnitContext());
        await db.GetService<IMigrator>().MigrateAsync(to, TestContext.Current.CancellationToken);
    }
}
