using System.Net;
using Mentoring.Participants.People;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Tests.People;

public sealed class FindingPeople(ParticipantsService service)
{
    private const string File = """
        externalId,givenName,familyName,email,managerExternalId,stage
        A-1,Ann,Boss,ann@x.example,,executive
        A-2,Ben,Bosworth,ben@x.example,A-1,senior
        A-3,Bosse,Lund,lund@x.example,A-2,early
        A-4,Cleo,Staff,cleo@x.example,A-2,early
        """;

    [Theory]
    [InlineData("bos", "A-1 A-2 A-3")]
    [InlineData("boss a", "A-1")]
    [InlineData("cleo st", "A-4")]
    [InlineData("lund@", "A-3")]
    [InlineData("A-4", "A-4")]
    [InlineData("x", "")]
    public async Task By_the_start_of_a_name_an_address_or_by_the_key(string search, string expected)
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", File);
        var found = await unit.Get<Page<PersonItem>>($"people?search={Uri.EscapeDataString(search)}");
        Assert.Equal(expected, string.Join(' ', found.Items.Select(person => person.ExternalId).Order()));
    }

    [Fact]
    public async Task By_stage_and_page_by_page()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", File);
        Assert.Equal(["A-3", "A-4"], (await unit.Get<Page<PersonItem>>("people?stage=early")).Items.Select(person => person.ExternalId));
        var names = new List<string>();
        string? next = null;
        do
        {
            var page = await unit.Get<Page<PersonItem>>($"people?limit=2&after={next}");
            names.AddRange(page.Items.Select(person => person.Name));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(["Ann Boss", "Ben Bosworth", "Ada Lovelace", "Bosse Lund", "Cleo Staff"], names);
    }

    [Fact]
    public async Task Programme_managers_may_and_others_may_not()
    {
        var unit = await service.AnOrganisation();
        using var manager = service.As(unit.Unit, Guid.CreateVersion7(), [], (Guid.CreateVersion7(), Roles.ProgrammeManager));
        using var found = await manager.GetAsync(unit.Unit.At("people"));
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        using var somebody = unit.Somebody();
        using var refused = await somebody.GetAsync(unit.Unit.At("people"));
        await refused.Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task Everybody_sees_themselves()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", File);
        using var cleo = unit.Somebody((await unit.People())["A-4"].Id);
        using var answer = await cleo.GetAsync(unit.Unit.At("people/me"));
        var me = await answer.ReadAs<PersonView>();
        Assert.Equal("Cleo Staff", me.Name);
        Assert.Equal(["Ben Bosworth", "Ann Boss"], me.Chain.Select(above => above.Name));
    }

    [Fact]
    public async Task Another_units_people_are_not_there()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", File);
        var theirs = (await unit.People())["A-1"].Id;
        var other = await service.AnOrganisation();
        using var client = other.Admin;
        using var answer = await client.GetAsync(other.Unit.At($"people/{theirs}"));
        await answer.Refused(HttpStatusCode.NotFound, "not-found");
        using var across = await client.GetAsync(unit.Unit.At("people"));
        await across.Refused(HttpStatusCode.NotFound, "not-found");
    }
}
