using System.Text.RegularExpressions;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Columns that may not come in, by name, in English, German, French and Spanish: age and birth, sex and gender, origin, belief, health,
/// family, politics and union, and ratings of people. Only names are judged; free text is not searched.
/// </summary>
public static partial class ProtectedColumns
{
    /// <summary>Words that name such data only when they stand alone: "age" is also in "language", "manager" and "stage".</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        // age and birth
        "age", "ages", "alter", "edad", "dob", "bday", "born", "cohort", "boomer", "boomers", "millennial", "millennials", "genz", "geny", "genx", "gen",
        "jahrgang", "ne", "nee", "nac",
        // sex and gender
        "sex", "sexe", "sexo", "gender", "genders", "genre", "genero", "pronoun", "pronouns", "pronomen", "pronoms", "pronombres", "anrede", "salutation",
        "civilite", "mf", "mfd", "mwd", "male", "female", "lgbt", "lgbtq", "lgbtqia", "trans", "transgender",
        // origin
        "race", "rasse", "raza", "caste", "kaste", "casta", "ethnie", "etnia", "colour", "color", "hautfarbe",
        // belief, family, health, politics
        "faith", "glaube", "foi", "fe", "creed", "married", "verheiratet", "kinder", "children", "enfants", "hijos", "sbv", "gdb", "blind", "deaf",
        "union", "party", "partei",
        // whichever of these a file means
        "characteristic", "characteristics", "caracteristica", "caracteristicas", "caracteristique", "caracteristiques", "identity", "identities",
        "identitat", "identitaet", "identite", "identidad",
        // ratings
        "rating", "ratings", "talent", "hipo", "ninebox", "9box", "potential", "potenzial", "potentiel", "potencial", "performance",
    };

    /// <summary>Stems that name such data wherever they occur.</summary>
    private static readonly string[] Stems =
    [
        "birth", "geburt", "geboren", "naissance", "nacimiento", "nacido", "altersgruppe", "agegroup", "ageband", "agerange", "tranchedage", "generation",
        "generacion", "lebensalter",
        "geschlecht", "sexual", "sexuell", "sexuel", "orientacionsex", "genderidentity",
        "ethnic", "ethnisch", "ethnique", "etnic", "nationalit", "nacionalidad", "staatsangeh", "staatsbuerger", "staatsburger", "citizenship", "ciudadania",
        "citoyennete", "herkunft", "migration", "raceethnic", "racial", "rassisch", "skincolo",
        "religi", "konfession", "confession", "weltanschauung", "kirchensteuer", "belief", "croyance", "creencia",
        "disab", "behinder", "handicap", "discapac", "invalid", "schwerbehindert", "gesundheit", "healthcondition", "healthstatus", "sante", "estadodesalud",
        "krankheit", "medical", "pregnan", "schwanger", "grossesse", "embarazo", "maternity", "paternity", "neurodiver",
        "marital", "familienstand", "etatcivil", "estadocivil", "situationfamiliale", "civilstatus", "civilpartner", "numberofchildren", "spouse", "ehepartner",
        "political", "politisch", "politique", "politico", "politica", "tradeunion", "unionmember", "gewerkschaft", "syndica", "syndicat", "sindica", "afiliacion",
        "genetic", "genetisch", "biometr", "criminal", "vorstrafe", "veteran", "socialsecurity", "sozialversicherung", "seguridadsocial", "securitesociale",
        "performancerating", "performancescore", "performancereview", "leistungsbewertung", "leistungsbeurteilung", "leistungsnote", "talentrating", "talentpool",
        "highpotential", "ninebox", "9box", "evaluaciondesempeno", "evaluationperformance", "appraisal", "beurteilung",
    ];

    public static bool Contains(string column)
    {
        // Words begin at a capital, after anything that is no letter or digit, or after an acronym: birthDate, birth_date, DATE OF BIRTH.
        var words = WordBreak().Split(column).Select(word => Plain(word)).Where(word => word.Length > 0).ToArray();
        var joined = string.Concat(words);
        return words.Any(Words.Contains) || Words.Contains(joined) || Stems.Any(stem => joined.Contains(stem, StringComparison.Ordinal));
    }

    private static string Plain(string word) => string.Concat(SearchText.Of(word.Replace("ß", "ss", StringComparison.Ordinal)).Where(char.IsLetterOrDigit));

    [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[^\p{L}\p{M}\p{Nd}]+")]
    private static partial Regex WordBreak();
}
