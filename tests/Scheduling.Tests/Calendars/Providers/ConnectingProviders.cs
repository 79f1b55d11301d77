using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Mentoring.Scheduling.Calendars.Providers;
using Mentoring.Testing;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Mentoring.Scheduling.Tests.Calendars.Providers;

/// <summary>What an operator may write, and is told.</summary>
public sealed class ConnectingProviders : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("providers-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Where_none_is_connected_nobody_is_served()
    {
        using var providers = Connected();

        Assert.True(providers.IsEmpty);
        Assert.Null(providers.Of("nordlicht", "mara@nordlicht.example"));
    }

    [Fact]
    public void People_are_served_by_their_unit_and_the_whole_domain_of_their_address()
    {
        using var providers = Connected(Microsoft("nordlicht", "nordlicht.example", "Nord.example"));

        Assert.Equal(ProviderKind.Microsoft, providers.Of("nordlicht", "mara@Nordlicht.Example")?.Kind);
        Assert.NotNull(providers.Of("nordlicht", "mara@nord.example"));
        foreach (var (unit, address) in new (string?, string?)[]
        {
            ("suedwind", "mara@nordlicht.example"), (null, "mara@nordlicht.example"), ("nordlicht", null), ("nordlicht", ""), ("nordlicht", "nordlicht.example"),
            ("nordlicht", "mara@sub.nordlicht.example"), ("nordlicht", "mara@evilnordlicht.example"), ("nordlicht", "mara@evil.example@nordlicht.example.evil.example"),
            ("nordlicht", "Mara <mara@nordlicht.example>"), ("nordlicht", "mara@nordlicht.example, eve@nordlicht.example"), ("nordlicht", " mara@nordlicht.example"),
        })
        {
            Assert.Null(providers.Of(unit, address));
        }
    }

    [Fact]
    public void Every_mistake_is_named()
    {
        foreach (var (options, said) in new[]
        {
            (new CalendarProviderOptions { Unit = "nordlicht", Domains = ["nordlicht.example"] }, "Kind is microsoft or google."),
            (new CalendarProviderOptions { Kind = ProviderKind.Google, Domains = ["nordlicht.example"], KeyFile = "key.json" }, "Unit is the slug"),
            (new CalendarProviderOptions { Kind = ProviderKind.Google, Unit = "nordlicht", KeyFile = "key.json" }, "Domains names at least one"),
            (new CalendarProviderOptions { Kind = ProviderKind.Google, Unit = "nordlicht", Domains = ["@nordlicht.example"], KeyFile = "key.json" }, "'@nordlicht.example' is no mail domain"),
            (new CalendarProviderOptions { Kind = ProviderKind.Google, Unit = "nordlicht", Domains = ["nordlicht.example"] }, "KeyFile is the path"),
            (new CalendarProviderOptions { Kind = ProviderKind.Google, Unit = "nordlicht", Domains = ["nordlicht.example"], KeyFile = "key.json", Address = "http://www.googleapis.example/" }, "Address begins with https://"),
            (new CalendarProviderOptions { Kind = ProviderKind.Microsoft, Unit = "nordlicht", Domains = ["nordlicht.example"], Tenant = "t", SecretFile = "secret.txt" }, "ClientId is"),
            (new CalendarProviderOptions { Kind = ProviderKind.Microsoft, Unit = "nordlicht", Domains = ["nordlicht.example"], ClientId = "c", SecretFile = "secret.txt" }, "Tenant is"),
            (new CalendarProviderOptions { Kind = ProviderKind.Microsoft, Unit = "nordlicht", Domains = ["nordlicht.example"], ClientId = "c", Tenant = "a/../b", SecretFile = "secret.txt" }, "Tenant is"),
            (new CalendarProviderOptions { Kind = ProviderKind.Microsoft, Unit = "nordlicht", Domains = ["nordlicht.example"], ClientId = "c", Tenant = "t" }, "SecretFile is"),
        })
        {
            Assert.Contains(said, Assert.Single(Said(options)), StringComparison.Ordinal);
        }
        Assert.Contains("nordlicht.example is named twice for nordlicht", Assert.Single(Said(Microsoft("nordlicht", "nordlicht.example"), Microsoft("nordlicht", "NORDLICHT.example"))), StringComparison.Ordinal);
        Assert.Empty(Said(Microsoft("nordlicht", "nordlicht.example"), Microsoft("suedwind", "nordlicht.example")));
    }

    [Fact]
    public void A_credential_that_is_not_there_or_is_none_is_found_out_at_the_start_and_not_quoted()
    {
        var google = new CalendarProviderOptions { Kind = ProviderKind.Google, Unit = "nordlicht", Domains = ["nordlicht.example"], KeyFile = Path.Combine(_folder.FullName, "key.json") };
        Assert.Contains("Scheduling:CalendarProviders:0:KeyFile", Assert.Throws<InvalidOperationException>(() => Connected(google)).Message, StringComparison.Ordinal);
        using var key = RSA.Create(2048);
        using var small = RSA.Create(1024);
        string[] others = [key.ExportSubjectPublicKeyInfoPem(), small.ExportPkcs8PrivateKeyPem(), key.ExportEncryptedPkcs8PrivateKeyPem("a secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1))];
        foreach (var text in new[] { "", "a secret", "[]", "{}", "{\"client_email\": \"a@b.example\", \"private_key\": \"a secret\"}", "{\"client_email\": 1, \"private_key\": 2}" }
            .Concat(others.Select(pem => JsonSerializer.Serialize(new { client_email = "a@b.example", private_key = pem }))))
        {
            File.WriteAllText(google.KeyFile, text);
            var said = Assert.Throws<InvalidOperationException>(() => Connected(google)).Message;
            Assert.Contains("This is no key of a service account", said, StringComparison.Ordinal);
            Assert.DoesNotContain("a secret", said, StringComparison.Ordinal);
        }

        var microsoft = Microsoft("nordlicht", "nordlicht.example");
        File.WriteAllText(microsoft.SecretFile!, " \n");
        Assert.Contains("Scheduling:CalendarProviders:0:SecretFile", Assert.Throws<InvalidOperationException>(() => Connected(microsoft)).Message, StringComparison.Ordinal);
    }

    private CalendarProviderOptions Microsoft(string unit, params string[] domains)
    {
        var file = Path.Combine(_folder.FullName, "secret.txt");
        File.WriteAllText(file, "a secret");
        return new CalendarProviderOptions { Kind = ProviderKind.Microsoft, Unit = unit, Domains = domains, ClientId = "client", Tenant = "nordlicht.example", SecretFile = file };
    }

    private static CalendarProviders Connected(params CalendarProviderOptions[] providers) =>
        new(Options.Create(new SchedulingOptions { CalendarProviders = providers }), new HostingEnvironment { ContentRootPath = Servers.Root });

    private static string[] Said(params CalendarProviderOptions[] providers)
    {
        var options = new SchedulingOptions { MasterKeyFolder = "keys", CalendarProviders = providers };
        return [.. options.Validate(new ValidationContext(options)).Select(said => said.ErrorMessage!)];
    }
}
