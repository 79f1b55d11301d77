using System.Diagnostics;
using System.Net.Mime;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Mentoring.ServiceDefaults;

/// <summary>The one shape of a refusal (RFC 9457), in words a person can act on and with a code that never changes.</summary>
/// <param name="Type">A relative reference to a page that explains the code: <c>/problems/{code}</c>.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened here and what to do about it.</param>
/// <param name="Code">Stable, kebab-case; what programs look at.</param>
/// <param name="TraceId">The trace of this request, for whoever is asked for help.</param>
/// <param name="Errors">Messages by field.</param>
/// <param name="CurrentVersion">With 412 and 428: the version a change must name.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string? TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IDictionary<string, string[]>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CurrentVersion = null)
{
    /// <summary>The media type of every refusal.</summary>
    public const string MediaType = MediaTypeNames.Application.ProblemJson;

    /// <summary>A problem of the current trace.</summary>
    public static Problem Of(int status, string code, string detail, IDictionary<string, string[]>? errors = null) =>
        new($"/problems/{code}", Words(code), status, detail, code, Activity.Current?.TraceId.ToString(), errors);

    private static string Words(string code) => string.Create(code.Length, code, static (title, source) =>
    {
        source.AsSpan().Replace(title, '-', ' ');
        if (title.Length > 0) title[0] = char.ToUpperInvariant(title[0]);
    });
}

/// <summary>Refusals as results.</summary>
public static class Problems
{
    /// <summary>A refusal with a stable <paramref name="code"/>.</summary>
    public static IResult Of(int status, string code, string detail, IDictionary<string, string[]>? errors = null) =>
        new ProblemResult(Problem.Of(status, code, detail, errors));

    /// <summary>
    /// The one answer for what does not exist, is someone else's or belongs to another unit: nobody may learn which of the three it is.
    /// </summary>
    public static IResult NotFound() => new ProblemResult(NotFoundProblem());

    /// <summary>A request of the right form with wrong values, by field.</summary>
    public static IResult Invalid(IDictionary<string, string[]> errors) => new ProblemResult(InvalidProblem(errors));

    /// <summary>A request with one wrong field.</summary>
    public static IResult Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>The caller belongs to the unit but lacks the role.</summary>
    public static IResult RoleMissing(string detail = RoleMissingDetail) => Of(StatusCodes.Status403Forbidden, "role-missing", detail);

    internal const string RoleMissingDetail = "Your role in this unit does not allow this. Ask a unit administrator or the programme manager.";

    internal static Problem NotFoundProblem() =>
        Problem.Of(StatusCodes.Status404NotFound, "not-found", "There is nothing here, or it is not yours to see.");

    internal static Problem InvalidProblem(IDictionary<string, string[]> errors) =>
        Problem.Of(StatusCodes.Status400BadRequest, "invalid", "Correct the named fields and send the request again.", errors);
}

internal sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult, IValueHttpResult<Problem>
{
    public int? StatusCode => problem.Status;

    public string ContentType => Problem.MediaType;

    public Problem Value => problem;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = problem.Status;
        return httpContext.Response.WriteAsJsonAsync(problem, Json.Options, Problem.MediaType, httpContext.RequestAborted);
    }
}
