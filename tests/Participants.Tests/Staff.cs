using System.Text;
using Mentoring.Participants.Imports;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

// One clock for all: a test that lets months pass must not do so in the middle of another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Mentoring.Participants.Tests;

/// <summary>A unit's people by their names, and how they call.</summary>
public sealed class Staff(Organisation organisation)
{
    private Dictionary<string, Guid> _ids = [];

    public TestUnit Unit => organisation.Unit;

    public Guid this[string name] => name == "Admin" ? organisation.AdminId : _ids[Email(name)];

    public static string Email(string name) => $"{name.ToLowerInvariant()}@example.org";

    /// <summary>A unit of its own with these people, imported as a file would be. Everybody reports to the first.</summary>
    public static async Task<Staff> Of(ParticipantsService service, params (string Name, string Stage)[] people)
    {
        var staff = new Staff(await service.AnOrganisation());
        if (people.Length > 0)
            await staff.Import(people);
        return staff;
    }

    /// <summary>Calls as the unit's administrator.</summary>
    public HttpClient Admin() => organisation.Admin;

    public HttpClient As(string name, params (Guid ProgrammeId, string Role)[] programmeRoles) => organisation.Service.As(Unit, this[name], [], programmeRoles);

    /// <summary>A later file of people.</summary>
    public Task<ImportView> Import(string csv) => organisation.Import("people", csv);

    private async Task Import((string Name, string Stage)[] people)
    {
        var csv = new StringBuilder("externalId,givenName,familyName,email,title,unitPath,managerExternalId,stage,location,timeZone,languages\n");
        foreach (var (name, stage) in people)
            csv.Append($"{name},{name},Example,{Email(name)},Title,Unit,{(name == people[0].Name ? "" : people[0].Name)},{stage},Berlin,Europe/Berlin,en;de\n");
        Assert.Equal(ImportState.Succeeded, (await organisation.Import("people", csv.ToString())).State);
        _ids = await organisation.Service.In(Unit, db => db.People.Where(person => person.Email != null && !person.Gone)
            .ToDictionaryAsync(person => person.Email!, person => person.Id));
    }
}
