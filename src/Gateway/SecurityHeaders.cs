using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Mentoring.Gateway;

/// <summary>What a browser may do with our answers.</summary>
internal static class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var issuers = string.Join(' ', app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Identity.Issuers
            .Select(issuer => new Uri(issuer).GetLeftPart(UriPartial.Authority)));
        var page = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
            + $"connect-src 'self' {issuers}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        // The reference page styles itself inline and calls the API from its own origin.
        const string docs = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

        app.Use((context, next) =>
        {
            // When the answer starts, not now: an answer made of an exception begins with empty headers.
            context.Response.OnStarting(static state =>
            {
                var (http, page) = ((HttpContext, string))state;
                var headers = http.Response.Headers;
                var path = http.Request.Path;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                var isData = path.StartsWithSegments("/api") || path.StartsWithSegments("/l");
                headers.ContentSecurityPolicy = isData ? Nothing : path.StartsWithSegments("/docs") ? docs : page;
                if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
                // Answers are about people; no cache on the way may keep one.
                if (isData && !headers.ContainsKey(HeaderNames.CacheControl)) headers.CacheControl = "no-store";
                return Task.CompletedTask;
            }, (context, page));
            return next(context);
        });
    }
}
