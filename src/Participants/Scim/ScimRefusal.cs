using System.Text.Json.Nodes;

namespace Mentoring.Participants.Scim;

/// <summary>A refusal in the protocol's own form (RFC 7644, 3.12).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The protocol's <c>scimType</c>; null where it has none.</param>
/// <param name="Detail">What is wrong, and what to do.</param>
public sealed record ScimRefusal(int Status, string? Type, string Detail)
{
    public static ScimRefusal NotFound() => new(404, null, "There is nobody of this id.");

    public static ScimRefusal InvalidValue(string detail) => new(400, "invalidValue", detail);

    public static ScimRefusal InvalidPath(string detail) => new(400, "invalidPath", detail);

    public static ScimRefusal InvalidFilter(string detail) => new(400, "invalidFilter", detail);

    public static ScimRefusal InvalidSyntax(string detail) => new(400, "invalidSyntax", detail);

    public static ScimRefusal Taken(string detail) => new(409, "uniqueness", detail);
}

/// <summary>Leaves from deep within a request's own text: what is wrong there is the request's fault and nothing has happened yet.</summary>
public sealed class ScimException(ScimRefusal refusal) : Exception(refusal.Detail)
{
    public ScimRefusal Refusal => refusal;
}

/// <summary>An answer in the protocol's media type.</summary>
internal sealed class ScimResult(int status, JsonNode body, string? location = null, string? etag = null) : IResult, IStatusCodeHttpResult
{
    public const string MediaType = "application/scim+json";

    public int? StatusCode => status;

    public static ScimResult Of(ScimRefusal refusal)
    {
        var error = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:Error"),
            ["status"] = refusal.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["detail"] = refusal.Detail,
        };
        if (refusal.Type is { } type)
            error["scimType"] = type;
        return new ScimResult(refusal.Status, error);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        if (location is not null)
            response.Headers.Location = location;
        if (etag is not null)
            response.Headers.ETag = etag;
        return response.WriteAsync(body.ToJsonString(), httpContext.RequestAborted);
    }
}
