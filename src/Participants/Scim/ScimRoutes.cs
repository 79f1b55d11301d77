using System.Text.Json.Nodes;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Scim;

/// <summary>
/// SCIM 2.0 (RFC 7643 and 7644): an identity provider keeps the unit's people. The protocol describes itself, so these routes are not part of the
/// API's own document.
/// </summary>
public static class ScimRoutes
{
    internal const int LargestPage = 200;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Where it is served, as clients see it.</summary>
    internal static string At(string unit) => $"/api/v1/units/{unit}/scim/v2";

    public static void AddScim(this IServiceCollection services) => services.AddScoped<ScimUsers>();

    public static void MapScim(this RouteGroupBuilder unit)
    {
        var scim = unit.MapGroup("/scim/v2").RequireRole(Roles.UnitAdmin, Roles.Provisioning).ExcludeFromDescription().AddEndpointFilter(RefuseInItsForm);
        scim.MapGet("/Users", (ScimUsers users, HttpRequest request, CancellationToken ct) => users.List(request, ct));
        scim.MapPost("/Users", (ScimUsers users, HttpRequest request, CancellationToken ct) => users.Add(request, ct));
        scim.MapGet("/Users/{id:guid}", (Guid id, ScimUsers users, HttpRequest request, CancellationToken ct) => users.Show(id, request, ct));
        scim.MapPut("/Users/{id:guid}", (Guid id, ScimUsers users, HttpRequest request, CancellationToken ct) => users.Replace(id, request, ct));
        scim.MapPatch("/Users/{id:guid}", (Guid id, ScimUsers users, HttpRequest request, CancellationToken ct) => users.Patch(id, request, ct));
        scim.MapDelete("/Users/{id:guid}", (Guid id, ScimUsers users, HttpRequest request, CancellationToken ct) => users.Remove(id, request, ct));

        scim.MapGet("/ServiceProviderConfig", (Caller caller) => new ScimResult(200, ServiceProviderConfig(At(caller.Unit))));
        scim.MapGet("/ResourceTypes", (Caller caller) => new ScimResult(200, ScimUsers.ListResponse([ResourceType(At(caller.Unit))], 1, 1)));
        scim.MapGet("/ResourceTypes/User", (Caller caller) => new ScimResult(200, ResourceType(At(caller.Unit))));
        scim.MapGet("/Schemas", (Caller caller) => new ScimResult(200, Schemas(At(caller.Unit))));
        scim.MapGet("/Schemas/{schema}", (string schema, Caller caller) =>
            ScimSchema.Attributes.Keys.FirstOrDefault(known => string.Equals(known, schema, StringComparison.OrdinalIgnoreCase)) is { } found
                ? new ScimResult(200, ScimSchema.Describe(found, At(caller.Unit)))
                : ScimResult.Of(new ScimRefusal(404, null, "There is no such schema here.")));
        // Whatever else the protocol knows, as groups, is not offered; said in its own form.
        scim.MapMethods("/{**rest}", Methods, () => ScimResult.Of(new ScimRefusal(404, null, "Users are served here, by /Users; see /ResourceTypes.")));
    }

    private static async ValueTask<object?> RefuseInItsForm(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ScimException e)
        {
            return ScimResult.Of(e.Refusal);
        }
    }

    private static JsonObject Schemas(string at)
    {
        var schemas = ScimSchema.Attributes.Keys.Select(schema => ScimSchema.Describe(schema, at)).ToList();
        return ScimUsers.ListResponse(schemas, schemas.Count, 1);
    }

    private static JsonObject ResourceType(string at) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"),
        ["id"] = "User",
        ["name"] = "User",
        ["endpoint"] = "/Users",
        ["description"] = "Somebody of the unit.",
        ["schema"] = ScimSchema.User,
        ["schemaExtensions"] = new JsonArray(
            new JsonObject { ["schema"] = ScimSchema.Enterprise, ["required"] = false },
            new JsonObject { ["schema"] = ScimSchema.Mentoring, ["required"] = false }),
        ["meta"] = new JsonObject { ["resourceType"] = "ResourceType", ["location"] = $"{at}/ResourceTypes/User" },
    };

    private static JsonObject ServiceProviderConfig(string at)
    {
        return new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
            ["patch"] = Offered(true),
            ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
            ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = LargestPage },
            ["changePassword"] = Offered(false),
            ["sort"] = Offered(false),
            ["etag"] = Offered(true),
            ["authenticationSchemes"] = new JsonArray(new JsonObject
            {
                ["type"] = "oauthbearertoken",
                ["name"] = "Machine client",
                ["description"] = "The token of a machine client of this unit, as Authorization: Bearer.",
                ["primary"] = true,
            }),
            ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = $"{at}/ServiceProviderConfig" },
        };

        static JsonObject Offered(bool supported) => new() { ["supported"] = supported };
    }
}
