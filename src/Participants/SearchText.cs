using System.Globalization;
using System.Text;

namespace Mentoring.Participants;

/// <summary>
/// Text as it is searched: lower case, without diacritics, one blank between words; so that "muller" finds "Müller". Made here and not
/// by the database because the same form must come from a row of an import and from a query.
/// </summary>
public static class SearchText
{
    /// <summary>Sorts after every text that starts with a prefix: <c>text &gt;= prefix and text &lt; prefix + End</c>, in C collation.</summary>
    public const char End = '\uffff';

    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        // Most names are plain already, and an import asks for a million of them.
        foreach (var letter in Ascii.IsValid(text) ? text : text.Normalize(NormalizationForm.FormD))
        {
            if (!char.IsAscii(letter) && CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
                continue;
            if (!char.IsWhiteSpace(letter))
                plain.Append(char.ToLowerInvariant(letter));
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }
        if (plain.Length > 0 && plain[^1] == ' ')
            plain.Length--;
        return plain.ToString().Normalize(NormalizationForm.FormC);
    }
}
