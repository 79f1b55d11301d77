namespace Mentoring.Participants.Programmes;

/// <summary>Where somebody belongs, from the top down, as people's data tells it: <c>Sales / Europe</c>.</summary>
internal static class Department
{
    private const string Separator = " / ";

    /// <summary>One way of writing it, whatever blanks and empty parts there are; empty where nothing is named.</summary>
    public static string Of(string path) => string.Join(Separator, path.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Somebody of that path belongs to the department, or to a part of it. Both as <see cref="Of"/> writes them; case does not count.</summary>
    public static bool Contains(string department, string path) =>
        path.StartsWith(department, StringComparison.OrdinalIgnoreCase)
        && (path.Length == department.Length || path.AsSpan(department.Length).StartsWith(Separator, StringComparison.Ordinal));
}
