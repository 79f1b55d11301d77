using System.Net;
using System.Net.Http.Json;
using System.Text;
using Mentoring.Participants.Imports;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.MachineClients;

/// <summary>What a program of the enterprise may do: bring people in, and nothing else.</summary>
public sealed class BringingPeopleIn(ParticipantsService service)
{
    private const string Header = "externalId,givenName,familyName,email,managerExternalId\n";

    [Fact]
    public async Task A_nightly_file_is_taken_from_a_machine_client()
    {
        var unit = await service.AnOrganisation();
        var id = Guid.CreateVersion7();
        using var machine = Machine(unit, id);

        var import = await Send(machine, unit, $"{Header}1,Grace,Hopper,{unit.Email("grace")},\n");

        Assert.Equal(new ImportResult(1, 0, 0, 0, 0), (await unit.Finished("people", import)).Result);
        Assert.Equal("Grace", (await unit.People())["1"].GivenName);
        Assert.Equal(id, await service.In(unit.Unit, db => db.Imports.Where(known => known.Id == import).Select(known => known.CreatedBy).SingleAsync()));
        // It also sees what became of it, and is told what is wrong with a request as people are.
        await machine.Get(unit.Unit.At($"people/imports/{import}"), HttpStatusCode.OK);
        await machine.Post(unit.Unit.At("people/imports"), new { }).IsRefused(415, "unsupported-media-type");
        await machine.DeleteAsync(unit.Unit.At("people/imports")).IsRefused(405, "method-not-allowed");
    }

    [Fact]
    public async Task The_same_key_again_takes_the_file_once_and_each_client_has_its_own_keys()
    {
        var unit = await service.AnOrganisation();
        using var one = Machine(unit);
        using var other = Machine(unit);
        one.DefaultRequestHeaders.Add("Idempotency-Key", "night");
        other.DefaultRequestHeaders.Add("Idempotency-Key", "night");
        var file = $"{Header}1,Grace,Hopper,{unit.Email("grace")},\n";

        var first = await Send(one, unit, file);

        Assert.Equal(first, await Send(one, unit, file));
        Assert.NotEqual(first, await Send(other, unit, file));
    }

    [Fact]
    public async Task What_people_know_and_what_columns_mean_is_not_for_it_to_say()
    {
        var unit = await service.AnOrganisation();
        using var machine = Machine(unit);
        foreach (var path in new[] { "people/me", "people/erased", "knowledge/imports", "people/imports/header-mapping", "people/stage-mapping", "members", "machine-clients", "topics", "gap-map", "audit" })
            await machine.GetAsync(unit.Unit.At(path)).IsRefused(403, "role-missing");
        var other = await service.AnOrganisation();
        await machine.GetAsync(other.Unit.At("people/imports")).IsRefused(404, "not-found");
    }

    [Fact]
    public async Task One_person_is_brought_in_and_corrected_by_it_as_well()
    {
        var unit = await service.AnOrganisation();
        using var machine = Machine(unit);

        var id = (await machine.Post(unit.Unit.At("people"), new { givenName = "Grace", familyName = "Hopper", externalId = "1" }).Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        machine.DefaultRequestHeaders.Add("If-Match", "*");
        Assert.Equal("Admiral", (await machine.PutAsJsonAsync(unit.Unit.At($"people/{id}"), new { givenName = "Grace", familyName = "Hopper", title = "Admiral" }).Gives(HttpStatusCode.OK)).Text("title"));
        await machine.DeleteAsync(unit.Unit.At($"people/{id}")).Gives(HttpStatusCode.NoContent);
        await machine.GetAsync(unit.Unit.At($"people/{id}")).IsRefused(404, "not-found");
    }

    private static async Task<Guid> Send(HttpClient machine, Organisation unit, string csv)
    {
        using var body = new StringContent(csv, Encoding.UTF8, "text/csv");
        return (await machine.PostAsync(unit.Unit.At("people/imports"), body).Gives(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
    }

    private HttpClient Machine(Organisation unit, Guid? id = null) => service.AsMachine(unit.Unit, id ?? Guid.CreateVersion7());
}
