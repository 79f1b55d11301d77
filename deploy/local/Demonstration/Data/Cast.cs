namespace Mentoring.Demonstration.Data;

public enum Side { Mentor, Mentee }

/// <summary>Somebody who opts in.</summary>
/// <param name="ConsentsToSameChain">May be matched within their own reporting chain, where the programme allows it.</param>
/// <param name="Prepares">Completes the preparation; who does not must not be matched or meet.</param>
public sealed record OptIn(Person Person, Side Side, bool ConsentsToSameChain, bool Prepares);

/// <summary>The people the journey names. Those who hold a role of trust do not take part.</summary>
public sealed class Cast
{
    public const int MentorCount = 330;
    public const int MenteeCount = 270;

    private Cast(Organisation organisation, int seed)
    {
        var peopleDepartment = organisation.People.Where(person => person.Department == "Human Resources").ToList();
        var trusted = peopleDepartment.Where(person => person.Stage == Stage.Established && person.Languages.Contains("en")).ToList();

        ChiefExecutive = organisation.ChiefExecutive;
        ProgrammeManager = peopleDepartment.First(person => person.Title == StageMapping.DivisionLead);
        UnitAdmin = trusted[0];
        SafeguardingContacts = [trusted[1], trusted[2]];
        CancellingMentee = organisation.DepartmentManagers.First(person => person.Department == "Sales");
        OptIns = [.. Mentees(organisation, seed), .. Mentors(organisation, seed)];
        ChiefsAssistant = trusted.Skip(3).First(person => OptIns.All(optIn => optIn.Person != person));
    }

    /// <summary>The sponsor, and the mentee of the first wave.</summary>
    public Person ChiefExecutive { get; }

    public Person ProgrammeManager { get; }

    public Person UnitAdmin { get; }

    public IReadOnlyList<Person> SafeguardingContacts { get; }

    /// <summary>Books for the chief executive, and takes no part.</summary>
    public Person ChiefsAssistant { get; }

    /// <summary>A department manager, a prepared mentee of the second wave, who will cancel twice.</summary>
    public Person CancellingMentee { get; }

    /// <summary>Six hundred; the chief executive is the first.</summary>
    public IReadOnlyList<OptIn> OptIns { get; }

    public static Cast Of(Organisation organisation, int seed = Organisation.Seed) => new(organisation, seed);

    /// <summary>The highest positions first, chance within a position.</summary>
    private IEnumerable<OptIn> Mentees(Organisation organisation, int seed) =>
        organisation.People
            .Where(person => person.Stage >= Stage.Senior && TakesPart(person))
            .OrderBy(person => person.Title == StageMapping.TeamLead)
            .ThenByDescending(person => person.Stage)
            .ThenBy(person => person.Stage == Stage.Executive ? 0 : Draw.For(seed, "mentee", person.ExternalId).Next())
            .Take(MenteeCount)
            .Select(person => new OptIn(
                person, Side.Mentee, ConsentsToSameChain: person == ChiefExecutive,
                Prepares: person.Stage == Stage.Executive || !Draw.For(seed, "mentee-prepares", person.ExternalId).OneIn(20)));

    private IEnumerable<OptIn> Mentors(Organisation organisation, int seed) =>
        organisation.People
            .Where(person => person.Stage <= Stage.Established && TakesPart(person))
            .OrderBy(person => Draw.For(seed, "mentor", person.ExternalId).Next())
            .Take(MentorCount)
            .Select(person =>
            {
                var draw = Draw.For(seed, "mentor-prepares", person.ExternalId);
                return new OptIn(person, Side.Mentor, ConsentsToSameChain: draw.OneIn(3), Prepares: !draw.OneIn(12));
            });

    private bool TakesPart(Person person) =>
        person != ProgrammeManager && person != UnitAdmin && !SafeguardingContacts.Contains(person);
}
