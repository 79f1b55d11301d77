namespace Mentoring.Participants.Units;

/// <summary>A business unit: the tenant. Stands outside row-level security, as it is what that is about.</summary>
public sealed class Unit
{
    private readonly List<TrustedDomain> _trustedDomains = [];

    private Unit()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>As it stands in addresses; unique on the platform.</summary>
    public string Slug { get; private init; } = "";

    public string Name { get; private init; } = "";

    /// <summary>IANA name; the zone of whoever has none of their own.</summary>
    public string TimeZone { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Whose word is taken for whose e-mail address.</summary>
    public IReadOnlyList<TrustedDomain> TrustedDomains => _trustedDomains;

    public static Unit Create(string slug, string name, string timeZone, IEnumerable<TrustedDomain> trusted, DateTimeOffset now)
    {
        var unit = new Unit { Id = Guid.CreateVersion7(now), Slug = slug, Name = name, TimeZone = timeZone, CreatedAt = now };
        unit._trustedDomains.AddRange(trusted.Distinct());
        return unit;
    }
}

/// <summary>
/// An OpenID provider and a mail domain that it owns. A first sign-on is linked to a person by e-mail only when the provider says the
/// address is verified and owns its domain: otherwise anybody who can make up an address at some provider could become a colleague.
/// </summary>
/// <param name="Issuer">The provider's issuer, exactly as in its tokens.</param>
/// <param name="Domain">Lower case, without <c>@</c>.</param>
public sealed record TrustedDomain(string Issuer, string Domain);
