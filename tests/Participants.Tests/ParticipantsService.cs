using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Tests;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;

[assembly: AssemblyFixture(typeof(ParticipantsService))]

namespace Mentoring.Participants.Tests;

/// <summary>The Participants service on real servers.</summary>
public sealed class ParticipantsService() : ServiceFactory<ParticipantsDb>("participants")
{
    public const string OperatorEmail = "operator@mentoring.example";
    public const string OperatorIssuer = "https://id.mentoring.example";

    /// <summary>A fresh unit with its first administrator signed on.</summary>
    public async Task<Organisation> AnOrganisation(string timeZone = "Europe/Berlin")
    {
        var organisation = await AnOrganisationBeforeAnySignOn(timeZone);
        await organisation.AdminSignsOn();
        return organisation;
    }

    public async Task<Organisation> AnOrganisationBeforeAnySignOn(string timeZone = "Europe/Berlin")
    {
        var slug = $"unit-{Guid.CreateVersion7():N}"[..30];
        using var client = AsOperator();
        using var answer = await client.PostAsJsonAsync("/api/v1/units", Organisation.Request(slug, timeZone), Json.Options);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var unit = (await answer.Content.ReadFromJsonAsync<UnitView>(Json.Options))!;
        return new Organisation(this, new TestUnit(unit.Id, unit.Slug));
    }

    /// <summary>Asks as the gateway does after a sign-on.</summary>
    public async Task<FoundMemberships> SignOn(string issuer, string subject, string? email, bool verified = true)
    {
        using var client = With(new() { [PassportClaims.Kind] = "gateway", [PassportClaims.Subject] = "gateway" });
        using var answer = await client.PostAsJsonAsync("/gateway/memberships", new FindMembershipsRequest(issuer, subject, email, verified, "Somebody"), Json.Options);
        return await answer.ReadAs<FoundMemberships>();
    }

    /// <summary>Asks while somebody else's change is written but not yet committed; it is committed once the answer waits for it.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="change">Somebody else's.</param>
    /// <param name="ask">What waits.</param>
    /// <param name="meanwhile">Looked at while it waits.</param>
    public async Task<HttpResponseMessage> AskDuring(
        TestUnit unit, FormattableString change, Func<Task<HttpResponseMessage>> ask, Func<Task>? meanwhile = null) => await await In(unit, async db =>
    {
        await using var changing = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync(change);
        var changer = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();
        var answer = ask();
        await Eventually.Holds(async () => Assert.Equal(1L, await AsOwner<long>($"select count(*) from pg_stat_activity where {changer} = any(pg_blocking_pids(pid))")));
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await changing.CommitAsync();
        return answer;
    });

    /// <summary>Somebody who is being changed or kept from changing by a transaction that is not over.</summary>
    public async Task<bool> IsLocked(Guid personId) =>
        await AsOwner<long>($"select count(*) from (select from people where id = '{personId}' for update skip locked) as free") == 0;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Participants:Operators:0", OperatorEmail);
        builder.UseSetting("Participants:OperatorIssuers:0", OperatorIssuer);
    }
}

/// <summary>A unit under test, with what its people do.</summary>
public sealed class Organisation(ParticipantsService service, TestUnit unit)
{
    private Guid _adminId;

    public ParticipantsService Service => service;
    public TestUnit Unit => unit;
    public string Issuer => IssuerOf(unit.Slug);
    public string AdminEmail => $"admin@{DomainOf(unit.Slug)}";
    public Guid AdminId => _adminId == Guid.Empty ? throw new InvalidOperationException("The administrator has not signed on.") : _adminId;
    public HttpClient Admin => service.As(unit, AdminId, Roles.UnitAdmin);

    public static CreateUnitRequest Request(string slug, string timeZone = "Europe/Berlin") => new(
        slug, $"Unit {slug}", timeZone, [new IssuerOfUnit(IssuerOf(slug), [DomainOf(slug)])], new FirstAdmin($"Admin@{DomainOf(slug)}", "Ada Lovelace"));

    public string Email(string name) => $"{name}@{DomainOf(unit.Slug)}";

    public async Task AdminSignsOn() => _adminId = (await service.SignOn(Issuer, "admin", AdminEmail)).Memberships.Single().PersonId;

    public Task<FoundMemberships> SignOn(string name, string? subject = null) => service.SignOn(Issuer, subject ?? $"sub-{name}", Email(name));

    /// <summary>A client of somebody without any role.</summary>
    public HttpClient Somebody(Guid? personId = null) => service.As(unit, personId ?? Guid.CreateVersion7());

    /// <summary>Uploads a file and waits until it is carried out.</summary>
    public async Task<ImportView> Import(string area, string csv, string query = "", Encoding? encoding = null)
    {
        var started = await Upload(area, csv, query, encoding);
        return await Finished(area, started.Id);
    }

    public async Task<StartImport.ImportStarted> Upload(string area, string csv, string query = "", Encoding? encoding = null)
    {
        using var answer = await Post(area, csv, query, encoding);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var started = await answer.ReadAs<StartImport.ImportStarted>();
        Assert.EndsWith($"/{area}/imports/{started.Id}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        return started;
    }

    public async Task<HttpResponseMessage> Post(string area, string csv, string query = "", Encoding? encoding = null)
    {
        using var body = new ByteArrayContent((encoding ?? new UTF8Encoding(false)).GetBytes(csv));
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var client = Admin;
        return await client.PostAsync(unit.At($"{area}/imports{query}"), body);
    }

    public Task<ImportView> Finished(string area, Guid id) => Eventually.Is(
        async () => await Get<ImportView>($"{area}/imports/{id}") is { FinishedAt: not null } finished ? finished : null, TimeSpan.FromSeconds(180));

    public async Task<T> Get<T>(string path)
    {
        using var client = Admin;
        using var answer = await client.GetAsync(unit.At(path));
        return await answer.ReadAs<T>();
    }

    /// <summary>The people here by external id.</summary>
    public async Task<IReadOnlyDictionary<string, Mentoring.Participants.People.Person>> People() => await service.In(unit, async db =>
        (await db.People.AsNoTracking().Where(p => p.ExternalId != null && !p.Gone).ToListAsync())
            .ToDictionary(person => person.ExternalId!));

    private static string DomainOf(string slug) => $"{slug}.example";

    private static string IssuerOf(string slug) => $"https://id.{slug}.example";
}

public static class Answers
{
    public static async Task<T> ReadAs<T>(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<T>(text, Json.Options)!;
    }

    /// <summary>The problem document of a refusal, with its status checked.</summary>
    public static async Task<Problem> Refused(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        var problem = JsonSerializer.Deserialize<Problem>(text, Json.Options)!;
        Assert.Equal(code, problem.Code);
        return problem;
    }
}
