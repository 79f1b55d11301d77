using System.Net;
using Mentoring.CivilService;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Imports;
using Mentoring.Participants.People;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.People;

/// <summary>A real organisation's files, which ask to be matched by identity.</summary>
public sealed class ImportingTheCivilService(ParticipantsService service)
{
    [Theory]
    [InlineData(true, "characteristics")]
    [InlineData(false, "identity to match, match with similar identity")]
    public async Task As_published_it_is_refused_by_the_names_of_its_columns_and_nothing_is_kept(bool mentors, string columns)
    {
        var unit = await service.AnOrganisation();
        var before = await service.In(unit.Unit, db => db.People.CountAsync());

        using var answer = await unit.Post("people", mentors ? Sample.MentorsFile : Sample.MenteesFile);

        var problem = await answer.Refused(HttpStatusCode.UnprocessableEntity, "protected-column");
        Assert.Equal(columns, string.Join(", ", problem.Errors!.Keys.Order()));
        Assert.Equal(0, await service.In(unit.Unit, db => db.Imports.CountAsync()));
        Assert.Equal(0, await service.In(unit.Unit, db => db.Set<ImportChunk>().CountAsync()));
        Assert.Equal(before, await service.In(unit.Unit, db => db.People.CountAsync()));
    }

    [Fact]
    public async Task Without_those_columns_all_thousand_come_in_with_their_grades()
    {
        var unit = await service.AnOrganisation();

        var import = await unit.Import("people", Sample.ToImport(Sample.Everybody));

        // The sample tells nobody's manager, so all stand at the top beside one another, which is noted of each.
        Assert.Equal((ImportState.Succeeded, new ImportResult(1_000, 0, 0, 0, 0, Notices: 1_000)), (import.State, import.Result!));
        var people = await unit.People();
        Assert.Equal(1_000, people.Count);
        Assert.All(Sample.Everybody, person => Assert.Equal(
            (person.Name, person.Email, person.Grade, person.UnitPath, person.Stage),
            (people[person.ExternalId].Name, people[person.ExternalId].Email, people[person.ExternalId].Grade!.Value, people[person.ExternalId].UnitPath,
                Kebab.Of(people[person.ExternalId].Stage))));
        Assert.Equal(Enumerable.Range(1, 11), people.Values.Select(person => person.Grade!.Value).Distinct().Order());
        Assert.Equal(Enum.GetValues<CareerStage>(), people.Values.Select(person => person.Stage).Distinct().Order());
    }

    [Fact]
    public void The_sample_is_read_whole_and_without_anybodys_characteristics()
    {
        Assert.Equal((500, 500), (Sample.Mentors.Count, Sample.Mentees.Count));
        var first = new CivilServant(
            "mentor.000", true, "mentor", "000", "mentor.000@gov.uk", "Some role", 3, "Department of Truth", "DDaT", WouldBeBoth: false, HadCharacteristics: true);
        Assert.Equal(first, Sample.Mentors[0]);
        Assert.Equal(("EO", "early", "Department of Truth / DDaT"), (first.GradeName, first.Stage, first.UnitPath));
        Assert.Equal(76, Sample.Mentees.Count(person => !person.HadCharacteristics));
        Assert.DoesNotContain("binary", Sample.ToImport(Sample.Everybody), StringComparison.OrdinalIgnoreCase);
    }
}
