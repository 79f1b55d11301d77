using System.Text;
using System.Text.RegularExpressions;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Columns that may not come in, by name, in English, German, French and Spanish: age and birth, sex and gender, origin, belief, health,
/// family, politics and union, and ratings of people. Only names are judged; free text is not searched.
/// </summary>
public static partial class ProtectedColumns
{
    /// <summary>Words that name such data only as words: "age" is also in "language", "manager" and "stage".</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        // age and birth
        "age", "ages", "alter", "edad", "dob", "yob", "bday", "born", "boomer", "boomers", "millennial", "millennials", "genz", "geny", "genx", "genalpha",
        "jahrgang", "nac", "gebdat", "geburt", "ddn", "bdate", "etario", "etaria",
        // sex and gender
        "sex", "sexe", "sexo", "gender", "genders", "genre", "genero", "pronoun", "pronouns", "pronomen", "pronoms", "pronombres", "anrede", "salutation",
        "civilite", "geschl", "maennlich", "mannlich", "weiblich", "female", "woman", "lgbt", "lgbtq", "lgbtqia", "transgender",
        // origin
        "rasse", "raza", "caste", "kaste", "casta", "ethnie", "etnia", "hautfarbe", "nationalorigin",
        // belief, family, health, politics
        "faith", "glaube", "creed", "married", "divorced", "widowed", "verheiratet", "geschieden", "verwitwet", "ledig", "personenstand", "zivilstand", "celibataire", "soltero", "soltera",
        "casado", "casada", "divorciado", "divorciada", "viudo", "viuda", "sbv", "gdb", "rqth", "politics",
        // whichever of these a file means
        "characteristic", "characteristics", "caracteristica", "caracteristicas", "caracteristique", "caracteristiques", "identity", "identities",
        "identitat", "identitaet", "identite", "identidad",
        // ratings
        "rating", "ratings", "hipo", "hipos", "hipot", "highpo", "ninebox", "9box", "performancerank", "performanceranking", "performancegrid", "talentgrid",
    };

    /// <summary>
    /// Words that name such data where nothing but <see cref="Qualifiers"/> stands beside them: "Union" and "Union member", but not "Union
    /// Square office"; "Performance 2024", but not "Performance unit".
    /// </summary>
    private static readonly HashSet<string> Alone = new(StringComparer.Ordinal)
    {
        "geb", "ne", "nee", "fnac", "gen", "cohort", "cohorte", "kohorte",
        "male", "mf", "mfd", "mfx", "mw", "mwd", "mwx", "wm", "wmd", "fm", "hf", "fh", "hfx", "hm", "herrfrau", "frauherr", "mrms", "mrmrs", "mrmrsms", "mmme", "srsra",
        "herr", "frau", "mann", "homme", "femme", "hombre", "mujer", "mme", "mlle", "marie", "mariee", "divorce", "divorcee", "veuf", "veuve", "enceinte", "maladie", "enfermedad",
        "race", "kinder", "children", "enfants", "hijos", "blind", "deaf", "health", "gesundheit", "sante", "salud", "medical",
        "union", "partei", "political", "politisch", "politique", "politica", "politico",
        "perf", "talent", "potential", "potenzial", "potentiel", "potencial", "performance", "leistung", "rendimiento", "desempeno", "evaluation", "evaluacion", "bewertung", "valoracion",
        "calibration",
    };

    /// <summary>Words that name such data only as the whole name: "Colour", but not "Colour code".</summary>
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "colour", "color", "couleur", "herkunft", "trans", "tratamiento", "rel", "konf", "foi", "fe", "party", "parti", "partido", "invalid", "invalide",
        "manwoman", "womanman", "mh", "mmem", "mmemlle", "mmemllem", "mmmemlle", "origine", "origen", "appreciation",
    };

    /// <summary>Words that say more of a column and name nothing themselves.</summary>
    private static readonly HashSet<string> Qualifiers = new(StringComparer.Ordinal)
    {
        "id", "nr", "no", "num", "number", "anzahl", "zahl", "nombre", "numero", "count", "code", "cd", "cod", "key", "flag", "ind", "indicator", "kz", "kennzeichen", "type", "typ",
        "tipo", "cat", "category", "kategorie", "categorie", "categoria", "class", "klasse", "classe", "clase", "desc", "description", "text", "txt", "value", "wert",
        "date", "datum", "dat", "dt", "fecha", "day", "tag", "jour", "dia", "month", "monat", "year", "years", "yr", "yrs", "jahr", "jahre", "annee", "annuel", "annuelle",
        "ano", "anos", "anual", "annual", "jg", "in", "le", "el", "la", "of", "de", "du", "des", "del", "d", "von", "der", "am", "at", "on", "is", "ist",
        "group", "grp", "gruppe", "groupe", "grupo", "band", "range", "bracket", "tranche", "stufe", "level", "niveau", "nivel", "status", "statut", "estado",
        "employee", "emp", "empl", "staff", "worker", "person", "personal", "mitarbeiter", "ma", "salarie", "empleado", "member", "membership", "mitglied", "mitgliedschaft", "membre",
        "current", "actual", "aktuell", "last", "overall", "total", "avg", "average", "e", "q", "h", "fy", "z", "x", "y",
        "score", "scores", "note", "nota", "calificacion", "grade", "result", "review", "reviews", "bewertung", "einschatzung", "einschaetzung", "beurteilung", "assessment", "segment", "pool",
        "opinion", "opinions", "view", "views", "affiliation", "partei", "party", "condition", "conditions", "leave", "certificate", "history", "restriction", "restrictions",
    };

    /// <summary>Stems that name such data wherever they occur.</summary>
    private static readonly string[] Stems =
    [
        "birth", "geburt", "geboren", "gebdat", "gebjahr", "gebtag", "naiss", "nacimiento", "nacido", "fechanac", "fecnac", "anonac", "altersgr", "altersklasse", "altersstufe",
        "altersband", "alterskat", "alterskohorte", "altersstruktur", "rentenalter", "pensionsalter", "cumpleanos",
        "altersteilzeit", "eintrittsalter", "lebensalter", "lebensjahr", "agegroup", "ageband", "agerange", "tranchedage",
        "generation", "generacion",
        "geschlecht", "sexual", "sexuell", "sexuel", "orientacionsex",
        "ethnic", "ethnisch", "ethnique", "etnic", "nationalit", "nacionalidad", "staatsang", "staatsbuerger", "staatsburger", "citizenship", "ciudadania",
        "citoyennete", "herkunftsland", "countryoforigin", "paysdorigine", "paisdeorigen", "migrationshinter", "migrationsstatus", "migrationstatus", "migrationbackground", "raceethnic", "racial", "rassisch", "skincolo",
        "staatszugeh", "originenationale", "origennacional", "couleurdepeau", "colordepiel",
        "religi", "glaubensbek", "konfession", "confession", "weltanschauung", "kirchensteuer", "belief", "croyance", "creencia",
        "disab", "behinder", "handicap", "discapac", "invalidit", "invalidez", "schwerb", "gesundheitszu", "gesundheitsdat", "etatdesante", "estadodesalud",
        "krankheit", "medicalcondition", "pregnan", "schwanger", "grossesse", "embarazo", "maternity", "paternity", "neurodiver",
        "minusvalia", "minusvalid", "embarazad", "mutterschutz", "krankenstand", "arretmaladie", "congemaladie",
        "situationdefamille", "situacionfamiliar", "familienstatus", "marital", "familienstand", "etatcivil", "estadocivil", "situationfamiliale", "civilstatus", "civilpartner", "kinderzahl", "anzahlkinder", "spouse", "ehepartner",
        "politicalopinion", "politicalaffil", "politicalparty", "opinionpoliti", "tradeunion", "unionmember", "gewerkschaft", "syndical", "syndicat", "sindical", "sindicato",
        "afiliacion", "syndiqu", "partidopolit", "partipolit", "parteizugeh",
        "genetic", "genetisch", "biometr", "criminal", "vorstrafe", "veteran", "socialsecurity", "sozialversicherung", "seguridadsocial", "securitesociale",
        "perfrating", "leistungsbewert", "leistungsbeurteil", "leistungsnote", "leistungsstufe", "leistungsklasse", "leistungseinsch", "leistungspoten", "talentbewert", "talenteinsch",
        "talentklass", "talentstufe", "talentrating", "talentpool", "potenzialbewert", "potentialbewert", "potenzialeinsch", "potentialeinsch", "potenzialanalyse", "potentialanalyse",
        "potenzialklass", "potentialklass", "highpotential", "hautpotentiel", "altopotencial", "hochpotenzial", "hochpotential", "highperformer", "leistungsrating", "leistungseinstuf", "ninebox", "9box", "evaluaciondesempeno", "evaluationperformance", "appraisal", "beurteilung", "noteannuelle",
    ];

    public static bool Contains(string column)
    {
        // Words begin at a capital, at a digit, after anything that is no letter or digit, or after an acronym: birthDate, birth_date, DATE OF
        // BIRTH, age2024. Full-width and other compatible forms of a letter are that letter.
        var words = WordBreak().Split(column.Normalize(NormalizationForm.FormKC)).Select(Plain).Where(word => word.Length > 0).ToArray();
        // Knowledge is no birth, though a French one ends like it.
        var joined = string.Concat(words).Replace("connaiss", "", StringComparison.Ordinal);
        return Words.Contains(joined)
            || Alone.Contains(joined)
            || Whole.Contains(joined)
            || Stems.Any(stem => joined.Contains(stem, StringComparison.Ordinal))
            || Enumerable.Range(0, words.Length).Any(at => Words.Contains(words[at]) || IsGlued(words[at], Words) || IsBroken(words, at))
            || (words.Any(word => Alone.Contains(word) || IsGlued(word, Alone)) && words.All(word => Qualifies(word) || Alone.Contains(word) || IsGlued(word, Alone)));
    }

    /// <summary>A name that is written as two words: Hi-Po, Gen Z.</summary>
    private static bool IsBroken(string[] words, int at) =>
        at + 1 < words.Length && words[at].Length > 1 && Words.Contains(words[at] + words[at + 1]);

    /// <summary>Written without a break: sexcode, genderid, employeeage. The whole of the rest must be a word that says nothing by itself.</summary>
    private static bool IsGlued(string word, HashSet<string> names)
    {
        for (var at = ShortestPart; at <= word.Length - ShortestPart; at++)
        {
            if ((names.Contains(word[..at]) && Qualifiers.Contains(word[at..])) || (Qualifiers.Contains(word[..at]) && at >= ShortestFirst && names.Contains(word[at..])))
                return true;
        }
        return false;
    }

    /// <summary>"Image" is not "im" and "age"; nor is "page" one.</summary>
    private const int ShortestFirst = 3;

    private const int ShortestPart = 2;

    private static bool Qualifies(string word) => Qualifiers.Contains(word) || word.All(char.IsAsciiDigit);

    private static string Plain(string word) => string.Concat(SearchText.Of(word.Replace("ß", "ss", StringComparison.Ordinal)).Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{Nd})|(?<=\p{Nd})(?=\p{L})|[^\p{L}\p{M}\p{Nd}]+")]
    private static partial Regex WordBreak();
}
