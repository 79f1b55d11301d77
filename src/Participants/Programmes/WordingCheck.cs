using System.Text.RegularExpressions;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// Flags words by which a programme reads as correction of the people it is for (rule 5), in English and German. It warns and suggests;
/// it never changes a word and never refuses. Words about customers, markets and techniques pass: "next-generation consumers",
/// "text generation".
/// </summary>
public static class WordingCheck
{
    private const string Exchange = "Say what each side knows that the other needs: \"Executives decide on AI tools that frontline teams use daily.\"";
    private const string Austausch = "Sagen, was jede Seite weiß, das die andere braucht: „Führungskräfte entscheiden über KI-Werkzeuge, die die Teams täglich nutzen.“";
    private const string Stage = "Name the career stage, the unit or the experience that matters instead of an age group.";
    private const string Stufe = "Statt einer Altersgruppe die Karrierestufe, den Bereich oder die Erfahrung nennen, auf die es ankommt.";

    private const string Code = "reads-as-correction";

    // Linear in the text, whatever it is made of.
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking;

    private static readonly Regex s_remedy = new(
        """
        \b(
            (bring|brings|bringing|brought|get|gets|getting|come|catch|catches|catching)\s+(\w+\s+){0,4}?up\s+to\s+(speed|date|scratch)
          | (catch|catches|catching)\s+up
          | out\s+of\s+touch | out[-\s]of[-\s]date | behind\s+the\s+times | stuck\s+in\s+(the\s+past|their\s+ways) | set\s+in\s+their\s+ways
          | old[-\s]fashioned | dinosaurs? | laggards? | clueless | ignorant | incompetent | outdated\s+(leaders?|executives?|managers?|bosses|people|mindsets?)
          | re-?educat\w+ | remedial | remediat\w+ | teach(es|ing)?\s+(\w+\s+){0,3}?a\s+lesson | correct(s|ing)?\s+(our|the|their)\s+(leaders?|executives?|managers?|seniors?|board)
          | (fix|fixes|fixing)\s+(\w+\s+){0,4}?(leaders?|leadership|executives?|managers?|management|bosses|boss|seniors?|directors?|partners|board|people|colleagues)
        )\b
        """,
        Options);

    private static readonly Regex s_ageGroup = new(
        @"\b(millennials?|boomers?|digital\s+natives?|zoomers?|gen[-\s]?[xyz]|(older|younger|old|young)\s+(people|employees|staff|workers?|leaders?|executives?|managers?|colleagues))\b",
        Options);

    private static readonly Regex s_nachhilfe = new(
        """
        \b(
            nachhilfe\w* | auf\s+den\s+(neuesten|neusten|aktuellen)\s+stand\s+(bringen|gebracht) | auf\s+vordermann\s+\w+ | weltfremd\w* | abgehängt\w*
          | rückständig\w* | altmodisch\w* | von\s+gestern | nicht\s+mehr\s+auf\s+der\s+höhe | den\s+anschluss\s+verloren | umerzieh\w+ | dinosaurier
          | (veraltete|überholte)\w*\s+(führungskräfte|führung|chefs?|manager\w*|denkweisen?) | (chefs?|führungskräfte\w*|vorgesetzten?|manager\w*)\s+(\w+\s+){0,3}?(reparieren|korrigieren|belehren)
        )\b
        """,
        Options);

    private static readonly Regex s_altersgruppe = new(
        """
        \b(
            generation(en)?\s+[xyz] | (ältere|jüngere|alte|junge)[nrsm]?\s+(generation(en)?|mitarbeiter\w*|beschäftigte\w*|führungskräfte\w*|kolleg\w+)
          | generationen(konflikt|wechsel|unterschiede?) | digitale[nr]?\s+eingeborene\w*
        )\b
        """,
        Options);

    // What is generated (text, leads, power) and whom one sells to is no age group of colleagues, so the words around it decide.
    private static readonly Regex s_generation = new(
        @"\b((?<before>\w+)[-\s]+)?(?<word>(inter|multi|cross)?-?generation(s|al)?)\b(?<after>([-\s]+\w+){0,3})", Options);

    private static readonly HashSet<string> s_generated = new(StringComparer.OrdinalIgnoreCase)
    {
        "text", "image", "code", "content", "lead", "demand", "power", "energy", "heat", "revenue", "report", "document", "electricity", "data", "idea",
    };

    private static readonly Regex s_soldTo = new(
        """
        \b(customers?|consumers?|clients?|markets?|audiences?|buyers?|shoppers?|products?|technolog(y|ies)|tools?|systems?|devices?|networks?
          | kunden|kundinnen|kundschaft|verbraucher\w*|konsument\w*|käufer\w*|märkte|produkten?|technologien?|werkzeugen?|systemen?)\b
        """,
        Options);

    private static readonly (Regex Words, string Language, string Suggestion)[] s_rules =
    [
        (s_remedy, "en", Exchange),
        (s_ageGroup, "en", Stage),
        (s_nachhilfe, "de", Austausch),
        (s_altersgruppe, "de", Stufe),
    ];

    public static IReadOnlyList<WordingWarning> Of(ProgrammeSettings settings)
    {
        var texts = new List<(string Path, string? Text)>
        {
            ("name", settings.Name),
            ("purpose", settings.Purpose),
            ("gap.sentence", settings.Gap.Sentence),
            ("gap.area", settings.Gap.Area),
            ("gap.strategicPriority", settings.Gap.StrategicPriority),
            ("project", settings.Project),
        };
        texts.AddRange(settings.RoleNames.Select(role => ($"roleNames.{role.Key}", (string?)role.Value)));
        return [.. texts.Where(text => text.Text is not null).SelectMany(text => Of(text.Path, text.Text!))];
    }

    public static IEnumerable<WordingWarning> Of(string path, string text)
    {
        var byRule =
            from rule in s_rules
            from Match match in rule.Words.Matches(text)
            select new WordingWarning(path, Code, match.Value.Trim(), rule.Suggestion, rule.Language);
        var byNeighbours =
            from Match match in s_generation.Matches(text)
            where !s_generated.Contains(match.Groups["before"].Value) && !s_soldTo.IsMatch(match.Groups["after"].Value)
            select new WordingWarning(path, Code, match.Groups["word"].Value, Stage, "en");
        return byRule.Concat(byNeighbours);
    }
}

/// <summary>Words that may be read as correction of a person, with a suggestion.</summary>
public sealed record WordingWarning(string Path, string Code, string Words, string Suggestion, string Language);
