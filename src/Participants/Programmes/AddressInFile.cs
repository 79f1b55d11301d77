using System.Text.RegularExpressions;

namespace Mentoring.Participants.Programmes;

/// <summary>Files name people by address. An erased person's goes out of them, and the rest stays as it was written.</summary>
internal static class AddressInFile
{
    /// <summary>Stands where nobody takes over; no mail is ever delivered there (RFC 2606).</summary>
    public const string Nobody = "erased@erased.invalid";

    /// <summary>Not within a longer address.</summary>
    public static string Replace(string text, string email, string with) =>
        Regex.Replace(text, $@"(?<![\w.+-]){Regex.Escape(email)}(?![\w-])", _ => with, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
