using System.Net;
using Mentoring.Demonstration.Data;
using Mentoring.Participants.Imports;
using Mentoring.Participants.People;
using Mentoring.ServiceDefaults;
using Files = Mentoring.Demonstration.Data.Organisation;

namespace Mentoring.Participants.Tests.People;

/// <summary>Two organisations from elsewhere, by file and back by the API: everybody is there, below the same manager, as deep as in the file.</summary>
public sealed class ImportingWholeOrganisations(ParticipantsService service)
{
    [Fact]
    public async Task AdventureWorks_has_290_people_one_root_and_the_depths_of_its_file()
    {
        var unit = await service.AnOrganisation();
        var files = AdventureWorks.Load(AdventureWorks.Folder);

        var import = await unit.Import("people", files.ToCsv(withProtectedColumns: false));

        Assert.Equal((ImportState.Succeeded, new ImportResult(290, 0, 0, 0, 0)), (import.State, import.Result!));
        var people = await Everybody(unit);
        Assert.Equal(290, people.Count);
        Assert.Equal("Chief Executive Officer", Assert.Single(people.Values, person => person.ManagerId is null).Title);
        Assert.All(files.People, file => Assert.Equal(
            (file.ManagerExternalId, file.Depth), (ManagerOf(people[file.ExternalId], people)?.ExternalId, DepthOf(people[file.ExternalId], people))));
        Assert.Equal([1, 6, 27, 66, 190], people.Values.CountBy(person => DepthOf(person, people)).OrderBy(level => level.Key).Select(level => level.Value));
        // The line that authority is read from, of somebody at the bottom.
        var deepest = files.People.First(file => file.Depth == 4);
        var shown = await unit.Get<PersonView>($"people/{people[deepest.ExternalId].Id}");
        Assert.Equal(Above(deepest, files), shown.Chain.Select(above => above.Id).Select(id => people.Values.Single(person => person.Id == id).ExternalId));
    }

    [Fact]
    public async Task AdventureWorks_as_published_is_refused_by_the_names_of_its_columns()
    {
        var unit = await service.AnOrganisation();
        using var answer = await unit.Post("people", AdventureWorks.Load(AdventureWorks.Folder).ToCsv(withProtectedColumns: true));
        var problem = await answer.Refused(HttpStatusCode.UnprocessableEntity, "protected-column");
        Assert.Equal(["BirthDate", "Gender", "MaritalStatus"], problem.Errors!.Keys.Order());
    }

    [Fact]
    public async Task The_employees_have_one_root_and_everybody_is_as_deep_as_in_the_file()
    {
        var unit = await service.AnOrganisation();
        var files = Files.Load(Files.Folder);

        var import = await unit.Import("people", files.ToCsv(withProtectedColumns: false));

        Assert.Equal((ImportState.Succeeded, new ImportResult(8_065, 0, 0, 0, 0)), (import.State, import.Result!));
        var people = await Everybody(unit);
        Assert.Equal(8_065, people.Count);
        Assert.Single(people.Values, person => person.ManagerId is null);
        var byId = people.Values.ToDictionary(person => person.Id);
        Assert.All(files.People, file => Assert.Equal(
            file.Chain.Select(above => above.ExternalId), Chain(people[file.ExternalId], byId).Select(above => above.ExternalId!)));
        Assert.Equal(5, people.Values.Max(person => Chain(person, byId).Count()));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("58", "1")]
    [InlineData("5AE158", "1 1 4 1")]
    [InlineData("48", "0")]
    [InlineData("A2", "8")]
    [InlineData("C8C0", "16.. is refused")]
    public void A_hierarchyid_is_read_bit_by_bit(string hexadecimal, string path)
    {
        if (path.EndsWith("refused", StringComparison.Ordinal))
            Assert.Throws<FormatException>(() => HierarchyId.Read(hexadecimal));
        else
            Assert.Equal(path, string.Join(' ', HierarchyId.Read(hexadecimal)));
    }

    private static async Task<Dictionary<string, PersonItem>> Everybody(Organisation unit)
    {
        var everybody = new Dictionary<string, PersonItem>();
        string? next = null;
        do
        {
            var page = await unit.Get<Page<PersonItem>>($"people?limit=200&after={next}");
            foreach (var person in page.Items.Where(person => person.ExternalId is not null))
                everybody.Add(person.ExternalId!, person);
            next = page.Next;
        }
        while (next is not null);
        return everybody;
    }

    private static IEnumerable<PersonItem> Chain(PersonItem person, Dictionary<Guid, PersonItem> byId)
    {
        while (person.ManagerId is { } above)
            yield return person = byId[above];
    }

    private static PersonItem? ManagerOf(PersonItem person, Dictionary<string, PersonItem> people) =>
        person.ManagerId is { } id ? people.Values.Single(other => other.Id == id) : null;

    private static int DepthOf(PersonItem person, Dictionary<string, PersonItem> people) =>
        ManagerOf(person, people) is { } manager ? 1 + DepthOf(manager, people) : 0;

    private static IEnumerable<string> Above(AdventureWorks.Employee person, AdventureWorks files)
    {
        while (person.ManagerExternalId is { } manager)
        {
            person = files.People.Single(other => other.ExternalId == manager);
            yield return person.ExternalId;
        }
    }
}
