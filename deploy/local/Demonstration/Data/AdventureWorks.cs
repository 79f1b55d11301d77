namespace Mentoring.Demonstration.Data;

/// <summary>The people of a sample company, with the reporting tree that its files hold as paths. What is made up is listed in <c>adventureworks/SOURCES.md</c>.</summary>
public sealed class AdventureWorks
{
    public const string Domain = "adventure-works.example";

    private AdventureWorks(IReadOnlyList<Employee> people) => People = people;

    /// <summary>Where the build puts the files.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Data", "adventureworks");

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<Employee> People { get; }

    /// <param name="ManagerExternalId">Null at the root.</param>
    /// <param name="Depth">Managers above, as the file tells; 0 at the root.</param>
    public sealed record Employee(
        string ExternalId, string GivenName, string FamilyName, string Email, string Title, string UnitPath, string? ManagerExternalId, int Depth,
        string BirthDate, string MaritalStatus, string Gender);

    public static AdventureWorks Load(string folder)
    {
        var departments = Rows(folder, "Department.csv").ToDictionary(row => row[0], row => $"{row[2]} / {row[1]}");
        var current = Rows(folder, "EmployeeDepartmentHistory.csv").Where(row => row[4].Length == 0).ToDictionary(row => row[0], row => departments[row[1]]);
        var employees = Rows(folder, "Employee.csv").Select(row => (Row: row, Path: HierarchyId.Read(row[3]))).ToList();
        var byPath = employees.ToDictionary(employee => Key(employee.Path), employee => employee.Row[0]);
        return new AdventureWorks([.. employees.Select(employee =>
        {
            var row = employee.Row;
            var login = row[2][(row[2].IndexOf('\\', StringComparison.Ordinal) + 1)..];
            var name = char.ToUpperInvariant(login[0]) + login[1..];
            return new Employee(
                row[0], name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), name, $"{login}@{Domain}", row[5], current[row[0]],
                employee.Path.Count == 0 ? null : byPath[Key(employee.Path.SkipLast(1))],
                row[4].Length == 0 ? 0 : int.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture),
                row[6], row[7], row[8]);
        })]);
    }

    /// <summary>The people's import.</summary>
    /// <param name="withProtectedColumns">With birth date, marital status and gender: the file an import refuses.</param>
    public string ToCsv(bool withProtectedColumns)
    {
        string[] header = ["externalId", "givenName", "familyName", "email", "title", "unitPath", "managerExternalId"];
        return Csv.Of(
            withProtectedColumns ? [.. header, "BirthDate", "MaritalStatus", "Gender"] : header,
            People.Select(person =>
            {
                string?[] row = [person.ExternalId, person.GivenName, person.FamilyName, person.Email, person.Title, person.UnitPath, person.ManagerExternalId];
                return withProtectedColumns ? [.. row, person.BirthDate, person.MaritalStatus, person.Gender] : row;
            }));
    }

    private static string Key(IEnumerable<int> path) => string.Join('/', path);

    private static IEnumerable<string[]> Rows(string folder, string file) => File.ReadLines(Path.Combine(folder, file)).Select(line => line.Split('\t'));
}
