using System.Collections.Concurrent;
using System.Diagnostics;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Routing;

/// <summary>Whoever answers without a name, or raises a concern, is not to be found again by the time of a span.</summary>
public sealed class LeavingNoTrace(GatewayFactory gateway)
{
    [Theory]
    [InlineData("surveys/01a20000-0000-7000-8000-000000000000/answers", "board")]
    [InlineData("insights", "board")]
    [InlineData("insights/follow", "board")]
    [InlineData("concerns", "board")]
    [InlineData("concerns/follow", "board")]
    [InlineData("proposals/01a20000-0000-7000-8000-000000000000/accept", "proposals")]
    [InlineData("proposals/01a20000-0000-7000-8000-000000000000/decline", "proposals")]
    public async Task No_span_of_an_anonymous_address_is_recorded(string anonymous, string besideIt)
    {
        var unit = TestUnit.New();
        using var client = gateway.SignedIn(gateway.Member(unit));
        var recorded = new ConcurrentBag<string>();
        var caller = ActivitySpanId.CreateRandom();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            ActivityStopped = span =>
            {
                // The service behind runs in this process too, and leaves out its own: a server span under another than the caller's is its.
                if (span.Recorded && (span.Kind != ActivityKind.Server || span.ParentSpanId == caller))
                    recorded.Add(span.TraceId.ToString());
            },
        };
        ActivitySource.AddActivityListener(listener);

        async Task<string> Trace(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, unit.At(path));
            var trace = ActivityTraceId.CreateRandom().ToString();
            request.Headers.Add("traceparent", $"00-{trace}-{caller}-01");
            using var response = await client.SendAsync(request);
            return trace;
        }

        // Of the same service: when it is first asked it fetches keys, which is nobody's trace here.
        var ordinary = await Trace(besideIt);
        var untraced = await Trace(anonymous);
        // A server span ends after its answer has been read.
        await Eventually.Holds(() =>
        {
            Assert.Contains(ordinary, recorded);
            return Task.CompletedTask;
        });
        Assert.DoesNotContain(untraced, recorded);
    }
}
