namespace Mentoring.CivilService;

/// <summary>Somebody of the sample, without anything that the platform would refuse.</summary>
/// <param name="ExternalId">The start of the address, which is unique: <c>mentor.000</c>.</param>
/// <param name="IsMentor">Stands in the file of mentors; otherwise in that of mentees.</param>
/// <param name="GivenName">As in the file.</param>
/// <param name="FamilyName">As in the file.</param>
/// <param name="Email">As in the file.</param>
/// <param name="Title">As in the file.</param>
/// <param name="Grade">From 1, the lowest, to 11; see <see cref="Grades"/>.</param>
/// <param name="Organisation">The department.</param>
/// <param name="Profession">The profession within the civil service.</param>
/// <param name="WouldBeBoth">Offers to be mentor and mentee.</param>
/// <param name="HadCharacteristics">The file told this person's identity, or one to be matched with: which, is not read.</param>
public sealed record CivilServant(
    string ExternalId,
    bool IsMentor,
    string GivenName,
    string FamilyName,
    string Email,
    string Title,
    int Grade,
    string Organisation,
    string Profession,
    bool WouldBeBoth,
    bool HadCharacteristics)
{
    /// <summary>The grades by rank, the lowest first: from administrative assistants to permanent secretaries.</summary>
    public static IReadOnlyList<string> Grades { get; } = ["AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4"];

    public string Name => $"{GivenName} {FamilyName}";

    public string GradeName => Grades[Grade - 1];

    public string UnitPath => $"{Organisation} / {Profession}";

    /// <summary>The career stage that stands for the grade, as an import writes it.</summary>
    public string Stage => GradeName switch
    {
        "AA" or "AO" or "EO" => "early",
        "HEO" or "SEO" => "established",
        "Grade 7" or "Grade 6" => "senior",
        _ => "executive",
    };

    public static int RankOf(string grade)
    {
        for (var index = 0; index < Grades.Count; index++)
        {
            if (Grades[index] == grade)
                return index + 1;
        }
        throw new ArgumentException($"There is no grade '{grade}' in the civil service.", nameof(grade));
    }
}
