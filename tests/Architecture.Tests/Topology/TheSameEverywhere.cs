using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Mentoring.Testing;

namespace Mentoring.Architecture.Tests.Topology;

public sealed class TheSameEverywhere
{
    /// <summary>A developer's machine brings its own sign-on and mail, and a clock that can be moved; an enterprise has the first two and wants no third.</summary>
    private static readonly string[] s_developmentParts = ["identity", "mail"];
    private const string DevelopmentVariable = "CLOCK_FILE";
    private static readonly string[] s_servers = ["postgres", "messaging", "redis"];

    [Fact]
    public void The_local_host_starts_the_parts_of_AppHost_with_its_variables() => AssertSame(Maps.AppHost(), Maps.LocalHost());

    [Fact]
    public void Compose_names_the_parts_of_AppHost_and_their_variables() => AssertSame(Outside(Maps.AppHost()), Outside(Maps.Compose()));

    [Fact]
    public void Kubernetes_names_the_parts_of_AppHost_and_their_variables() => AssertSame(Outside(Maps.AppHost()), Outside(Maps.Kubernetes()));

    [Fact]
    public void No_two_parts_wait_for_each_other()
    {
        var awaited = Maps.RunAppHost().ToDictionary(resource => resource.Name, resource => resource.Awaited);

        Assert.DoesNotContain(awaited.Keys, name => Reaches(name, name, []));

        bool Reaches(string from, string to, HashSet<string> seen) => awaited[from].Any(next => next == to || (seen.Add(next) && Reaches(next, to, seen)));
    }

    [Fact]
    public void Every_service_that_is_asked_for_its_health_has_a_port_of_its_own()
    {
        var services = Maps.RunAppHost().Where(resource => resource.Type == typeof(ProjectResource) && resource.HasHealthCheck).Select(resource => resource.Name).ToArray();

        var addresses = services.Select(name =>
        {
            var file = Path.Combine(Servers.Root, "src", char.ToUpperInvariant(name[0]) + name[1..], "Properties", "launchSettings.json");
            using var settings = JsonDocument.Parse(File.ReadAllText(file));
            return settings.RootElement.GetProperty("profiles").GetProperty("http").GetProperty("applicationUrl").GetString();
        }).ToArray();

        Assert.Equal(6, services.Length);
        Assert.Equal(addresses.Length, addresses.Distinct().Count());
    }

    private static Dictionary<string, SortedSet<string>> Outside(Dictionary<string, SortedSet<string>> map) => map
        .Where(part => !s_developmentParts.Contains(part.Key))
        // A server's own password is its image's matter.
        .ToDictionary(part => part.Key, part => s_servers.Contains(part.Key) ? [] : new SortedSet<string>(part.Value.Where(name => name != DevelopmentVariable)));

    private static void AssertSame(Dictionary<string, SortedSet<string>> expected, Dictionary<string, SortedSet<string>> actual) =>
        Assert.Equal(Words(expected), Words(actual));

    private static string Words(Dictionary<string, SortedSet<string>> map) =>
        string.Join('\n', map.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Key}: {string.Join(' ', part.Value)}"));
}
