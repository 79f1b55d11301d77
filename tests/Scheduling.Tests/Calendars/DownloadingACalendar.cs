using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Mentoring.Scheduling.Calendars;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Mentoring.Scheduling.Tests.Calendars;

public sealed class DownloadingACalendar : IAsyncLifetime
{
    private static readonly CalendarDownload s_download = new(Options.Create(new SchedulingOptions { AllowedCalendarNetworks = ["127.0.0.0/8"] }));
    private static readonly CalendarDownload s_closed = new(Options.Create(new SchedulingOptions()));
    private ACalendarServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ACalendarServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Its_events_come_with_what_the_server_calls_this_version()
    {
        _server.Has(ACalendarServer.Of((new(2026, 1, 5, 9, 0, 0, default), new(2026, 1, 5, 10, 0, 0, default))), "\"one\"");

        var came = Assert.IsType<Downloaded.Calendar>(await Ask());

        Assert.Equal((1, "\"one\"", null), (came.Agenda.Events, came.Tag, came.Changed));
        Assert.IsType<Downloaded.Unchanged>(await Ask(came.Tag));
        Assert.IsType<Downloaded.Calendar>(await Ask("\"two\""));
    }

    [Fact]
    public async Task A_server_that_goes_by_dates_is_asked_by_them()
    {
        var changed = new DateTimeOffset(2026, 1, 5, 9, 0, 0, default);
        _server.Answer = context =>
        {
            context.Response.StatusCode = context.Request.GetTypedHeaders().IfModifiedSince == changed ? 304 : 200;
            context.Response.GetTypedHeaders().LastModified = changed;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : ACalendarServer.Calendar(context, ACalendarServer.Of(Array.Empty<string>()));
        };

        var came = Assert.IsType<Downloaded.Calendar>(await Ask());

        Assert.Equal(changed, came.Changed);
        Assert.IsType<Downloaded.Unchanged>(await Ask(null, came.Changed));
    }

    [Fact]
    public async Task It_is_not_unchanged_when_nothing_was_known() => await IsRefused(ReadingProblem.UnexpectedAnswer, () => _server.Says(304));

    [Theory]
    [InlineData(401, ReadingProblem.AccessRefused)]
    [InlineData(403, ReadingProblem.AccessRefused)]
    [InlineData(404, ReadingProblem.NotFound)]
    [InlineData(410, ReadingProblem.Gone)]
    [InlineData(429, ReadingProblem.ServerFailed)]
    [InlineData(500, ReadingProblem.ServerFailed)]
    [InlineData(503, ReadingProblem.ServerFailed)]
    [InlineData(204, ReadingProblem.UnexpectedAnswer)]
    [InlineData(418, ReadingProblem.UnexpectedAnswer)]
    public async Task Any_other_answer_is_told_apart(int status, ReadingProblem problem) => await IsRefused(problem, () => _server.Says(status));

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task It_is_followed_to_where_it_has_gone_three_times_and_no_more(int status)
    {
        _server.Answer = context =>
        {
            var left = context.Request.Query.TryGetValue("left", out var said) ? int.Parse(said!, System.Globalization.CultureInfo.InvariantCulture) : 3;
            if (left == 0)
                return ACalendarServer.Calendar(context, ACalendarServer.Of(Array.Empty<string>()));
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"?left={left - 1}";
            return Task.CompletedTask;
        };

        Assert.IsType<Downloaded.Calendar>(await Ask());
        Assert.Equal(new Downloaded.Failed(ReadingProblem.RedirectRefused), await Ask(path: "?left=4"));
        Assert.Equal(4 + 4, _server.Requests.Count);
    }

    [Fact]
    public async Task A_loop_ends() => await IsRefused(ReadingProblem.RedirectRefused, () => _server.SendsOn("/again"));

    [Theory]
    [InlineData("http://10.0.0.1/a.ics", ReadingProblem.AddressRefused)]
    [InlineData("https://10.0.0.1/a.ics", ReadingProblem.AddressRefused)]
    [InlineData("http://169.254.169.254/latest/meta-data", ReadingProblem.AddressRefused)]
    [InlineData("http://[::1]/a.ics", ReadingProblem.AddressRefused)]
    [InlineData("http://[::ffff:192.168.1.1]/a.ics", ReadingProblem.AddressRefused)]
    // Public, and yet not without encryption.
    [InlineData("http://8.8.8.8/a.ics", ReadingProblem.AddressRefused)]
    [InlineData("http://somebody:password@127.0.0.1/a.ics", ReadingProblem.RedirectRefused)]
    [InlineData("file:///etc/passwd", ReadingProblem.RedirectRefused)]
    [InlineData("gopher://127.0.0.1/a", ReadingProblem.RedirectRefused)]
    public async Task It_is_not_followed_to_where_nobody_may_send_this_service(string to, ReadingProblem problem) => await IsRefused(problem, () => _server.SendsOn(to));

    [Fact]
    public async Task The_address_that_a_name_stands_for_is_what_counts()
    {
        var port = new Uri(_server.Address).Port;

        Assert.Equal(new Downloaded.Failed(ReadingProblem.AddressRefused), await s_closed.Ask(Named($"http://localhost:{port}/a.ics"), null, null, default));
        Assert.Equal(new Downloaded.Failed(ReadingProblem.AddressRefused), await s_closed.Ask(Named($"https://localhost:{port}/a.ics"), null, null, default));
        Assert.Empty(_server.Requests);
        Assert.IsType<Downloaded.Calendar>(await s_download.Ask(Named($"http://localhost:{port}/a.ics"), null, null, default));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_and_a_server_that_is_not_there_are_told_apart()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();

        Assert.Equal(new Downloaded.Failed(ReadingProblem.Unreachable), await s_download.Ask(Named($"http://127.0.0.1:{port}/a.ics"), null, null, default));
        Assert.Equal(new Downloaded.Failed(ReadingProblem.HostUnknown), await s_download.Ask(Named("https://nobody.invalid/a.ics"), null, null, default));
        // It speaks, but not under a name that anybody vouches for.
        Assert.Equal(new Downloaded.Failed(ReadingProblem.NotTrusted), await s_download.Ask(Named(_server.Address.Replace("http:", "https:", StringComparison.Ordinal)), null, null, default));
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "99999999", 24 * 60 * 60)]
    [InlineData(503, "Mon, 02 Jan 2012 10:00:00 GMT", 0)]
    [InlineData(503, "soon", null)]
    public async Task A_server_that_names_when_to_come_back_is_understood(int status, string after, int? seconds)
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = after;
            return Task.CompletedTask;
        };

        Assert.Equal(new Downloaded.Failed(ReadingProblem.ServerFailed, seconds is { } wait ? TimeSpan.FromSeconds(wait) : null), await Ask());
    }

    [Fact]
    public async Task A_server_that_names_the_hour_to_come_back_at_is_left_alone_until_then()
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = TimeProvider.System.GetUtcNow().AddHours(2).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        };

        var pause = Assert.IsType<Downloaded.Failed>(await Ask()).After;

        Assert.NotNull(pause);
        Assert.InRange(pause.Value, TimeSpan.FromMinutes(115), TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task No_more_than_the_limit_is_taken_in()
    {
        var line = Encoding.ASCII.GetBytes($"X-NOTE:{new string('x', 8000)}\r\n");
        // Never ends by itself: whoever took in all of it before finding it too large would find it too slow.
        await IsRefused(ReadingProblem.TooLarge, () => _server.Answer = async context =>
        {
            await context.Response.WriteAsync("BEGIN:VCALENDAR\r\n");
            while (true)
                await context.Response.Body.WriteAsync(line, context.RequestAborted);
        });
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_small_file_that_unpacks_to_a_huge_one_is_stopped_at_the_limit(string encoding)
    {
        using var packed = new MemoryStream();
        await using (Stream packing = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            await packing.WriteAsync("BEGIN:VCALENDAR\r\n"u8.ToArray());
            var nothing = Encoding.ASCII.GetBytes($"X-NOTE:{new string(' ', 8000)}\r\n");
            for (var i = 0; i < 25_000; i++)
                await packing.WriteAsync(nothing);
        }
        Assert.InRange(packed.Length, 1, 2 * 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes();

        await IsRefused(ReadingProblem.TooLarge, () => _server.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await context.Response.Body.WriteAsync(packed.ToArray());
        });

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100L * 1024 * 1024);
    }

    [Fact]
    public async Task What_says_it_is_packed_and_is_not_cannot_be_read() => await IsRefused(ReadingProblem.Unreadable, () => _server.Answer = async context =>
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.WriteAsync("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    });

    [Theory]
    [InlineData("<!doctype html><title>Sign in</title>", ReadingProblem.NotACalendar)]
    [InlineData("{}", ReadingProblem.NotACalendar)]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", ReadingProblem.Unreadable)]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", ReadingProblem.Unreadable)]
    public async Task What_is_no_calendar_is_refused(string text, ReadingProblem problem) => await IsRefused(problem, () => _server.Answer = context => ACalendarServer.Calendar(context, text));

    [Fact]
    public async Task A_server_that_trickles_is_left_after_ten_seconds()
    {
        var started = TimeProvider.System.GetTimestamp();

        await IsRefused(ReadingProblem.TooSlow, () => _server.Answer = async context =>
        {
            await context.Response.WriteAsync("BEGIN:VCALENDAR\r\n");
            using var drop = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (await drop.WaitForNextTickAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync("X", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        });

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 9, 13);
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_trouble_of_the_servers() => await IsRefused(ReadingProblem.ServerFailed, () => _server.Answer = async context =>
    {
        context.Response.ContentLength = 5000;
        await context.Response.WriteAsync("BEGIN:VCALENDAR\r\n");
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    [Fact]
    public async Task Nothing_is_sent_that_tells_of_the_platform_and_nothing_kept_between_two_readings()
    {
        _server.Answer = context =>
        {
            context.Response.Cookies.Append("who", "somebody");
            return ACalendarServer.Calendar(context, ACalendarServer.Of(Array.Empty<string>()));
        };
        using var parent = new Activity("a request of somebody").Start();

        await Ask();
        await Ask();

        Assert.Equal(2, _server.Requests.Count);
        string[] usual = ["Accept", "Accept-Encoding", "Host", "User-Agent"];
        Assert.All(_server.Requests, asked => Assert.Equal(usual, asked.Headers.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Neither_span_nor_metric_nor_refusal_knows_the_address()
    {
        _server.Says(500);
        var heard = new ConcurrentQueue<string>();
        using var spans = new ActivityListener
        {
            // As the platform's telemetry does.
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => heard.Enqueue($"{span.Source.Name} {string.Join(' ', span.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(spans);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "System.Net.Http")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => heard.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => heard.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        meters.Start();

        var came = await Ask();

        Assert.DoesNotContain(_server.Secret, $"{came}", StringComparison.Ordinal);
        Assert.DoesNotContain(heard, said => said.Contains($"{new Uri(_server.Address).Port}", StringComparison.Ordinal) || said.Contains(_server.Secret, StringComparison.Ordinal));
    }

    private Task<Downloaded> Ask(string? tag = null, DateTimeOffset? changed = null, string path = "") => s_download.Ask(Named(_server.File + path), tag, changed, default);

    private async Task IsRefused(ReadingProblem problem, Action behave)
    {
        behave();
        Assert.Equal(new Downloaded.Failed(problem), await Ask());
    }

    private static CalendarAddress Named(string address) => CalendarAddress.Of(Encoding.UTF8.GetBytes(address));
}
