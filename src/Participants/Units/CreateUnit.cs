using System.Text.RegularExpressions;
using Mentoring.Messaging;
using Mentoring.Participants.People;
using Mentoring.Participants.Topics;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Units;

/// <param name="Slug">As it will stand in addresses.</param>
/// <param name="Name">As shown.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Issuers">Whose word is taken for whose e-mail address.</param>
/// <param name="Admin">The first administrator; linked at the first sign-on.</param>
public sealed record CreateUnitRequest(string Slug, string Name, string TimeZone, IReadOnlyList<IssuerOfUnit> Issuers, FirstAdmin Admin);

/// <summary>An OpenID provider and the mail domains it owns.</summary>
public sealed record IssuerOfUnit(string Issuer, IReadOnlyList<string> Domains);

public sealed record FirstAdmin(string Email, string Name);

public sealed record UnitView(Guid Id, string Slug, string Name, string TimeZone, IReadOnlyList<IssuerOfUnit> Issuers, DateTimeOffset CreatedAt)
{
    internal static UnitView Of(Unit unit) => new(
        unit.Id,
        unit.Slug,
        unit.Name,
        unit.TimeZone,
        [.. unit.TrustedDomains.GroupBy(trusted => trusted.Issuer).Select(group => new IssuerOfUnit(group.Key, [.. group.Select(trusted => trusted.Domain)]))],
        unit.CreatedAt);
}

/// <summary>An operator creates a unit with its first administrator and the starter topics, all at once.</summary>
public static partial class CreateUnit
{
    private const int LongestName = 200;
    private const int LongestSlug = 40;

    public static async Task<IResult> Handle(CreateUnitRequest request, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        var unit = Unit.Create(request.Slug, request.Name.Trim(), request.TimeZone, Trusted(request.Issuers), clock.GetUtcNow());
        db.Unit.Enter(unit.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Units.Add(unit);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "ux_units_slug" })
        {
            return Problems.Of(409, "unit-exists", $"There is a unit '{request.Slug}' already. Choose another slug.");
        }

        var admin = Person.Named(request.Admin.Name, request.Admin.Email, unit.TimeZone, clock.GetUtcNow());
        db.People.Add(admin);
        await GiveRole.To(db, outbox, clock, admin.Id, Roles.UnitAdmin, programmeId: null, ct);
        await db.SaveChangesAsync(ct);
        await InstallStarterTopics.Handle(db, ct);
        await transaction.CommitAsync(ct);
        return Results.Created($"/api/v1/units/{unit.Slug}", UnitView.Of(unit));
    }

    private static IEnumerable<TrustedDomain> Trusted(IEnumerable<IssuerOfUnit> issuers) =>
        issuers.SelectMany(issuer => issuer.Domains.Select(domain => new TrustedDomain(issuer.Issuer, domain.Trim().ToLowerInvariant())));

    private static Dictionary<string, string[]> Validate(CreateUnitRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (!Participants.Slug.IsValid(request.Slug) || request.Slug.Length > LongestSlug)
            errors["slug"] = [$"must be lower-case letters, digits and single hyphens, {LongestSlug} at most"];
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > LongestName)
            errors["name"] = [$"must have 1 to {LongestName} characters"];
        if (!Zone.IsKnown(request.TimeZone))
            errors["timeZone"] = ["must be the IANA name of a time zone, such as Europe/Berlin"];
        if (request.Issuers.Count == 0 || request.Issuers.Any(issuer => !Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out _) || issuer.Domains.Count == 0))
            errors["issuers"] = ["must name at least one provider, by its address, each with the mail domains it owns"];
        else if (request.Issuers.SelectMany(issuer => issuer.Domains).Any(domain => !Domain().IsMatch(domain.Trim())))
            errors["issuers"] = ["must name domains such as example.org"];
        if (string.IsNullOrWhiteSpace(request.Admin.Name) || request.Admin.Name.Length > LongestName)
            errors["admin.name"] = [$"must have 1 to {LongestName} characters"];
        if (!MailAddressText.IsValid(request.Admin.Email))
            errors["admin.email"] = ["must be an e-mail address"];
        else if (!errors.ContainsKey("issuers") && !Trusted(request.Issuers).Any(trusted => trusted.Domain == MailAddressText.DomainOf(request.Admin.Email)))
            errors["admin.email"] = ["must be in a domain that one of the issuers owns, otherwise nobody could sign in with it"];
        return errors;
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$")]
    private static partial Regex Domain();
}
