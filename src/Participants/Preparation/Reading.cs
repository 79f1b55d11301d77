using Microsoft.Net.Http.Headers;

namespace Mentoring.Participants.Preparation;

/// <summary>Which of the languages that something is written in a reader gets: asked for with the request, else the person's own, else English.</summary>
public static class Reading
{
    public const string Fallback = "en";

    /// <summary>The reader's tags (BCP 47), the preferred first.</summary>
    /// <param name="request">With <c>Accept-Language</c>, in the order of its weights; a tag of weight 0 is not wanted.</param>
    /// <param name="own">The person's own languages.</param>
    public static IReadOnlyList<string> Wishes(HttpRequest request, IEnumerable<string> own) =>
    [
        .. request.GetTypedHeaders().AcceptLanguage
            .Where(wish => wish.Quality is not 0)
            .OrderByDescending(wish => wish, StringWithQualityHeaderValueComparer.QualityComparer)
            .Select(wish => wish.Value.ToString()),
        .. own,
    ];

    /// <summary>The first wish that is written, regions aside (<c>de-CH</c> reads <c>de</c>).</summary>
    public static string Choose(IEnumerable<string> wishes, IReadOnlyCollection<string> written) =>
        wishes.Select(tag => tag.Split('-')[0].ToLowerInvariant()).FirstOrDefault(written.Contains) ?? Fallback;
}
