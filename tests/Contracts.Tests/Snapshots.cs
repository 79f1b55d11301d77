using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Contracts.Participants;

namespace Mentoring.Contracts.Tests;

/// <summary>
/// A published fact is final: what is on the wire today must still be read tomorrow. Each fact's JSON stands in <c>Snapshots/</c>; a change
/// that is meant (a nullable addition) is written down again with <c>UPDATE_SNAPSHOTS=1 deploy/local/test Contracts</c>.
/// </summary>
public sealed class Snapshots
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static TheoryData<string> Facts => [.. Contracts().Select(fact => fact.FullName!)];

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_looks_on_the_wire_as_it_did(string name)
    {
        var fact = typeof(PersonChanged).Assembly.GetType(name)!;
        var json = JsonSerializer.Serialize(Example(fact, fact.Name), fact, Wire) + "\n";
        var file = FileOf(fact);

        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, json);
        }

        Assert.True(File.Exists(file), $"{name} has no snapshot.");
        Assert.Equal(File.ReadAllText(file), json);
    }

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_snapshot_is_read_back_whole(string name)
    {
        var fact = typeof(PersonChanged).Assembly.GetType(name)!;
        var written = File.ReadAllText(FileOf(fact));

        var read = JsonSerializer.Deserialize(written, fact, Wire);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(written), JsonSerializer.SerializeToNode(read, fact, Wire)));
    }

    [Fact]
    public void No_snapshot_is_left_of_a_fact_that_is_gone()
    {
        var known = Contracts().Select(FileOf).ToHashSet();

        Assert.DoesNotContain(Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories), file => !known.Contains(file));
    }

    [Fact]
    public void No_fact_has_a_place_for_an_age_or_a_protected_characteristic()
    {
        string[] forbidden = ["age", "birth", "born", "generation", "gender", "sex", "ethnicity", "race", "religion", "disability", "orientation", "talent", "rating"];
        var words = Contracts().SelectMany(fact => fact.GetProperties().Select(property => $"{fact.Name}.{property.Name}"))
            .Where(name => System.Text.RegularExpressions.Regex.Split(name.Split('.')[1], "(?=[A-Z])").Any(word => forbidden.Contains(word.ToLowerInvariant())));

        Assert.Empty(words);
    }

    [Fact]
    public void Contracts_reference_nothing_but_the_framework()
    {
        var references = typeof(PersonChanged).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

        Assert.All(references, reference => Assert.StartsWith("System", reference, StringComparison.Ordinal));
    }

    private static string Folder => Path.Combine(Root(), "tests", "Contracts.Tests", "Snapshots");

    private static string FileOf(Type fact) => Path.Combine(Folder, fact.Namespace!.Split('.')[^1], fact.Name + ".json");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Mentoring.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    private static IEnumerable<Type> Contracts() => typeof(PersonChanged).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && (type.GetProperty("Version") is not null || type.Name == "ActionAudited"))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>An example made from the constructor: every member set, the same every time.</summary>
    private static object Example(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return name;
        if (type == typeof(Guid))
            return Guid.Parse("01940000-0000-7000-8000-000000000001");
        if (type == typeof(long) || type == typeof(int))
            return Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type == typeof(decimal))
            return 2.5m;
        if (type == typeof(bool))
            return true;
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 1, 12);
        if (type == typeof(TimeOnly))
            return new TimeOnly(9, 0);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = Array.CreateInstance(type.GetGenericArguments()[0], 1);
            list.SetValue(Example(type.GetGenericArguments()[0], name), 0);
            return list;
        }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments()))!;
            dictionary.Add("key", Example(type.GetGenericArguments()[1], name));
            return dictionary;
        }
        var constructor = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Example(parameter.ParameterType, Camel(parameter)))]);
    }

    private static string Camel(ParameterInfo parameter) => char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];
}
