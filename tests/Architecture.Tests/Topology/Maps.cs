using System.Reflection;
using System.Xml.Linq;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Mentoring.Host;
using Mentoring.Host.Servers;
using Mentoring.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using YamlDotNet.RepresentationModel;

namespace Mentoring.Architecture.Tests.Topology;

/// <summary>The four maps of the platform, each as its parts and the names of the variables each part is given.</summary>
internal static class Maps
{
    /// <summary>Runs AppHost/Program.cs as it stands on the members written down in Aspire.cs.</summary>
    public static IReadOnlyList<Recorded> RunAppHost()
    {
        var folder = Path.Combine(Servers.Root, "AppHost");
        var projects = XDocument.Load(Path.Combine(folder, "AppHost.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        var given = $$"""
            global using System;
            global using Aspire.Hosting;
            global using Aspire.Hosting.ApplicationModel;
            namespace Projects { {{string.Concat(projects.Select(project => $"public sealed class {project} : IProjectMetadata;"))}} }
            """;
        var compiled = CSharpCompilation.Create(
            "AppHost",
            [CSharpSyntaxTree.ParseText(given), CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(folder, "Program.cs")))],
            [
                .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                    .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal))
                    .Append(typeof(DistributedApplication).Assembly.Location)
                    .Select(file => MetadataReference.CreateFromFile(file)),
            ],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var image = new MemoryStream();
        var result = compiled.Emit(image);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assembly.Load(image.ToArray()).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        return DistributedApplication.LastRun!;
    }

    /// <summary>Databases and parameters are how Aspire says variables; they are not parts.</summary>
    public static Dictionary<string, SortedSet<string>> AppHost() => RunAppHost()
        .Where(resource => resource.Type != typeof(ParameterResource) && resource.Type != typeof(PostgresDatabaseResource))
        .ToDictionary(resource => resource.Name, resource => resource.Variables);

    public static Dictionary<string, SortedSet<string>> LocalHost()
    {
        var folder = Directory.CreateTempSubdirectory("mentoring-topology-");
        try
        {
            var state = new LocalState(folder.FullName);
            var environments = new Environments(state, new PostgreSql(state, throwaway: true), new RabbitMq(state, []), new Redis(state), otlp: null);
            var parts = Host.Topology.Servers.ToDictionary(server => server, _ => new SortedSet<string>());
            foreach (var node in Host.Topology.Nodes)
                parts[node.Name] = [.. environments.OfNode(node).Keys];
            foreach (var service in Host.Topology.Services)
            {
                parts[service.Name] = WithoutWhatAspireGivesAnyway(environments.OfService(service).Keys);
                if (service.Database is not null)
                    parts[$"{service.Name}-migrations"] = WithoutWhatAspireGivesAnyway(environments.OfMigration(service).Keys);
            }
            return parts;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static Dictionary<string, SortedSet<string>> Compose()
    {
        var services = (YamlMappingNode)Documents(Path.Combine(Servers.Root, "deploy", "compose", "compose.yaml")).Single()["services"];
        return services.ToDictionary(
            service => service.Key.ToString(),
            service => ((YamlMappingNode)service.Value).Children.TryGetValue("environment", out var environment)
                ? new SortedSet<string>(((YamlMappingNode)environment).Children.Keys.Select(name => name.ToString()))
                : []);
    }

    public static Dictionary<string, SortedSet<string>> Kubernetes() => Directory.EnumerateFiles(Path.Combine(Servers.Root, "deploy", "kubernetes"), "*.yaml")
        .SelectMany(Documents)
        .Where(document => document["kind"].ToString() is "Deployment" or "StatefulSet" or "Job")
        .ToDictionary(
            document => document["metadata"]["name"].ToString(),
            document => ((YamlMappingNode)document["spec"]["template"]["spec"]["containers"][0]).Children.TryGetValue("env", out var variables)
                ? new SortedSet<string>(((YamlSequenceNode)variables).Select(variable => variable["name"].ToString()))
                : []);

    private static IEnumerable<YamlNode> Documents(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        return stream.Documents.Select(document => document.RootNode);
    }

    private static SortedSet<string> WithoutWhatAspireGivesAnyway(IEnumerable<string> variables) =>
        [.. variables.Where(name => !name.StartsWith("OTEL_", StringComparison.Ordinal) && !name.StartsWith("ASPNETCORE_", StringComparison.Ordinal))];
}
