namespace Mentoring.Demonstration.Data;

public enum Stage { Early, Established, Senior, Executive }

/// <summary>A title and the career stage it stands for.</summary>
public sealed record StageRule(string Title, Stage Stage);

/// <summary>
/// Titles to career stages, as <c>PUT people/stage-mapping</c> takes them. Leads have titles of their own, because in the
/// files "Senior" says how long somebody has been there, not whom they lead.
/// </summary>
public static class StageMapping
{
    public const string ChiefExecutive = "Chief Executive";
    public const string DepartmentManager = "Department Manager";
    public const string AreaLead = "Area Lead";
    public const string DivisionLead = "Division Lead";
    public const string TeamLead = "Team Lead";

    public static IReadOnlyList<StageRule> Rules { get; } =
    [
        new(ChiefExecutive, Stage.Executive),
        new(DepartmentManager, Stage.Executive),
        new(AreaLead, Stage.Senior),
        new(DivisionLead, Stage.Senior),
        new(TeamLead, Stage.Senior),
        new("Technique Leader", Stage.Established),
        new("Senior Engineer", Stage.Established),
        new("Senior Staff", Stage.Established),
        new("Engineer", Stage.Early),
        new("Staff", Stage.Early),
        new("Assistant Engineer", Stage.Early),
    ];

    private static readonly Dictionary<string, Stage> ByTitle = Rules.ToDictionary(rule => rule.Title, rule => rule.Stage);

    public static Stage Of(string title) => ByTitle[title];
}
