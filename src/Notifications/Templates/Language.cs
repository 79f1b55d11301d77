using System.Globalization;

namespace Mentoring.Notifications.Templates;

/// <summary>The languages there are words in.</summary>
public enum Language
{
    En,
    De,
}

public static class Languages
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>The first of the tags (BCP 47) that is spoken here; English when none is.</summary>
    public static Language FirstOf(IEnumerable<string> tags)
    {
        foreach (var tag in tags)
        {
            foreach (var language in Enum.GetValues<Language>())
            {
                if (tag.Split('-')[0].Equals(language.Tag(), StringComparison.OrdinalIgnoreCase))
                    return language;
            }
        }
        return Language.En;
    }

    /// <summary>Also the folder of its templates.</summary>
    public static string Tag(this Language language) => language switch
    {
        Language.En => "en",
        Language.De => "de",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    public static CultureInfo Culture(this Language language) => language switch
    {
        Language.En => British,
        Language.De => German,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    public static string DayPattern(this Language language) => language switch
    {
        Language.En => "dddd d MMMM yyyy",
        Language.De => "dddd, d. MMMM yyyy",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    public static string TimePattern(this Language language) => language switch
    {
        Language.En => "dddd d MMMM yyyy, HH:mm",
        Language.De => "dddd, d. MMMM yyyy, HH:mm 'Uhr'",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };
}
