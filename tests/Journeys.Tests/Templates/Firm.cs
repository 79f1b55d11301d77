using System.Text;
using Mentoring.Demonstration;

namespace Mentoring.Journeys.Tests.Templates;

/// <summary>Somebody of the firm. <paramref name="Key"/> is short, to be read in a scenario: <c>executive-1</c>.</summary>
public sealed record Member(string Key, string Title, string Department, Member? Manager, string Location, string Email);

/// <summary>
/// A business unit small enough to know by heart: a chief executive; eight departments, each with an executive, a head, a specialist and
/// three associates, one below the other; and those who run the programme.
/// </summary>
public sealed class Firm
{
    public const int Departments = 8;
    private readonly Dictionary<string, Member> _members = [];

    public Firm(Api api, string slug)
    {
        Unit = new BusinessUnit(api, slug);
        var chief = Add("chief", "Chief Executive", "Board", null, "Vienna");
        foreach (var key in new[] { "admin", "manager", "guard-1", "guard-2" })
            Add(key, "Adviser", "Staff", chief, "Berlin");
        for (var department = 1; department <= Departments; department++)
        {
            var name = $"Department {department}";
            var executive = Add($"executive-{department}", "Executive", name, chief, "Vienna");
            var head = Add($"head-{department}", "Head", name, executive, "Berlin");
            var specialist = Add($"specialist-{department}", "Specialist", name, head, "Hamburg");
            for (var third = 0; third < 3; third++)
                Add($"associate-{department + third * Departments}", "Associate", name, specialist, "Hamburg");
        }
        // Sits in the first department and reports to the last one: of its own department without being under its executive.
        Add("associate-on-loan", "Associate", "Department 1", _members[$"specialist-{Departments}"], "Vienna");
    }

    public BusinessUnit Unit { get; }
    public string Domain => DomainOf(Unit);
    public Member this[string key] => _members[key];
    public IReadOnlyList<string> Executives { get; } = [.. Enumerable.Range(1, Departments).Select(number => $"executive-{number}")];
    public IReadOnlyList<string> Heads { get; } = [.. Enumerable.Range(1, Departments).Select(number => $"head-{number}")];
    public IReadOnlyList<string> Specialists { get; } = [.. Enumerable.Range(1, Departments).Select(number => $"specialist-{number}")];
    public IReadOnlyList<string> Associates { get; } = [.. Enumerable.Range(1, 3 * Departments).Select(number => $"associate-{number}"), "associate-on-loan"];

    /// <summary>E-mail → id in the unit, once founded.</summary>
    public Dictionary<string, Guid> Ids { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Api.Person As(string key) => Unit.As(_members[key].Email);

    public Guid IdOf(string key) => Ids[_members[key].Email];

    public string KeyOf(string email) => _members.Values.Single(member => member.Email.Equals(email, StringComparison.OrdinalIgnoreCase)).Key;

    public string EmailOf(Guid id) => Ids.Single(known => known.Value == id).Key;

    /// <summary>Whether <paramref name="key"/> stands somewhere below <paramref name="above"/>.</summary>
    public bool IsBelow(string key, string above)
    {
        for (var at = _members[key].Manager; at is not null; at = at.Manager)
        {
            if (at.Key == above)
                return true;
        }
        return false;
    }

    /// <summary>Somebody of another unit who has become known here.</summary>
    public void Know(Member guest) => _members[guest.Key] = guest;

    /// <summary>The unit with its people, stages and roles.</summary>
    public async Task Found()
    {
        await Create(Unit, Unit.Slug, Domain, this["admin"].Email);
        var admin = As("admin");
        await admin.Put(Unit.At("people/stage-mapping"), new
        {
            rules = new[]
            {
                new { title = "Chief Executive", stage = "executive" }, new { title = "Executive", stage = "executive" }, new { title = "Head", stage = "senior" },
                new { title = "Specialist", stage = "established" }, new { title = "Adviser", stage = "established" }, new { title = "Associate", stage = "early" },
            },
        }, ifMatch: "*").Ok();
        var csv = new StringBuilder("externalId,givenName,familyName,email,title,unitPath,managerExternalId,location,timeZone,languages\n");
        foreach (var member in _members.Values)
            csv.Append($"{member.Key},{member.Key},Example,{member.Email},{member.Title},{member.Department},{member.Manager?.Key},{member.Location},Europe/Berlin,en\n");
        await Imports.Take(admin, Unit.At("people/imports"), csv.ToString());
        foreach (var guard in new[] { "guard-1", "guard-2" })
            await admin.Post(Unit.At("members"), new { email = this[guard].Email, role = "safeguarding" }).Ok();
        await LearnIds();
    }

    /// <summary>Below the one whose people the platform's own provider signs in.</summary>
    public static string DomainOf(BusinessUnit unit) => $"{unit.Slug}.mentoring.example";

    public static Task<Answer> Create(BusinessUnit unit, string name, string domain, string admin) => unit.Api.As(unit.Api.Platform.Operator).Post("/api/v1/units", new
    {
        slug = unit.Slug,
        name,
        timeZone = "Europe/Berlin",
        issuers = new[] { new { issuer = unit.Api.Platform.Issuer, domains = new[] { domain } } },
        admin = new { email = admin, name = "The administrator" },
    }).Ok();

    /// <summary>Who is known in the unit by now.</summary>
    public async Task LearnIds()
    {
        foreach (var person in await As("admin").All(Unit.At("people")))
        {
            if (person["email"]?.GetValue<string>() is { } email)
                Ids[email] = person["id"]!.GetValue<Guid>();
        }
    }

    private Member Add(string key, string title, string department, Member? manager, string location) =>
        _members[key] = new Member(key, title, department, manager, location, $"{key}@{Domain}");
}
