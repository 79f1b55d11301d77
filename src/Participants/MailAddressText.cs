using System.Net.Mail;
using System.Text;

namespace Mentoring.Participants;

/// <summary>E-mail addresses as text.</summary>
public static class MailAddressText
{
    /// <summary>The longest address that SMTP carries (RFC 5321).</summary>
    private const int Longest = 254;

    /// <summary>A bare address: no display name, no brackets, a domain with a dot.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= Longest }
        // With an encoding of its own it would look one up by name each time, which takes longer than all the rest.
        && MailAddress.TryCreate(text, displayName: null, Encoding.UTF8, out var address)
        && address.Address == text
        && address.Host.Contains('.', StringComparison.Ordinal);

    public static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant();
}
