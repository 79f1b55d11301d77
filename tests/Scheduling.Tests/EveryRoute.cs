using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Scheduling.Tests;

public sealed class EveryRoute(SchedulingService service)
{
    private const string InUnit = "/api/v1/units/{unit}/";

    /// <summary>What a delegate is there for.</summary>
    private static readonly string[] s_books =
    [
        "GET partnerships/delegated", "GET partnerships/slots", "GET partnerships/series", "GET partnerships/{id:guid}/slots", "GET partnerships/{id:guid}/series", "POST partnerships/{id:guid}/series/confirm",
        "GET sessions/mine", "GET sessions/{id:guid}", "POST sessions", "POST sessions/{id:guid}/move", "POST sessions/{id:guid}/cancel",
    ];

    /// <summary>What everybody has for themselves; nothing of a pair is in it.</summary>
    private static readonly string[] s_own =
    [
        "GET partnerships/mine", "GET partnerships/mine/export", "GET sessions/feed", "POST sessions/feed", "DELETE sessions/feed", "GET calendars", "POST calendars", "GET calendars/account", "PUT calendars/account",
        "GET availability/mine", "PUT availability/mine", "GET availability/mine/rota", "PUT availability/mine/rota", "DELETE availability/mine/rota", "GET availability/holidays/{location}",
    ];

    [Fact]
    public void Says_who_may_call_it() => Assert.Empty(Routes.WithoutPolicy(service.Services));

    [Fact]
    public async Task Is_shut_to_machine_clients() => Assert.Empty(await Routes.OpenToMachines(service));

    [Fact]
    public async Task But_those_for_booking_answers_a_delegate_as_if_the_pair_did_not_exist()
    {
        var pair = await APair.Meeting(service);
        var (assistant, session) = (await pair.Assistant(), (await pair.Booked())[0]);
        await pair.WritesAgenda(pair.Mentor, session, ["How you decide"]);
        await pair.WritesNote(pair.Mentor, session, "shared", "We try it for a week.");
        var charter = JsonNode.Parse((await pair.Mentee.Json(pair.Own("/charter"))).GetRawText())!.AsObject();
        foreach (var field in new[] { "version", "needsGap", "signedByMe", "signedByOther", "reviewAt", "etag" })
            charter.Remove(field);

        var routes = service.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith(InUnit, StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (Method: method, Path: route.RoutePattern.RawText![InUnit.Length..])))
            .Distinct().OrderBy(route => route.Path, StringComparer.Ordinal).ToArray();
        var names = routes.Select(route => $"{route.Method} {route.Path}").ToArray();
        Assert.Empty(s_books.Concat(s_own).Except(names));

        var compared = 0;
        foreach (var (method, path) in routes.Where(route => !s_books.Contains($"{route.Method} {route.Path}")))
        {
            if (s_own.Contains($"{method} {path}"))
            {
                var text = method == "GET" ? (await Ask(assistant, method, path, session, session)).Text : "";
                Assert.All(["Enno", "Mara", pair.Id.ToString(), session.ToString()], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
                continue;
            }
            var (real, none) = (await Ask(assistant, method, path, pair.Id, session), await Ask(assistant, method, path, Guid.CreateVersion7(), Guid.CreateVersion7()));
            Assert.True(real.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{method} {path}: {(int)real.Status} {real.Text}");
            Assert.Equal((path, none.Status, none.Code), (path, real.Status, real.Code));
            compared++;
            // Only where one of the two finds something does it say anything that a delegate does not.
            if (method == "GET" && real.Status == HttpStatusCode.NotFound && !path.StartsWith("calendars/", StringComparison.Ordinal))
                Assert.Equal((path, HttpStatusCode.OK), (path, (await Ask(pair.Mentee, method, path, pair.Id, session)).Status));
        }
        Assert.InRange(compared, 20, int.MaxValue);
        Assert.NotEmpty(await pair.Booked());

        async Task<(HttpStatusCode Status, string? Code, string Text)> Ask(HttpClient who, string method, string path, Guid pairId, Guid sessionId)
        {
            var address = path.Replace("{id:guid}", (path.StartsWith("sessions", StringComparison.Ordinal) ? sessionId : pairId).ToString(), StringComparison.Ordinal)
                .Replace("{glassId:guid}", pairId.ToString(), StringComparison.Ordinal).Replace("{version:int}", "1", StringComparison.Ordinal).Replace("{location}", "Kiel", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(method), pair.Unit.At($"{address}?programme={pair.Slug}&person={pair.MenteeId}"));
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            if (method is "POST" or "PUT")
                request.Content = JsonContent.Create<object>(BodyOf(path));
            using var answer = await who.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, answer.IsSuccessStatusCode ? null : JsonDocument.Parse(text).RootElement.Text("code"), text);
        }

        object BodyOf(string path) => path.Split('/')[^1] switch
        {
            "charter" => charter,
            "sign" or "agree" => new { version = 1 },
            "continuation" => new { answer = "yes" },
            "agenda" => new { points = new[] { "Mine" } },
            "shared" or "mine" when path.Contains("notes", StringComparison.Ordinal) => new { text = "Mine." },
            "glass" => new { cause = "safety", reason = "I would like to know." },
            _ => new { },
        };
    }
}
