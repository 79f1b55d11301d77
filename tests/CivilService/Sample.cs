using System.Globalization;
using System.Text;
using CsvHelper;

namespace Mentoring.CivilService;

/// <summary>500 mentors and 500 mentees, the input by which the mentor matching of the UK civil service is tried (<c>Data/SOURCES.md</c>).</summary>
public static class Sample
{
    /// <summary>The file of mentors as it is published, with their characteristics.</summary>
    public static string MentorsFile { get; } = File("mentors");

    /// <summary>The file of mentees as it is published, with the identity that each would be matched with.</summary>
    public static string MenteesFile { get; } = File("mentees");

    /// <summary>In the file's order.</summary>
    public static IReadOnlyList<CivilServant> Mentors { get; } = Read(MentorsFile, isMentor: true);

    /// <summary>In the file's order.</summary>
    public static IReadOnlyList<CivilServant> Mentees { get; } = Read(MenteesFile, isMentor: false);

    public static IReadOnlyList<CivilServant> Everybody => [.. Mentors, .. Mentees];

    /// <summary>A file that the platform's import of people takes.</summary>
    /// <param name="people">Those it is about.</param>
    /// <param name="domain">Where their addresses are to be; null for those of the files.</param>
    public static string ToImport(IEnumerable<CivilServant> people, string? domain = null)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, leaveOpen: true))
        {
            csv.WriteRecord(["externalId", "givenName", "familyName", "email", "title", "unitPath", "managerExternalId", "stage", "grade", "timeZone", "languages"]);
            foreach (var person in people)
            {
                csv.WriteRecord(
                [
                    person.ExternalId, person.GivenName, person.FamilyName, domain is null ? person.Email : $"{person.ExternalId}@{domain}", person.Title,
                    person.UnitPath, "", person.Stage, person.Grade.ToString(CultureInfo.InvariantCulture), "Europe/London", "en",
                ]);
            }
            csv.Flush();
        }
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static List<CivilServant> Read(string file, bool isMentor)
    {
        using var reader = CsvReader.FromText(file);
        reader.ReadHeader();
        var at = reader.Headers.Select((name, index) => (name, index)).ToDictionary(column => column.name, column => column.index, StringComparer.Ordinal);
        var people = new List<CivilServant>();
        while (reader.Read())
        {
            var email = Cell("email address");
            people.Add(new CivilServant(
                email[..email.IndexOf('@', StringComparison.Ordinal)],
                isMentor,
                Cell("first name"),
                Cell("last name"),
                email,
                Cell("job title"),
                CivilServant.RankOf(Cell("grade")),
                Cell("organisation"),
                Cell("profession"),
                Cell("both mentor and mentee") == "yes",
                Cell(isMentor ? "characteristics" : "identity to match").Length > 0));
        }
        return people;

        string Cell(string column) => reader.GetString(at[column]).Trim();
    }

    private static string File(string name)
    {
        using var reader = new StreamReader(typeof(Sample).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
