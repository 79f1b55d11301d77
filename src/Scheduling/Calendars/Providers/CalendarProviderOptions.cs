using System.Text.RegularExpressions;

namespace Mentoring.Scheduling.Calendars.Providers;

/// <summary>A provider whose calendars people of one unit may connect. Section <c>Scheduling:CalendarProviders</c>, a list.</summary>
public sealed partial class CalendarProviderOptions
{
    /// <summary><c>microsoft</c> or <c>google</c>.</summary>
    public ProviderKind? Kind { get; init; }

    /// <summary>The unit's slug.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Mail domains of the people it serves, as <c>nordlicht.example</c>; subdomains are named by themselves.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Microsoft: the directory's id. Not needed where <see cref="TokenAddress"/> is given.</summary>
    public string? Tenant { get; init; }

    /// <summary>Microsoft: the application's id.</summary>
    public string? ClientId { get; init; }

    /// <summary>Microsoft: a file with the application's secret and nothing else. Read anew for each token.</summary>
    public string? SecretFile { get; init; }

    /// <summary>Google: the service account's key, the file in JSON as it was downloaded. Read anew for each token.</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// Where the API is. Default <c>https://graph.microsoft.com/v1.0/</c> and <c>https://www.googleapis.com/calendar/v3/</c>; a sovereign cloud has another,
    /// such as <c>https://graph.microsoft.us/v1.0/</c>. https, or http on this machine.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>
    /// Where tokens are asked for. Default <c>https://login.microsoftonline.com/{Tenant}/oauth2/v2.0/token</c> and <c>https://oauth2.googleapis.com/token</c>.
    /// https, or http on this machine.
    /// </summary>
    public string? TokenAddress { get; init; }

    internal Uri ApiAddress => new((Address ?? (Kind is ProviderKind.Google ? "https://www.googleapis.com/calendar/v3" : "https://graph.microsoft.com/v1.0")).TrimEnd('/') + "/");

    internal Uri TokenEndpoint => new(TokenAddress ?? (Kind is ProviderKind.Google ? "https://oauth2.googleapis.com/token" : $"https://login.microsoftonline.com/{Tenant}/oauth2/v2.0/token"));

    /// <summary>What is wrong, in words for whoever runs the platform.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Kind is null)
            yield return "Kind is microsoft or google.";
        if (Unit.Length == 0)
            yield return "Unit is the slug of the unit whose people it serves.";
        if (Domains.Count == 0)
            yield return "Domains names at least one mail domain.";
        foreach (var domain in Domains.Where(domain => !Domain().IsMatch(domain)))
            yield return $"Domains: '{domain}' is no mail domain, such as nordlicht.example.";
        foreach (var (name, address) in new[] { (nameof(Address), Address), (nameof(TokenAddress), TokenAddress) })
        {
            if (address is not null && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))))
                yield return $"{name} begins with https://.";
        }
        if (Kind is ProviderKind.Microsoft)
        {
            if (string.IsNullOrWhiteSpace(ClientId))
                yield return "ClientId is the id of the application in Microsoft Entra.";
            if (TokenAddress is null && (Tenant is null || !Directory().IsMatch(Tenant)))
                yield return "Tenant is the id, or a domain, of the directory in Microsoft Entra.";
            if (string.IsNullOrWhiteSpace(SecretFile))
                yield return "SecretFile is the path of a file with the application's secret.";
        }
        else if (Kind is ProviderKind.Google && string.IsNullOrWhiteSpace(KeyFile))
        {
            yield return "KeyFile is the path of the service account's key (JSON).";
        }
    }

    [GeneratedRegex(@"^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Domain();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{0,252}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Directory();
}
