using Mentoring.Demonstration;

namespace Mentoring.Journeys.Tests.Templates;

/// <summary>What is particular about a template's acceptance scenario.</summary>
public sealed record Template(string Name)
{
    /// <summary>What a file made from it has to say itself, besides its sponsor and managers.</summary>
    public Func<Firm, string> File { get; init; } = _ => "";

    /// <summary>Files that break the template's rule, and the code each is refused with.</summary>
    public IReadOnlyList<(string File, string Code)> RefusedFiles { get; init; } = [];

    /// <summary>Keys of those who opt in as mentors.</summary>
    public Func<Firm, IEnumerable<string>> Mentors { get; init; } = firm => [.. firm.Associates.Take(13), "associate-on-loan"];

    /// <summary>Keys of those who opt in as mentees, the first wave first.</summary>
    public Func<Firm, IEnumerable<string>> Mentees { get; init; } = firm => firm.Executives.Concat(firm.Heads.Take(2));

    /// <summary>Two whom a rule keeps apart, and the rule. By default a mentor and whoever stands two levels and more above.</summary>
    public (string Mentor, string Mentee, string Rule) Forbidden { get; init; } = ("associate-1", "executive-1", "authority");

    /// <summary>Who is asked first: whoever is junior.</summary>
    public string FirstAsked { get; init; } = "mentor";

    /// <summary>Mentors wait until enough mentees have enrolled.</summary>
    public bool MenteesFirst { get; init; }

    /// <summary>Guests come from a unit of their own and are the mentors.</summary>
    public bool Guests { get; init; }

    /// <summary>Each is mentor in one topic and mentee in another.</summary>
    public bool BothWays { get; init; }

    /// <summary>Mentors who say no to a pair within their own reporting line, where the programme allows one.</summary>
    public IReadOnlyList<string> NoSameChain { get; init; } = [];

    /// <summary>The rule of its own, kept and broken, after pairs have met.</summary>
    public Func<Scenario, Task>? OwnRule { get; init; }

    /// <summary>What only months show, before the review is written.</summary>
    public Func<Scenario, Task>? InTime { get; init; }

    public override string ToString() => Name;
}
