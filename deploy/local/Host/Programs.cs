namespace Mentoring.Host;

/// <summary>
/// The services as built, copied to where no build overwrites them: a program whose files change under it dies of it, and a developer
/// builds and tests while the platform runs.
/// </summary>
internal sealed class Programs(LocalState state)
{
    private static string Built(string project) => Path.Combine(LocalState.Checkout, "src", project, "bin", "Release", "net10.0");

    private string Copied(string project) => state.In("programs", project);

    public string Dll(string project) => Path.Combine(Copied(project), $"{project}.dll");

    /// <summary>In its project's folder, as an IDE and Aspire start it.</summary>
    public Launch Launch(string project) => new("dotnet", [Dll(project)]) { Folder = Path.Combine(LocalState.Checkout, "src", project) };

    public void Refresh(string project) => Refresh(Built(project), Copied(project));

    /// <summary>Only what differs from the last time.</summary>
    public static void Refresh(string from, string to)
    {
        foreach (var source in new DirectoryInfo(from).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = new FileInfo(Path.Combine(to, Path.GetRelativePath(from, source.FullName)));
            if (copy.Exists && copy.Length == source.Length && copy.LastWriteTimeUtc == source.LastWriteTimeUtc)
                continue;
            copy.Directory!.Create();
            source.CopyTo(copy.FullName, overwrite: true);
        }
    }
}
