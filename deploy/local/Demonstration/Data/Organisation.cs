using System.Globalization;

namespace Mentoring.Demonstration.Data;

/// <summary>
/// The current people of the employee files with a reporting tree above them. Names, departments and titles are the files';
/// what is made up, and how, is listed in <c>employees-10k/SOURCES.md</c>. The same seed gives the same organisation.
/// </summary>
public sealed class Organisation
{
    public const int Seed = 1999;
    public const string Domain = "nordlicht.example";

    private const string Current = "9999-01-01";
    private const int PeopleInATeam = 11;
    private const int TeamsInADivision = 10;
    private const int DivisionsWithoutAreas = 12;
    private const int DivisionsInAnArea = 5;

    private readonly int _seed;
    private readonly List<Person> _people = [];

    private Organisation(int seed) => _seed = seed;

    /// <summary>Where the build puts the files.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Data", "employees-10k");

    /// <summary>Managers before those they manage; the chief executive, who is not in the files, is the first.</summary>
    public IReadOnlyList<Person> People => _people;

    public Person ChiefExecutive => _people[0];

    public IEnumerable<Person> DepartmentManagers => People.Where(person => person.Title == StageMapping.DepartmentManager);

    public static Organisation Load(string folder, int seed = Seed)
    {
        var organisation = new Organisation(seed);
        organisation.AddChiefExecutive();

        var employees = Employees(folder);
        var managers = InsertFile.Rows(Path.Combine(folder, "load_dept_manager.sql"))
            .Where(row => row[3] == Current && employees.ContainsKey(row[0]))
            .ToDictionary(row => row[1], row => employees[row[0]]);
        foreach (var (department, manager) in managers)
            employees[manager.Number] = manager with { Department = department };

        var members = employees.Values.ToLookup(employee => employee.Department);
        foreach (var row in InsertFile.Rows(Path.Combine(folder, "load_department.sql")).OrderBy(row => row[0], StringComparer.Ordinal))
            organisation.AddDepartment(row[1], managers.GetValueOrDefault(row[0])?.Number, members[row[0]]);

        return organisation;
    }

    /// <summary>The people's import.</summary>
    /// <param name="withProtectedColumns">With birth date and gender: the file an import refuses.</param>
    public string ToCsv(bool withProtectedColumns)
    {
        string[] header = ["externalId", "givenName", "familyName", "email", "title", "unitPath", "managerExternalId", "location", "timeZone", "languages"];
        return Csv.Of(
            withProtectedColumns ? [.. header, "birth_date", "gender"] : header,
            People.Select(person =>
            {
                string?[] row =
                [
                    person.ExternalId, person.GivenName, person.FamilyName, person.Email, person.Title, person.UnitPath,
                    person.Manager?.ExternalId, person.Location.City, person.Location.TimeZone, string.Join(';', person.Languages),
                ];
                return withProtectedColumns ? [.. row, person.BirthDate, person.Gender] : row;
            }));
    }

    private static Dictionary<string, Employee> Employees(string folder)
    {
        var departments = Latest(folder, "load_dept_emp.sql");
        var titles = Latest(folder, "load_title.sql");
        return InsertFile.Rows(Path.Combine(folder, "load_employee.sql"))
            .Where(row => departments.ContainsKey(row[0]))
            .Select(row => new Employee(row[0], row[1], row[2], row[3], row[4], row[5], titles[row[0]], departments[row[0]]))
            .ToDictionary(employee => employee.Number);
    }

    /// <summary>What a history (number, value, from, to) says of those who are current in it.</summary>
    private static Dictionary<string, string> Latest(string folder, string file) =>
        InsertFile.Rows(Path.Combine(folder, file)).Where(row => row[3] == Current).ToDictionary(row => row[0], row => row[1]);

    private void AddChiefExecutive() =>
        _people.Add(new Person(
            "chief-executive", "Ingrid", "Solberg", $"chief.executive@{Domain}", StageMapping.ChiefExecutive, "Executive Office",
            Manager: null, Location.HeadOffice, ["en", "de"], BirthDate: null, Gender: null));

    private void AddDepartment(string department, string? managerNumber, IEnumerable<Employee> members)
    {
        // The longest-serving lead. By time of service, never by age.
        var bySeniority = members
            .OrderBy(employee => employee.Number != managerNumber)
            .ThenBy(employee => StageMapping.Of(employee.Title) < Stage.Established)
            .ThenBy(employee => employee.HiredOn, StringComparer.Ordinal)
            .ThenBy(employee => employee.Number, StringComparer.Ordinal)
            .ToList();
        var waiting = new Queue<Employee>(bySeniority);

        var teamCount = Math.Max(1, bySeniority.Count / PeopleInATeam);
        var divisionCount = (teamCount + TeamsInADivision - 1) / TeamsInADivision;
        var areaCount = divisionCount > DivisionsWithoutAreas ? (divisionCount + DivisionsInAnArea - 1) / DivisionsInAnArea : 0;

        var manager = Add(waiting.Dequeue(), StageMapping.DepartmentManager, department, ChiefExecutive, Location.HeadOffice);
        var areas = Leads(StageMapping.AreaLead, "Area", areaCount, [manager]);
        var divisions = Leads(StageMapping.DivisionLead, "Division", divisionCount, areas.Count > 0 ? areas : [manager]);
        var teams = Leads(StageMapping.TeamLead, "Team", teamCount, divisions);
        for (var next = 0; waiting.TryDequeue(out var employee); next++)
        {
            var lead = teams[next % teams.Count];
            Add(employee, employee.Title, lead.UnitPath, lead, Near(employee, lead.Manager!.Location));
        }

        List<Person> Leads(string title, string kind, int count, List<Person> above) =>
            [.. Enumerable.Range(0, count).Select(index =>
            {
                var employee = waiting.Dequeue();
                var superior = above[index * above.Count / count];
                var home = title == StageMapping.TeamLead ? Near(employee, superior.Location) : Home($"{department}/{kind}/{index}");
                return Add(employee, title, $"{superior.UnitPath} / {kind} {index + 1}", superior, home);
            })];
    }

    /// <summary>Two in five homes are the head office.</summary>
    private Location Home(string unit)
    {
        var draw = Draw.For(_seed, "home", unit);
        return draw.Below(5) < 2 ? Location.HeadOffice : draw.OneOf(Location.All);
    }

    private Location Near(Employee employee, Location home)
    {
        var draw = Draw.For(_seed, "location", employee.Number);
        return draw.OneIn(8) ? draw.OneOf(Location.All) : home;
    }

    private Person Add(Employee employee, string title, string unitPath, Person manager, Location location)
    {
        var person = new Person(
            employee.Number, employee.GivenName, employee.FamilyName,
            $"{AsciiLetters(employee.GivenName)}.{AsciiLetters(employee.FamilyName)}.{employee.Number}@{Domain}",
            title, unitPath, manager, location, Languages(employee, title, location), employee.BirthDate, employee.Gender);
        _people.Add(person);
        return person;
    }

    /// <summary>Everybody who leads speaks English; of the others one in twenty-five speaks the local language only.</summary>
    private string[] Languages(Employee employee, string title, Location location)
    {
        var draw = Draw.For(_seed, "languages", employee.Number);
        if (location.Languages.Count == 0 || draw.OneIn(5))
            return ["en"];
        var local = draw.OneOf(location.Languages);
        return StageMapping.Of(title) < Stage.Senior && draw.OneIn(25) ? [local]
            : draw.OneIn(2) ? [local, "en"]
            : ["en", local];
    }

    private static string AsciiLetters(string name) =>
        string.Concat(name.ToLower(CultureInfo.InvariantCulture).Where(char.IsAsciiLetterLower));

    private sealed record Employee(
        string Number, string BirthDate, string GivenName, string FamilyName, string Gender, string HiredOn, string Title, string Department);
}
