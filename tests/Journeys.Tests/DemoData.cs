using System.Security.Cryptography;
using System.Text;
using Mentoring.Demonstration.Data;

namespace Mentoring.Journeys.Tests;

public sealed class DemoData
{
    private static readonly Organisation Nordlicht = Organisation.Load(Organisation.Folder);

    [Fact]
    public void The_current_people_of_the_files_are_there_under_one_made_up_root()
    {
        Assert.Equal(8_064, Nordlicht.People.Count(person => person != Nordlicht.ChiefExecutive));
        Assert.Equal(Nordlicht.People.Count, Nordlicht.People.Select(person => person.ExternalId).Distinct().Count());
        Assert.Equal(Nordlicht.People.Count, Nordlicht.People.Select(person => person.Email).Distinct().Count());
        Assert.Equal(Nordlicht.ChiefExecutive, Assert.Single(Nordlicht.People, person => person.Manager is null));
        Assert.Equal(9, Nordlicht.DepartmentManagers.Count());
        Assert.All(Nordlicht.DepartmentManagers, manager => Assert.Equal(Nordlicht.ChiefExecutive, manager.Manager));
    }

    [Fact]
    public void The_files_own_managers_lead_where_they_are_still_there()
    {
        string[] stillThere = ["10039", "10114", "10228", "10567", "10854", "11133"];
        Assert.Subset(Nordlicht.DepartmentManagers.Select(manager => manager.ExternalId).ToHashSet(), stillThere.ToHashSet());
    }

    [Fact]
    public void Managers_come_before_those_they_manage_so_there_is_no_cycle()
    {
        var seen = new HashSet<Person>();
        foreach (var person in Nordlicht.People)
        {
            Assert.True(person.Manager is null || seen.Contains(person.Manager), $"{person} comes before {person.Manager}");
            seen.Add(person);
        }
    }

    [Fact]
    public void The_tree_is_six_deep_at_most_and_no_span_is_wider_than_twelve()
    {
        Assert.Equal(5, Nordlicht.People.Max(person => person.Chain.Count()));
        var spans = Nordlicht.People.Where(person => person.Manager is not null).CountBy(person => person.Manager!);
        Assert.All(spans, span => Assert.InRange(span.Value, 2, 12));
    }

    [Fact]
    public void Birth_date_and_gender_are_in_the_file_to_be_refused_and_in_no_other()
    {
        Assert.EndsWith("languages,birth_date,gender", FirstLine(Nordlicht.ToCsv(withProtectedColumns: true)), StringComparison.Ordinal);
        var csv = Nordlicht.ToCsv(withProtectedColumns: false);
        Assert.EndsWith("timeZone,languages", FirstLine(csv), StringComparison.Ordinal);
        Assert.DoesNotContain("1953-09-02", csv, StringComparison.Ordinal);
        Assert.Contains("10001,Georgi,Facello,georgi.facello.10001@nordlicht.example", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void Six_hundred_opt_in_and_those_in_a_role_of_trust_do_not()
    {
        var cast = Cast.Of(Nordlicht);
        Assert.Equal(600, cast.OptIns.Select(optIn => optIn.Person).Distinct().Count());
        Assert.Equal(Cast.MentorCount, cast.OptIns.Count(optIn => optIn is { Side: Side.Mentor, Person.Stage: Stage.Early or Stage.Established }));
        Assert.Equal(Cast.MenteeCount, cast.OptIns.Count(optIn => optIn is { Side: Side.Mentee, Person.Stage: Stage.Senior or Stage.Executive }));
        Assert.Contains(cast.OptIns, optIn => optIn.Person == cast.CancellingMentee && optIn.Side == Side.Mentee && optIn.Prepares);
        Person[] trusted = [cast.ProgrammeManager, cast.UnitAdmin, .. cast.SafeguardingContacts];
        Assert.Equal(4, trusted.Distinct().Count());
        Assert.DoesNotContain(cast.OptIns, optIn => trusted.Contains(optIn.Person));
        Assert.True(cast.OptIns.Count(optIn => optIn is { Side: Side.Mentor, Prepares: true }) > cast.OptIns.Count(optIn => optIn is { Side: Side.Mentee, Prepares: true }));
    }

    [Fact]
    public void The_chief_executive_has_willing_prepared_mentors_at_a_distance_of_three_or_more()
    {
        var knowledge = Knowledge.Derive(Nordlicht);
        var candidates = Cast.Of(Nordlicht).OptIns.Where(optIn =>
            optIn is { Side: Side.Mentor, ConsentsToSameChain: true, Prepares: true }
            && optIn.Person.Chain.Count() >= 3
            && knowledge.Of(optIn.Person).Any(entry => entry.Kind == KnowledgeKind.Offer && Topics.Internet.Contains(entry.Topic)));
        Assert.InRange(candidates.Count(), 50, Cast.MentorCount);
    }

    /// <summary>A change of these is a change of the demo's input on every machine; it should be meant.</summary>
    [Fact]
    public void The_same_seed_gives_the_same_files()
    {
        Assert.Equal("9a091ea4a2e4c49a", Hash(Nordlicht.ToCsv(withProtectedColumns: false)));
        Assert.Equal("58fed806ea7cf6f3", Hash(Knowledge.Derive(Nordlicht).ToCsv()));
        Assert.Equal("f01d0ca6070b0c9e", Hash(string.Join('\n', Cast.Of(Nordlicht).OptIns)));
        Assert.NotEqual(Nordlicht.ToCsv(withProtectedColumns: false), Organisation.Load(Organisation.Folder, seed: 7).ToCsv(withProtectedColumns: false));
    }

    private static string FirstLine(string csv) => csv[..csv.IndexOf('\n', StringComparison.Ordinal)];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
