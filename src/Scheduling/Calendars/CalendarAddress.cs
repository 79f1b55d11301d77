using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Mentoring.Scheduling.Calendars;

/// <summary>
/// Where a calendar is read. Whoever knows it reads the calendar, so it is a secret: it shows its host and its last characters and nothing else,
/// whatever writes it.
/// </summary>
public sealed class CalendarAddress
{
    public const int Longest = 2000;

    private const int Shown = 4;

    /// <summary>Of anything shorter four characters would be too much.</summary>
    private const int ShortestShown = 12;

    private CalendarAddress(Uri uri) => Uri = uri;

    /// <summary>Only for the connection itself, and for sealing.</summary>
    public Uri Uri { get; }

    public string Host => Uri.IdnHost;

    /// <summary>The last four characters; none of a short address.</summary>
    public string Ending => Uri.PathAndQuery is { Length: >= ShortestShown } path ? path[^Shown..] : "";

    public bool IsEncrypted => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Reads what a person has pasted.</summary>
    /// <param name="text"><c>https:</c> or <c>webcal:</c>, which is the same; <c>http:</c> only where the operator has named a network.</param>
    /// <param name="allowed">Networks that the operator has named.</param>
    /// <param name="address">Null where it is refused.</param>
    /// <param name="error">What is wrong, in words; says nothing of the address.</param>
    public static bool TryParse(string? text, IReadOnlyList<IPNetwork> allowed, [NotNullWhen(true)] out CalendarAddress? address, [NotNullWhen(false)] out string? error)
    {
        (address, error) = Parse(text?.Trim(), allowed);
        return address is not null;
    }

    /// <summary>Where a redirect leads; null where it must not be followed: to something else than a server, with a password in it, or away from encryption.</summary>
    public CalendarAddress? Follow(Uri? location)
    {
        if (location is null || !Uri.TryCreate(Uri, location, out var next) || next.OriginalString.Length > Longest)
            return null;
        if (!IsFit(next) || (IsEncrypted && next.Scheme != Uri.UriSchemeHttps))
            return null;
        return new CalendarAddress(next);
    }

    /// <summary>Out of what was sealed.</summary>
    public static CalendarAddress Of(byte[] text) => new(new Uri(Encoding.UTF8.GetString(text)));

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Uri.AbsoluteUri);

    public override string ToString() => $"{Host}…{Ending}";

    private static (CalendarAddress?, string?) Parse(string? text, IReadOnlyList<IPNetwork> allowed)
    {
        if (string.IsNullOrEmpty(text) || text.Length > Longest || text.Any(char.IsControl))
            return (null, $"must be an address of at most {Longest} characters");
        foreach (var other in new[] { "webcal:", "webcals:" })
        {
            if (text.StartsWith(other, StringComparison.OrdinalIgnoreCase))
                text = $"https:{text[other.Length..]}";
        }
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
            return (null, "must be the address of a calendar, which begins with https:// or webcal://");
        if (uri.UserInfo.Length > 0)
            return (null, "must not have a user name or password in it");
        if (uri.Scheme == Uri.UriSchemeHttp && allowed.Count == 0)
            return (null, "must begin with https://, so that nobody reads along on the way");
        if (IPAddress.TryParse(uri.IdnHost, out var literal) && !ReachableAddresses.MayReach(literal, allowed))
            return (null, "must be on the public internet");
        if (!IsFit(uri))
            return (null, "must be the address of a calendar, which begins with https:// or webcal://");
        return (new CalendarAddress(new UriBuilder(uri) { Fragment = "" }.Uri), null);
    }

    private static bool IsFit(Uri uri) => uri is { IsAbsoluteUri: true, Scheme: "https" or "http", UserInfo.Length: 0, HostNameType: UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 };
}
