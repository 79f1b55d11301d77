using System.Net.Mail;

namespace Mentoring.Participants;

/// <summary>E-mail addresses as text.</summary>
public static class MailAddressText
{
    /// <summary>The longest address that SMTP carries (RFC 5321).</summary>
    private const int Longest = 254;

    /// <summary>A bare address: no display name, no brackets, a domain with a dot.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= Longest }
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && address.Host.Contains('.', StringComparison.Ordinal);

    public static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant();
}
