using System.Globalization;

namespace Mentoring.Notifications.Templates;

/// <summary>The languages there are words in.</summary>
public enum Language
{
    En,
    De,
    Fr,
    Es,
}

public static class Languages
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es-ES");

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
        Language.Fr => "fr",
        Language.Es => "es",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    public static CultureInfo Culture(this Language language) => language switch
    {
        Language.En => British,
        Language.De => German,
        Language.Fr => French,
        Language.Es => Spanish,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <param name="language">Of the reader.</param>
    /// <param name="dayOfMonth">In French the first is an ordinal, and no other.</param>
    public static string DayPattern(this Language language, int dayOfMonth) => language switch
    {
        Language.En => "dddd d MMMM yyyy",
        Language.De => "dddd, d. MMMM yyyy",
        Language.Fr => dayOfMonth == 1 ? "dddd d'er' MMMM yyyy" : "dddd d MMMM yyyy",
        Language.Es => "dddd d 'de' MMMM 'de' yyyy",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    public static string TimePattern(this Language language, int dayOfMonth) => language.DayPattern(dayOfMonth) + language switch
    {
        Language.En => ", HH:mm",
        Language.De => ", HH:mm 'Uhr'",
        Language.Fr => " 'à' H'\u00A0h\u00A0'mm",
        Language.Es => ", H:mm'\u00A0h'",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <summary>Between a label and what it stands for.</summary>
    public static string Colon(this Language language) => language == Language.Fr ? "\u00A0: " : ": ";
}
