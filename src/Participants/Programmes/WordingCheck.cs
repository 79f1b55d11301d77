using System.Text.RegularExpressions;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// Flags words by which a programme reads as correction of the people it is for (rule 5), in English and German. It warns and suggests;
/// it never changes a word and never refuses. Words about customers, markets, tools and techniques pass: "next-generation consumers",
/// "text generation", "fix the tools our people use".
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

    private static readonly char[] s_sentenceEnds = ['.', '!', '?', ';', ':', '\n'];

    private static readonly Regex s_upToSpeed = new(
        """
        \b(
            ((bring|get|com|catch)(s|es|e|ing|ting)?|brought|got)\b[^.!?;]*?\bup[-\s]*to[-\s]+(speed|scratch) | up[-\s]*to[-\s]+speed
          | ((bring|get|com|catch)(s|es|e|ing|ting)?|brought|got)\s+(\w+\s+){0,4}?up[-\s]to[-\s]date
          | out[-\s]+of[-\s]+(touch|date) | behind\s+the\s+(times|curve) | old[-\s]fashioned
        )\b
        """,
        Options);

    private static readonly Regex s_remedy = new(
        """
        \b(
            stuck\s+in\s+(the\s+past|their\s+ways) | set\s+in\s+their\s+ways | old\s+guard | dinosaurs? | laggards? | clueless | ignorant | incompetent
          | outdated\s+(leaders?|executives?|managers?|bosses|people|mindsets?) | re-?educat\w+ | remedial | remediat\w+
          | teach(es|ing)?\s+(\w+\s+){0,3}?a\s+lesson | correct(s|ing)?\s+(our|the|their)\s+(leaders?|executives?|managers?|seniors?|board)
        )\b
        """,
        Options);

    // Only what is itself fixed counts: in "fix the tools our people use" it is the tools.
    private static readonly Regex s_fix = new(
        """
        \b(fix|fixes|fixing)\s+((the|our|your|their|its|all|every|each|some|these|those|this|that|senior|top|executive|middle|most|of|way|how)\s+){0,5}
        (leaders?|leadership|executives?|managers?|management|bosses|boss|seniors?|directors?|partners|board|people|colleagues|c-suite|ceos?)\b
        """,
        Options);

    private static readonly Regex s_catchUp = new(@"\b(catch|catches|catching|caught)[-\s]+up\b", Options);

    // People who meet catch up, too: with one another, once a month, over coffee.
    private static readonly Regex s_meeting = new(
        """
        ^\W*(\z|((with\s+)?(each\s+other|one\s+another|(the|their|your|his|her)\s+(mentors?|mentees?|partners?))
            |once|twice|every|each|weekly|monthly|quarterly|regularly|over|for|in\s+person|by\s+video|meetings?|calls?|sessions?|between|and|or)\b)
        """,
        Options);

    private static readonly Regex s_helped = new(@"\b(help|helps|helping|make|makes|making|let|lets|must|should|need|needs|have|has)\b(\W+\w+){0,4}\W*\z", Options);

    private static readonly Regex s_ageGroup = new(
        @"\b(millennials?|boomers?|digital\s+(natives?|immigrants?)|zoomers?|gen[-\s]?[xyz]|generation\s+[xyz]|(older|younger|old|young)\s+people)\b", Options);

    private static readonly Regex s_staffByAge = new(
        @"\b(older|younger|old|young)\s+(employees|staff|workers?|leaders?|executives?|managers?|colleagues)\b", Options);

    private static readonly Regex s_nachhilfe = new(
        """
        \b(
            nachhilfe\w* | auf\s+vordermann\s+\w+ | weltfremd\w* | realitätsfern\w* | abgehängt\w* | rückständig\w* | altmodisch\w*
          | (ist|sind|menschen|leute|chefs?|führungskräfte|denken|denkweisen?)\s+von\s+gestern | nicht\s+mehr\s+auf\s+der\s+höhe
          | den\s+anschluss\s+verloren | umerzieh\w+ | dinosaurier
          | (veraltete|überholte)\w*\s+(führungskräfte|führung|chefs?|manager\w*|denkweisen?)
          | (chefs?|führungskräfte\w*|vorgesetzten?|manager\w*|vorstand|vorstände)\s+(\w+\s+){0,3}?(reparieren|korrigieren|belehren|in\s+ordnung\s+bringen)
        )\b
        """,
        Options);

    private static readonly Regex s_aufStand = new(
        """
        \b(
            auf\s+(den\s+)?((neuesten|neusten|aktuellen|letzten)\s+)?stand(\s+(der|des)\s+\w+)?\s+(zu\s+)?(bringen|bringt|gebracht)
          | nicht(\s+mehr)?\s+auf\s+(dem\s+)?((neuesten|neusten|aktuellen|letzten)\s+)?stand
          | fit(\s+\w+){0,4}?\s+(zu\s+)?(machen|macht|gemacht) | mach(en|t)\s+(\w+\s+){1,5}?fit
        )\b
        """,
        Options);

    private static readonly Regex s_altersgruppe = new(
        """
        \b(
            (älter|jünger|alt|jung)e[nrsm]?\s+generation(en)? | generationen | (mehr)?generation(s|en)[-\s]?[a-zäöüß]\w+ | (alt|jung)generation | digitale[nr]?\s+eingeborene\w*
        )\b
        """,
        Options);

    private static readonly Regex s_belegschaftNachAlter = new(
        @"\b(älter|jünger|alt|jung)e[nrsm]?\s+(mitarbeit\w*|beschäftigte\w*|führungskräfte\w*|kolleg\w+|chefs?|manager\w*)\b", Options);

    // What is generated (text, leads, power) and whom one sells to is no age group of colleagues, so the words around it decide.
    private static readonly Regex s_generation = new(
        @"\b((?<before>\w+)[-\s]+)?(?<word>(inter|multi|cross)?-?generation(s|al)?)\b", Options);

    private static readonly HashSet<string> s_generated = new(StringComparer.OrdinalIgnoreCase)
    {
        "text", "image", "code", "content", "lead", "demand", "power", "energy", "heat", "revenue", "report", "document", "electricity", "data", "idea",
    };

    // Another rule's: said there in its own language.
    private static readonly HashSet<string> s_youngOrOld = new(StringComparer.OrdinalIgnoreCase) { "younger", "older", "young", "old" };

    private static readonly Regex s_jungOderAlt = new(@"\A(älter|jünger|alt|jung)e[nrsm]?\z", Options);

    private const string Things =
        """
        customers?|consumers?|clients?|markets?|audiences?|buyers?|shoppers?|products?|brands?|technolog(y|ies)|tools?|systems?|devices?|networks?|software|platforms?
          | websites?|apps?|processes|polic(y|ies)|rules|documents?|reports?|figures|records|profiles?|calendars?|files?|prices
          | kunden\w*|kundinnen|kundschaft|verbraucher\w*|konsument\w*|käufer\w*|märkte\w*|produkt\w*|marken|technologien?|werkzeuge?n?|system\w*|geräte?n?|software|anlagen?
          | websites?|prozesse?n?|unterlagen|berichte?n?|daten|zahlen|profile?n?
        """;

    private static readonly Regex s_things = new($@"\b({Things})\b", Options);

    private static readonly Regex s_people = new(
        """
        \b(leaders?|leadership|executives?|managers?|management|boss(es)?|seniors?|directors?|partners|boards?|people|colleagues|c-suite|c[efiot]os?|chiefs?|heads?|staff
          | employees?|workers?|teams?|them|they|us|we
          | führung\w*|chefs?|vorstand\w*|vorstände\w*|vorgesetzt\w*|leitung\w*|geschäftsführ\w*|mitarbeit\w*|beschäftigt\w*|kolleg\w*|leute\w*|menschen|sie|uns)\b
        """,
        Options);

    private const string Between = @"(of|from|in|like|such|as|the|our|new|who|are|among|and|der|die|den|dem|des|aus|von|wie|als|unserer?|und|eine[rn]?)";

    private static readonly Regex s_thingsNext = new($@"\A([-\s]+{Between}){{0,3}}[-\s]+({Things})\b", Options);
    private static readonly Regex s_thingsJustBefore = new($@"\b({Things})([-\s]+{Between}){{0,3}}[-\s]*\z", Options);
    private static readonly Regex s_buying = new(@"\A\s+(shop|shops|shopping|buy|buys|buying|purchas\w+|spend\w*|pay|pays|kauf\w*|einkauf\w*)\b", Options);
    private static readonly Regex s_lastWords = new(@"(\w+[-\s]+){0,4}\z", Options);
    private static readonly Regex s_firstWords = new(@"\A([-\s]+\w+){0,3}", Options);

    private static readonly (Regex Words, string Language, string Suggestion, Func<Found, bool> Passes)[] s_rules =
    [
        (s_upToSpeed, "en", Exchange, IsAboutThings),
        (s_remedy, "en", Exchange, _ => false),
        (s_fix, "en", Exchange, found => s_thingsNext.IsMatch(found.After)),
        (s_catchUp, "en", Exchange, found => s_meeting.IsMatch(found.After) && !(found.After.Trim().Length == 0 && s_helped.IsMatch(found.Before))),
        (s_ageGroup, "en", Stage, IsAboutBuyers),
        (s_staffByAge, "en", Stage, _ => false),
        (s_nachhilfe, "de", Austausch, _ => false),
        (s_aufStand, "de", Austausch, IsAboutThings),
        (s_altersgruppe, "de", Stufe, IsAboutBuyers),
        (s_belegschaftNachAlter, "de", Stufe, _ => false),
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
        texts.AddRange(settings.AgendaStarters.Select((text, i) => ($"agenda[{i}]", (string?)text)));
        texts.AddRange(settings.RoleNames.Select(role => ($"roleNames.{role.Key}", (string?)role.Value)));
        return [.. texts.Where(text => text.Text is not null).SelectMany(text => Of(text.Path, text.Text!))];
    }

    public static IEnumerable<WordingWarning> Of(string path, string text)
    {
        var byRule =
            from rule in s_rules
            from Match match in rule.Words.Matches(text)
            where !rule.Passes(new Found(match.Value, Before(text, match), After(text, match)))
            select new WordingWarning(path, Code, match.Value.Trim(), rule.Suggestion, rule.Language);
        var byNeighbours =
            from Match match in s_generation.Matches(text)
            let before = match.Groups["before"].Value
            where !s_generated.Contains(before) && !s_jungOderAlt.IsMatch(before)
            where !IsAboutBuyers(new Found(match.Value, Before(text, match), After(text, match)))
            where s_youngOrOld.Contains(before) || !s_things.IsMatch(s_firstWords.Match(After(text, match)).Value)
            where !s_ageGroup.IsMatch($"{match.Groups["word"].Value}{s_firstWords.Match(After(text, match)).Value}")
            select new WordingWarning(path, Code, match.Groups["word"].Value, Stage, "en");
        return byRule.Concat(byNeighbours);
    }

    // Whoever is brought up to speed may use tools; so a person named beside a thing counts, not the thing.
    private static bool IsAboutThings(Found found)
    {
        var about = s_lastWords.Match(found.Before).Value + found.Words;
        return s_things.IsMatch(about) && !s_people.IsMatch(about);
    }

    private static bool IsAboutBuyers(Found found) =>
        s_thingsNext.IsMatch(found.After) || s_thingsJustBefore.IsMatch(found.Before) || s_buying.IsMatch(found.After);

    // Up to where the sentence begins and ends.
    private static string Before(string text, Match match)
    {
        var from = match.Index == 0 ? 0 : text.LastIndexOfAny(s_sentenceEnds, match.Index - 1) + 1;
        return text[from..match.Index];
    }

    private static string After(string text, Match match)
    {
        var end = match.Index + match.Length;
        var to = text.IndexOfAny(s_sentenceEnds, end);
        return to < 0 ? text[end..] : text[end..to];
    }

    private readonly record struct Found(string Words, string Before, string After);
}

/// <summary>Words that may be read as correction of a person, with a suggestion.</summary>
public sealed record WordingWarning(string Path, string Code, string Words, string Suggestion, string Language);
