using System.Text;
using System.Text.RegularExpressions;

namespace Mentoring.Participants;

/// <summary>What a person reads in an address: kebab-case, ASCII.</summary>
public static partial class Slug
{
    public const int LongestLength = 80;

    public static bool IsValid(string? slug) => slug is { Length: > 0 and <= LongestLength } && Kebab().IsMatch(slug);

    /// <summary>The slug of a name; empty when nothing of it can stand in an address.</summary>
    public static string Of(string name)
    {
        // Without these, C, C# and C++ would be one topic.
        var text = SearchText.Of(name).Replace("c++", "c plus plus", StringComparison.Ordinal).Replace("c#", "c sharp", StringComparison.Ordinal);
        var slug = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter == 'ß')
                slug.Append("ss");
            else if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }
        if (slug.Length > LongestLength)
            slug.Length = LongestLength;
        return slug.ToString().Trim('-');
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();
}
