using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mentoring.Scheduling.Tests.Calendars;

/// <summary>A real server on this machine that has a calendar, or behaves as it is told to.</summary>
public sealed class ACalendarServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ACalendarServer(WebApplication app) => _app = app;

    /// <summary>What each request looked like.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>What every request gets.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => Calendar(context, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");

    public string Address => _app.Urls.Single();

    /// <summary>A file of its own, with what nobody else is to know at its end.</summary>
    public string Secret { get; } = $"{Guid.CreateVersion7():N}{Guid.CreateVersion7():N}.ics";

    public string File => $"{Address}/private/{Secret}";

    public sealed record Asked(string Path, IReadOnlyDictionary<string, string> Headers);

    public static async Task<ACalendarServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new ACalendarServer(app);
        app.Run(async context =>
        {
            server.Requests.Enqueue(new Asked(context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            await server.Answer(context);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>From now on it has this calendar, under a tag that tells it from others; who names the tag is told that nothing has changed.</summary>
    public void Has(string calendar, string? tag = null) => Answer = context =>
    {
        if (tag is not null && context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        if (tag is not null)
            context.Response.Headers.ETag = tag;
        return Calendar(context, calendar);
    };

    public void Says(int status) => Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public void SendsOn(string to, int status = 302) => Answer = context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    };

    public static async Task Calendar(HttpContext context, string calendar)
    {
        context.Response.ContentType = "text/calendar; charset=utf-8";
        await context.Response.WriteAsync(calendar);
    }

    /// <summary>A calendar with one event a time, and what it is for.</summary>
    public static string Of(params (DateTimeOffset Start, DateTimeOffset End)[] events) => Of([.. events.Select((time, i) => Event($"event-{i}@elsewhere", time.Start, time.End))]);

    public static string Of(params string[] events) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elsewhere//EN\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    public static string Event(string uid, DateTimeOffset start, DateTimeOffset end, string more = "") =>
        $"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{Moment(start)}\r\nDTEND:{Moment(end)}\r\nSUMMARY:Oncology appointment\r\n{more}END:VEVENT\r\n";

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
