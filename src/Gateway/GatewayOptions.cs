using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mentoring.Gateway;

/// <summary>What the gateway is told from outside.</summary>
public sealed class GatewayOptions
{
    /// <summary>Whose tokens are accepted.</summary>
    [ValidateObjectMembers]
    public IdentityOptions Identity { get; init; } = new();

    /// <summary>With what passports are signed.</summary>
    [ValidateObjectMembers]
    public PassportOptions Passport { get; init; } = new();

    /// <summary>How often one may ask.</summary>
    [ValidateObjectMembers]
    public LimitOptions Limits { get; init; } = new();

    /// <summary>The page served at <c>/</c>.</summary>
    public PortalOptions Portal { get; init; } = new();
}

/// <summary>The OpenID providers people sign in at.</summary>
public sealed class IdentityOptions : IValidatableObject
{
    /// <summary>The issuer the portal signs in at: an absolute address, <c>https</c> unless it is on this machine.</summary>
    [Required, Url]
    public string Issuer { get; init; } = "";

    /// <summary>Further issuers whose tokens are accepted; which unit accepts which is decided by Participants.</summary>
    public IReadOnlyList<string> FurtherIssuers { get; init; } = [];

    /// <summary>What an access token must be made out to.</summary>
    [Required]
    public string Audience { get; init; } = "mentoring-api";

    /// <summary>Every accepted issuer.</summary>
    public IEnumerable<string> Issuers => [Issuer, .. FurtherIssuers];

    /// <summary>A name that is no address, such as the one machine clients go by, cannot be a provider's.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => FurtherIssuers
        .Where(issuer => !Uri.TryCreate(issuer, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        .Select(issuer => new ValidationResult($"'{issuer}' is no address of a provider.", [nameof(FurtherIssuers)]));
}

/// <summary>The keys passports are signed with.</summary>
public sealed class PassportOptions
{
    /// <summary>
    /// A folder of ES256 private keys, one PEM file a key; the file's name without extension is the key's id. Watched: put a new file
    /// beside the old one to rotate, and take the old one away once the new one has signed for two minutes. In development the first key
    /// is made here.
    /// </summary>
    [Required]
    public string KeyFolder { get; init; } = "";

    /// <summary>
    /// How often the membership behind an open stream of events is asked for again: a passport is for one request, but a stream lasts.
    /// </summary>
    public TimeSpan RecheckStreamsEvery { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Requests a minute, all at once or spread.</summary>
public sealed class LimitOptions
{
    /// <summary>By one person (one sign-on). A page of the portal takes about ten.</summary>
    [Range(1, 1_000_000)]
    public int PersonPerMinute { get; init; } = 1_200;

    /// <summary>
    /// By one machine client. Microsoft asks for 25 a second of whatever Entra ID provisions to, and two requests bring in a person: this is twice that
    /// rate, and a directory of 10,000 people is in after seven minutes at the earliest.
    /// </summary>
    [Range(1, 1_000_000)]
    public int ClientPerMinute { get; init; } = 3_000;

    /// <summary>
    /// Tokens of machine clients that were not seen in the last 30 s, of all units together, those that are none included: whoever makes up tokens gets no
    /// further than this. A client that works takes two.
    /// </summary>
    [Range(1, 1_000_000)]
    public int ClientLookUpsPerMinute { get; init; } = 6_000;

    /// <summary>By everybody in one unit together, so that one unit's script cannot slow the others.</summary>
    [Range(1, 10_000_000)]
    public int UnitPerMinute { get; init; } = 60_000;

    /// <summary>By whoever holds one secret link. A calendar that subscribes asks once in some minutes to hours.</summary>
    [Range(1, 1_000_000)]
    public int LinkPerMinute { get; init; } = 30;

    /// <summary>Of all secret links together, those that lead nowhere included.</summary>
    [Range(1, 10_000_000)]
    public int LinksPerMinute { get; init; } = 12_000;
}

/// <summary>The page served at <c>/</c>.</summary>
public sealed class PortalOptions
{
    /// <summary>The built files. By default <c>../Portal/dist</c> beside the content root, else <c>portal</c> beside the program.</summary>
    public string? Folder { get; init; }

    /// <summary>The public client the page signs in as.</summary>
    public string ClientId { get; init; } = "portal";

    /// <summary>The scopes the page asks for.</summary>
    public string Scope { get; init; } = "openid profile email";

    /// <summary>The resource indicator (RFC 8707) that makes the provider issue a token for this API; empty when it needs none.</summary>
    public string Resource { get; init; } = "";
}

[OptionsValidator]
internal sealed partial class ValidateGatewayOptions : IValidateOptions<GatewayOptions>;
