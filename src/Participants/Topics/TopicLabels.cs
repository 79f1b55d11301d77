namespace Mentoring.Participants.Topics;

/// <summary>
/// A topic's name in the languages it has one in. The catalogue's own language is English; ESCO's topics come in English, ours and a unit's
/// in as many as they were given.
/// </summary>
public static class TopicLabels
{
    /// <summary>BCP 47 primary tags.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "de", "fr", "es"];

    /// <summary>The first language of <c>Accept-Language</c> that topics may have a name in; null for none.</summary>
    public static string? Wanted(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(Languages.Contains);

    public static string In(string? language, IReadOnlyDictionary<string, string> labels, string label) =>
        language is not null && labels.TryGetValue(language, out var named) ? named : label;
}
