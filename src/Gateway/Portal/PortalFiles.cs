using System.Net.Mime;
using Mentoring.ServiceDefaults;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Mentoring.Gateway.Portal;

/// <summary>The page at <c>/</c>: built files, and the two things it has to be told.</summary>
internal static class PortalFiles
{
    public static void UsePortal(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        app.MapGet("/config.json", () => new PortalConfig(options.Identity.Issuer, options.Portal.ClientId, options.Portal.Scope, options.Portal.Resource))
            .AllowAnonymous()
            .ExcludeFromDescription();

        if (FolderOf(options.Portal, app.Environment) is not { } folder)
        {
            app.Logger.LogWarning("The portal is not built; there is no page at /");
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            // Vite puts a hash of the content into the names under assets; everything else is asked for again.
            OnPrepareResponse = file => file.Context.Response.Headers[HeaderNames.CacheControl] =
                file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        app.MapFallback(context => IsVisit(context.Request) ? SendPage(context, files) : Problems.NotFound().ExecuteAsync(context)).AllowAnonymous();
    }

    /// <summary>The page finds its own way: a link in an e-mail, <c>/sessions/…</c>, is a person's visit to it, and not a question to the API.</summary>
    private static bool IsVisit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api")
        && (request.Path == "/" || request.Headers.Accept.Any(accept => accept?.Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase) == true));

    private static Task SendPage(HttpContext context, PhysicalFileProvider files)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.SendFileAsync(files.GetFileInfo("index.html"), context.RequestAborted);
    }

    private static string? FolderOf(PortalOptions options, IHostEnvironment environment)
    {
        string[] places = options.Folder is { Length: > 0 } given
            ? [Path.GetFullPath(given, environment.ContentRootPath)]
            : [Path.GetFullPath("../Portal/dist", environment.ContentRootPath), Path.Combine(AppContext.BaseDirectory, "portal")];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, "index.html")));
    }

    private sealed record PortalConfig(string Issuer, string ClientId, string Scope, string Resource);
}
