using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mentoring.ServiceDefaults;

/// <summary>
/// The <c>If-Match</c> of a change: two people who edit the same thing must not overwrite one another unseen. A handler takes it as a
/// parameter, loads, and answers <see cref="Refusal"/> unless that is null.
/// </summary>
/// <param name="IfMatch">The header as sent; null when missing.</param>
public sealed record Precondition(string? IfMatch)
{
    /// <summary>The entity tag of a version.</summary>
    public static string Etag(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>200 with the body and its entity tag.</summary>
    public static IResult Ok<T>(T body, long version) => new TaggedResult<T>(body, Etag(version));

    /// <summary>Null when the change was made from <paramref name="version"/>; otherwise 428 (no <c>If-Match</c>) or 412 (another version).</summary>
    public IResult? Refusal(long version)
    {
        var current = Etag(version);
        if (string.IsNullOrEmpty(IfMatch))
            return Refuse(StatusCodes.Status428PreconditionRequired, "precondition-required", "Send the ETag of what you read as If-Match.", current);
        return IfMatch == "*" || EntityTagHeaderValue.TryParseList([IfMatch], out var tags) && tags.Any(tag => tag.Tag == current)
            ? null
            : Refuse(StatusCodes.Status412PreconditionFailed, "stale", "It has changed since you read it. Read it again, then repeat your change.", current);
    }

    /// <summary>Reads the header.</summary>
    public static ValueTask<Precondition> BindAsync(HttpContext context)
    {
        string? header = context.Request.Headers.IfMatch;
        return ValueTask.FromResult(new Precondition(header));
    }

    private static StaleResult Refuse(int status, string code, string detail, string current) =>
        new(Problem.Of(status, code, detail) with { CurrentVersion = current }, current);

    private sealed class StaleResult(Problem problem, string etag) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = etag;
            return new ProblemResult(problem).ExecuteAsync(httpContext);
        }
    }

    private sealed class TaggedResult<T>(T body, string etag) : IResult, IStatusCodeHttpResult, IValueHttpResult
    {
        public int? StatusCode => StatusCodes.Status200OK;

        public object? Value => body;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = etag;
            return Results.Json(body).ExecuteAsync(httpContext);
        }
    }
}
