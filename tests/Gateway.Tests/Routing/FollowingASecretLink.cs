using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mentoring.Gateway.Tests.Routing;

public sealed class FollowingASecretLink(GatewayFactory gateway)
{
    [Fact]
    public async Task Nobody_signs_on_and_the_service_is_told_nothing_about_whoever_comes()
    {
        var unit = TestUnit.New();
        using var nobody = gateway.Anonymous();
        using var member = gateway.SignedIn(gateway.Member(unit));

        foreach (var client in new[] { nobody, member })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Link(unit, "first"));
            request.Headers.TryAddWithoutValidation("If-None-Match", "\"one\"");
            using var response = await client.SendAsync(request);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var told = await GatewayFactory.Read<Told>(response);
            Assert.Equal(("link", "link", "scheduling", "\"one\""), (told.Claims["kind"], told.Claims["sub"], told.Claims["aud"], told.Headers["if-none-match"]));
            Assert.DoesNotContain(told.Claims.Keys, claim => claim is "unit" or "slug" or "roles" or "proles");
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.True(response.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task What_leads_nowhere_is_404_and_no_page()
    {
        using var client = gateway.Anonymous();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var response = await client.GetAsync(Link(TestUnit.New(), "none"));

        await Refused.With(404, "not-found", response);
    }

    [Fact]
    public async Task The_link_is_in_no_span_and_no_log()
    {
        var unit = TestUnit.New();
        var said = new ConcurrentBag<string>();
        using var ear = new LogEar();
        using var log = ear.For("");
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(ear);
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            ActivityStopped = span =>
            {
                // The service behind runs in this process too, and leaves out its own.
                if (span.Recorded && (span.Kind != ActivityKind.Server || span.ParentSpanId == default))
                    said.Add($"{span.DisplayName} {string.Join(' ', span.TagObjects)}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var client = gateway.Anonymous();
        using var member = gateway.SignedIn(gateway.Member(unit));

        await client.GetAsync(Link(unit, "very-secret"));
        await member.GetAsync(unit.At("sessions/mine"));

        await Eventually.Holds(() =>
        {
            Assert.Contains(said, span => span.Contains("/sessions/", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        Assert.DoesNotContain(said, span => span.Contains("very-secret", StringComparison.Ordinal));
        gateway.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Anything").LogError("This is heard.");
        Assert.Contains(log.Heard, line => line.Contains("This is heard.", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Heard, line => line.Contains("very-secret", StringComparison.Ordinal));
    }

    private static Uri Link(TestUnit unit, string token) => new($"/l/{unit.Slug}/sessions/{token}", UriKind.Relative);
}
