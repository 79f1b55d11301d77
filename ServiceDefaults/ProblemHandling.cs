using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mentoring.ServiceDefaults;

/// <summary>Gives the framework's own refusals, and exceptions nobody expected, the same shape as ours.</summary>
internal static class ProblemHandling
{
    public static void AddProblemHandling(this IServiceCollection services)
    {
        // Binding failures reach the handler below with their cause instead of ending as an empty 400.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionsAsProblems>();
        // The exception middleware asks for a fallback; the handler above answers everything, so it is never used.
        services.AddProblemDetails();
    }

    /// <summary>A body for refusals that the framework sends without one.</summary>
    public static Task DescribeStatus(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var problem = http.Response.StatusCode switch
        {
            400 => Problem.Of(400, "malformed", "The request could not be read."),
            401 => Problem.Of(401, "unauthenticated", "Sign in, and send the access token as a bearer token."),
            403 => Problem.Of(403, "role-missing", Problems.RoleMissingDetail),
            404 => Problems.NotFoundProblem(),
            405 => Problem.Of(405, "method-not-allowed", "This address does not know that method."),
            406 => Problem.Of(406, "not-acceptable", "None of the accepted media types is offered here."),
            413 => TooLarge(),
            415 => UnsupportedMediaType(),
            429 => Problem.Of(429, "too-many-requests", "Wait as long as Retry-After says."),
            >= 500 and var status => Problem.Of(status, "internal", "Something failed on our side. Quote the trace id when asking for help."),
            var status => Problem.Of(status, "refused", "The request was refused."),
        };
        return new ProblemResult(problem).ExecuteAsync(http);
    }

    internal static Problem TooLarge() => Problem.Of(413, "too-large", "The body is larger than this address accepts.");

    internal static Problem UnsupportedMediaType() =>
        Problem.Of(415, "unsupported-media-type", "Send the body in the media type this address documents, usually application/json.");
}

/// <summary>A request whose values are wrong in a way only its reader notices, such as a cursor that was never given out.</summary>
public sealed class InvalidRequestException(IDictionary<string, string[]> errors)
    : BadHttpRequestException("The request names wrong values.", StatusCodes.Status400BadRequest)
{
    /// <summary>One wrong field.</summary>
    public InvalidRequestException(string field, string message) : this(new Dictionary<string, string[]> { [field] = [message] }) { }

    /// <summary>Messages by field.</summary>
    public IDictionary<string, string[]> Errors { get; } = errors;
}

internal sealed partial class ExceptionsAsProblems(ILogger<ExceptionsAsProblems> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception is BadHttpRequestException refused ? Explain(httpContext, refused) : Unexpected(httpContext, exception);
        await new ProblemResult(problem).ExecuteAsync(httpContext);
        return true;
    }

    private Problem Unexpected(HttpContext http, Exception exception)
    {
        log.LogError(exception, "{Method} {Route} failed", http.Request.Method, SpanEnrichment.RouteOf(http) ?? "(no route)");
        return Problem.Of(500, "internal", "Something failed on our side; nothing was changed. Quote the trace id when asking for help.");
    }

    private static Problem Explain(HttpContext http, BadHttpRequestException refused) => refused switch
    {
        InvalidRequestException invalid => Problems.InvalidProblem(invalid.Errors),
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => ProblemHandling.TooLarge(),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => ProblemHandling.UnsupportedMediaType(),
        { StatusCode: StatusCodes.Status408RequestTimeout } => Problem.Of(408, "request-timeout", "The body came too slowly."),
        { InnerException: JsonException json } => ExplainJson(json),
        _ => ExplainParameter(http, refused),
    };

    // The serialiser tells the three cases apart only by its inner exception and by its words; a test holds each of them.
    private static Problem ExplainJson(JsonException json)
    {
        if (json.InnerException is JsonException || json.Path is null)
            return Problem.Of(400, "malformed", "The body is not valid JSON.");

        if (UnknownMember().Match(json.Message) is { Success: true } unknown)
        {
            var member = unknown.Groups[1].Value;
            return Problem.Of(400, "unknown-field", $"The field '{member}' is not known here. Nothing was changed.",
                new Dictionary<string, string[]> { [Field(json.Path)] = ["is not a known field"] });
        }

        if (MissingMembers().Match(json.Message) is { Success: true } missing)
            return Problems.InvalidProblem(Quoted().Matches(missing.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, string[] (_) => ["is required"]));

        var path = json.Data[BodyChecks.Member] is string refused ? $"{json.Path}.{refused}" : json.Path;
        return Problems.InvalidProblem(new Dictionary<string, string[]> { [Field(path)] = ["has the wrong form"] });
    }

    private static string Field(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";

    private static Problem ExplainParameter(HttpContext http, BadHttpRequestException refused)
    {
        if (Parameter().Match(refused.Message) is not { Success: true } match)
            return Problem.Of(400, "malformed", "The request could not be read.");

        var name = match.Groups[1].Value;
        // An id in the path that is no id names nothing. (The exception middleware has emptied the request's own route values.)
        if (http.Features.Get<IExceptionHandlerFeature>()?.RouteValues?.ContainsKey(name) == true) return Problems.NotFoundProblem();
        if (refused.Message.EndsWith("from body.", StringComparison.Ordinal)) return Problem.Of(400, "malformed", "A JSON body is needed.");
        var message = refused.Message.StartsWith("Required", StringComparison.Ordinal) ? "is required" : "has the wrong form";
        return Problems.InvalidProblem(new Dictionary<string, string[]> { [name] = [message] });
    }

    [GeneratedRegex("^The JSON property '(.+?)' could not be mapped")]
    private static partial Regex UnknownMember();

    [GeneratedRegex("missing required properties.*?: (.+)")]
    private static partial Regex MissingMembers();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("parameter \"(?:.* )?([^\" ]+)\"")]
    private static partial Regex Parameter();
}
