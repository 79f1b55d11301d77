using System.Globalization;
using System.Text.RegularExpressions;

namespace Mentoring.Participants.Programmes;

/// <summary>A length of time in whole days, weeks, months or years, written in ISO 8601: <c>P14D</c>, <c>P6M</c>.</summary>
public static partial class Period
{
    public static bool Is(string text) => Form().Match(text) is { Success: true } match && match.Groups.Values.Skip(1).Any(part => part.Success && part.Value != "0");

    /// <summary>The day so long after another; a month's end stays a month's end.</summary>
    public static DateTimeOffset After(DateTimeOffset from, string period)
    {
        var match = Form().Match(period);
        if (!match.Success)
            throw new FormatException($"'{period}' is no period.");
        return from
            .AddYears(Part(match, "y"))
            .AddMonths(Part(match, "m"))
            .AddDays((Part(match, "w") * 7) + Part(match, "d"));
    }

    private static int Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^P(?=\d)(?:(?<y>\d{1,2})Y)?(?:(?<m>\d{1,3})M)?(?:(?<w>\d{1,3})W)?(?:(?<d>\d{1,4})D)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
