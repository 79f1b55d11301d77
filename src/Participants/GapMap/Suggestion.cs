using Mentoring.Contracts.Participants;
using Mentoring.Participants.Topics;

namespace Mentoring.Participants.GapMap;

/// <summary>
/// The programme a gap asks for: something to start from, decided by people. Where those without authority hold what those with authority
/// need, one of the reverse templates, by the topic's focus; where nobody here is known to hold it, one with guests; where authority and
/// insight are not apart, none.
/// </summary>
/// <param name="Template">The name of a programme template.</param>
/// <param name="Direction">As programmes have it.</param>
/// <param name="Topics">Slugs, the gap's own first, then near ones that are out of balance as well.</param>
/// <param name="Mentors">Who would mentor; null where guests would.</param>
/// <param name="Mentees">Who would be mentored.</param>
public sealed record Suggestion(string Template, Direction Direction, IReadOnlyList<string> Topics, Audience? Mentors, Audience Mentees)
{
    /// <summary>The template for a gap, from its shown numbers; null where there is none to close.</summary>
    public static string? TemplateFor(Focus focus, int? needs, int? holders, int? imbalance) => (needs, holders) switch
    {
        (null or 0, _) => null,
        (_, null or 0) => focus is Focus.Technology or Focus.Customers ? "citi-university" : "societal-issue",
        _ when imbalance is null or < GapMap.Imbalance.WorthClosing => null,
        _ => focus switch
        {
            Focus.Technology => "general-electric-1999",
            Focus.SocialValues => "pwc-uk-2014",
            Focus.FrontlineReality => "british-airways-2023",
            Focus.Customers => "estee-lauder-2015",
            Focus.Culture => "ground-rules",
            Focus.Leadership => "governance-gates",
        },
    };

    /// <summary>The stages with a shown number; all there may be where none has one, since then each is too small to tell apart.</summary>
    public static IReadOnlyList<CareerStage> StagesOf(IReadOnlyList<StageCount>? counts, bool authority, Func<StageCount, int?> people)
    {
        var stages = (counts ?? []).Where(count => GapCount.HasAuthority(count.Stage) == authority && people(count) > 0).Select(count => count.Stage).ToList();
        return stages.Count > 0 ? stages : [.. Enum.GetValues<CareerStage>().Where(stage => GapCount.HasAuthority(stage) == authority)];
    }
}

/// <param name="Stages">Career stages to invite.</param>
/// <param name="UnitPaths">Where most of them are, the largest number first; empty where no part may be shown.</param>
/// <param name="People">How many, as far as it may be shown.</param>
public sealed record Audience(IReadOnlyList<CareerStage> Stages, IReadOnlyList<string> UnitPaths, int? People);
