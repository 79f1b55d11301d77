using System.Text.RegularExpressions;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Imports;

namespace Mentoring.Participants.People;

/// <summary>What is told of one person from outside, as a row of a file of people tells it.</summary>
/// <param name="ExternalId">The key in the human-resources system; null where it knows none.</param>
/// <param name="UnitPath">Parts joined by <c> / </c>.</param>
/// <param name="Stage">Null: it follows from title and grade.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Languages">BCP 47 tags, the preferred first.</param>
/// <param name="ManagerId">Null at the top.</param>
public sealed partial record PersonDetails(
    string? ExternalId,
    string GivenName,
    string FamilyName,
    string? Email,
    string? Title,
    string UnitPath,
    CareerStage? Stage,
    int? Grade,
    string? Location,
    string TimeZone,
    IReadOnlyList<string> Languages,
    Guid? ManagerId)
{
    private const int MostLanguages = 20;

    public static PersonDetails Of(Person person) => new(
        person.ExternalId,
        person.GivenName,
        person.FamilyName,
        person.Email,
        person.Title,
        person.UnitPath,
        person.StageTold ? person.Stage : null,
        person.Grade,
        person.Location,
        person.TimeZone,
        person.Languages,
        person.ManagerId);

    public static bool IsLanguageTag(string text) => LanguageTag().IsMatch(text);

    /// <summary>What is wrong with it, by the name of the member as it stands in JSON; empty where nothing is.</summary>
    public Dictionary<string, string[]> Faults()
    {
        var faults = new Dictionary<string, string[]>();
        foreach (var (member, text, required) in new[]
        {
            ("externalId", ExternalId, false), ("givenName", GivenName, true), ("familyName", FamilyName, true), ("title", Title, false),
            ("unitPath", UnitPath, false), ("location", Location, false),
        })
        {
            if (text is null ? required : text.Length == 0 && required)
                faults[member] = [RowFaults.Explain(RowFaults.Missing)];
            else if (text is { Length: > Staging.LongestCell })
                faults[member] = [RowFaults.Explain(RowFaults.TooLong)];
            else if (text?.Contains('\0', StringComparison.Ordinal) is true)
                faults[member] = [RowFaults.Explain(RowFaults.NotText)];
        }
        if (Email is not null && !MailAddressText.IsValid(Email))
            faults["email"] = [RowFaults.Explain(RowFaults.NotAnAddress)];
        if (Grade is < Person.LowestGrade or > Person.HighestGrade)
            faults["grade"] = [RowFaults.Explain(RowFaults.GradeUnknown)];
        if (!Zone.IsKnown(TimeZone))
            faults["timeZone"] = [RowFaults.Explain(RowFaults.ZoneUnknown)];
        if (Languages.Count is 0 or > MostLanguages || !Languages.All(IsLanguageTag))
            faults["languages"] = ["Languages must be 1 to 20 tags such as en or de-AT."];
        return faults;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageTag();
}
