using System.Xml.Linq;
using Mentoring.Testing;

namespace Mentoring.Architecture.Tests;

public sealed class ServicesStayApart
{
    private static readonly string[] s_shared = ["Contracts", "Messaging", "Tenancy", "ServiceDefaults"];
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Contracts"] = [],
        ["Assignment"] = [],
        ["ICalendar"] = [],
        ["ServiceDefaults"] = [],
        ["Tenancy"] = ["ServiceDefaults"],
        ["Messaging"] = ["Tenancy"],
        ["Participants"] = s_shared,
        ["Matching"] = [.. s_shared, "Assignment"],
        ["Scheduling"] = [.. s_shared, "ICalendar"],
        ["Feedback"] = s_shared,
        ["Notifications"] = [.. s_shared, "ICalendar"],
        ["Gateway"] = s_shared,
    };

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may(string project)
    {
        var file = Path.Combine(Servers.Root, project == "ServiceDefaults" ? "" : "src", project, $"{project}.csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Empty(references.Except(s_allowed[project]));
    }

    [Fact]
    public void Every_project_of_src_is_known_here()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(Servers.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension);

        Assert.Empty(projects.Except(s_allowed.Keys));
    }

    [Theory]
    [InlineData("Assignment")]
    [InlineData("ICalendar")]
    public void A_pure_library_knows_no_word_of_mentoring(string library)
    {
        string[] words = ["mentor", "mentee", "programme", "junior", "senior"];
        var said = Directory.EnumerateFiles(Path.Combine(Servers.Root, "src", library), "*.cs")
            .SelectMany(file => File.ReadLines(file).Where(line => !line.StartsWith("namespace ", StringComparison.Ordinal) && !line.StartsWith("using ", StringComparison.Ordinal)))
            .Where(line => words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));

        Assert.Empty(said);
    }

    [Fact]
    public void Folders_are_named_for_the_domain()
    {
        string[] layers = ["Commands", "Handlers", "Interfaces", "Models", "Helpers", "Utils", "Common", "Core", "Services", "Repositories", "Dtos"];
        var found = Directory.EnumerateDirectories(Path.Combine(Servers.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(folder => !folder.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
            .Where(folder => layers.Contains(Path.GetFileName(folder)));

        Assert.Empty(found);
    }
}
