using System.Net.Mime;

namespace Mentoring.Gateway.Reference;

/// <summary>What somebody who builds on the API reads.</summary>
internal static class ReferenceRoutes
{
    public static void MapReference(this WebApplication app)
    {
        app.MapGet("/openapi/v1.json", async (MergedOpenApi merged, CancellationToken ct) =>
            Results.Text(await merged.Document(ct), MediaTypeNames.Application.Json)).AllowAnonymous();
        app.MapGet("/problems/{code}", ProblemPages.Show).AllowAnonymous();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Mentoring API";
            page.SwaggerEndpoint("/openapi/v1.json", "Mentoring API v1");
            page.ConfigObject.AdditionalItems["tagsSorter"] = "alpha";
        });
    }
}
