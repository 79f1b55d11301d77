using System.Text;

namespace Mentoring.Participants.Topics;

/// <summary>
/// Text as topics are found by it: words of letters and digits, folded as <see cref="SearchText"/> does, so that a word is found after a
/// hyphen or an apostrophe too. A plus and a sharp stay, or C, C++ and C# would be one.
/// </summary>
public static class TopicWords
{
    /// <summary>Between the names of one topic; no word.</summary>
    public const string Separator = " | ";

    /// <summary>The names' words, each with a blank before and after it; the first name is the label.</summary>
    public static string Of(IEnumerable<string> names) => $" {string.Join(Separator, names.Select(Of))} ";

    public static string Of(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var letter in SearchText.Of(text))
        {
            if (char.IsLetterOrDigit(letter) || letter is '+' or '#')
                words.Append(letter);
            else if (words.Length > 0 && words[^1] != ' ')
                words.Append(' ');
        }
        return words.ToString().TrimEnd();
    }
}
