using System.Text.Json.Nodes;
using Mentoring.Gateway.Reference;
using Mentoring.Gateway.Tests.Platform;

namespace Mentoring.Gateway.Tests.Reference;

public sealed class ReadingTheReference(GatewayFactory gateway)
{
    [Fact]
    public async Task One_document_has_the_public_paths_of_all_services()
    {
        using var client = gateway.Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject().Select(path => path.Key).ToArray();
        string[] expected =
        [
            "/api/v1/me", "/api/v1/operations/feedback/outbox", "/api/v1/operations/matching/outbox", "/api/v1/operations/notifications/outbox",
            "/api/v1/operations/participants/outbox", "/api/v1/operations/scheduling/outbox", "/api/v1/units",
            "/api/v1/units/{unit}/people/imports", "/api/v1/units/{unit}/sessions", "/api/v1/units/{unit}/sessions/mine", "/api/v1/units/{unit}/sessions/missing",
        ];
        Assert.Equal(expected, paths);
        Assert.Equal("Sessions", document["paths"]!["/api/v1/units/{unit}/sessions/mine"]!["get"]!["tags"]![0]!.GetValue<string>());
        Assert.Equal("Operations", document["paths"]!["/api/v1/operations/feedback/outbox"]!["get"]!["tags"]![0]!.GetValue<string>());
        Assert.NotNull(document["components"]!["schemas"]!["Problem"]);
        Assert.NotNull(document["components"]!["securitySchemes"]!["signIn"]);
    }

    [Fact]
    public void Two_meanings_of_one_name_are_told_apart_wherever_they_are_meant()
    {
        var merged = MergedOpenApi.Merge(new Dictionary<string, JsonObject>
        {
            ["matching"] = Document("/api/v1/units/{unit}/pairs", """{"Same":{"type":"string"},"Person":{"type":"object"},"List":{"items":{"$ref":"#/components/schemas/Person"}}}"""),
            ["scheduling"] = Document("/api/v1/units/{unit}/sessions", """{"Same":{"type":"string"},"Person":{"type":"string"},"List":{"items":{"$ref":"#/components/schemas/Person"}}}"""),
        });

        var schemas = merged["components"]!["schemas"]!.AsObject();
        string[] names = ["MatchingList", "MatchingPerson", "Same", "SchedulingList", "SchedulingPerson"];
        Assert.Equal(names, schemas.Select(schema => schema.Key).Order(StringComparer.Ordinal));
        Assert.Equal("#/components/schemas/SchedulingPerson", schemas["SchedulingList"]!["items"]!["$ref"]!.GetValue<string>());
        Assert.Equal("#/components/schemas/MatchingList", merged["paths"]!["/api/v1/units/{unit}/pairs"]!["get"]!["schema"]!["$ref"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_reference_page_works_offline()
    {
        using var client = gateway.Anonymous();
        var page = await client.GetStringAsync(new Uri("/docs/index.html", UriKind.Relative));
        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        foreach (var file in new[] { "swagger-ui-bundle.js", "swagger-ui.css", "index.js" })
        {
            using var response = await client.GetAsync(new Uri($"/docs/{file}", UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, file);
        }
    }

    [Fact]
    public async Task A_problems_type_leads_to_an_explanation_for_people_and_for_programs()
    {
        using var client = gateway.Anonymous();
        var known = await GatewayFactory.Read<JsonObject>(await client.GetAsync(new Uri("/problems/wave-locked", UriKind.Relative)));
        Assert.Contains("Leaders go first", known["whatToDo"]!.GetValue<string>(), StringComparison.Ordinal);
        var unknown = await GatewayFactory.Read<JsonObject>(await client.GetAsync(new Uri("/problems/%3Cscript%3E", UriKind.Relative)));
        Assert.Equal("unknown", unknown["code"]!.GetValue<string>());

        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var page = await client.GetAsync(new Uri("/problems/wave-locked", UriKind.Relative));
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<h1>Wave locked</h1>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_told_where_to_sign_in()
    {
        using var client = gateway.Anonymous();
        var config = await GatewayFactory.Read<JsonObject>(await client.GetAsync(new Uri("/config.json", UriKind.Relative)));
        Assert.Equal(gateway.Provider.Issuer, config["issuer"]!.GetValue<string>());
        Assert.Equal("portal", config["clientId"]!.GetValue<string>());
    }

    private static JsonObject Document(string path, string schemas) => JsonNode.Parse($$$"""
        {"paths":{"{{{path}}}":{"get":{"schema":{"$ref":"#/components/schemas/List"} } },"/gateway/memberships":{"post":{} } },"components":{"schemas": {{{schemas}}} } }
        """)!.AsObject();
}
