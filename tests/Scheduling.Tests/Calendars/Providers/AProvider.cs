using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Mentoring.Scheduling.Calendars.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mentoring.Scheduling.Tests.Calendars.Providers;

/// <summary>A server on this machine that keeps calendars as a provider's public documentation says.</summary>
public abstract class AProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, List<Entry>> _calendars = new(StringComparer.OrdinalIgnoreCase);

    protected AProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(async context =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
            if (InTheWay is { } somebody && await somebody(context))
                return;
            await Answer(context);
        });
    }

    /// <summary>Words that stand in the calendars and must be nowhere else.</summary>
    public const string Private = "oncology appointment";

    /// <summary>Of nobody.</summary>
    public static string Unknown => $"nobody-{Guid.CreateVersion7():N}@nordlicht.example";

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("provider-");

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Looks at a request first; true where it has answered.</summary>
    public Func<HttpContext, Task<bool>>? InTheWay { get; set; }

    /// <summary>Tokens that were handed out, and what is secret of them.</summary>
    public ConcurrentQueue<string> Tokens { get; } = new();

    /// <summary>Those that are still taken, and in whose name.</summary>
    protected ConcurrentDictionary<string, string> Valid { get; } = new();

    protected string Address => _app.Urls.Single();

    public sealed class Entry
    {
        public required string Id { get; init; }

        public string? Transaction { get; init; }

        public string? Session { get; init; }

        public required string Title { get; init; }

        public DateTimeOffset Start { get; set; }

        public DateTimeOffset End { get; set; }

        public string Place { get; set; } = "";

        public bool IsPrivate { get; init; }

        /// <summary>As the provider calls it.</summary>
        public required string Status { get; init; }

        public bool IsDeleted { get; set; }

        public int Invited { get; init; }
    }

    public Task Start() => _app.StartAsync();

    public Task Stop() => _app.StopAsync();

    public abstract CalendarProviderOptions Options();

    public abstract ICalendarProvider Connect();

    public abstract string UnitSlug { get; }

    public abstract Dictionary<string, string> Settings(int i);

    /// <summary>Something of somebody's own.</summary>
    /// <param name="isFree">It is in their calendar, and they are free all the same.</param>
    public abstract void Has(string address, DateTimeOffset start, DateTimeOffset end, bool isFree = false);

    /// <summary>What the platform has entered.</summary>
    public IReadOnlyList<Entry> Entered(string address)
    {
        var calendar = Calendar(address);
        lock (calendar)
            return [.. calendar.Where(entry => !entry.IsDeleted && entry.Title != Private)];
    }

    /// <summary>Whoever it belongs to deletes it.</summary>
    public void Deletes(string address)
    {
        foreach (var entry in Entered(address))
            entry.IsDeleted = true;
    }

    /// <summary>No token is taken any more.</summary>
    public void Revoke() => Valid.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected abstract Task Answer(HttpContext context);

    protected static bool IsKnown(string address) => !address.StartsWith("nobody-", StringComparison.Ordinal);

    protected List<Entry> Calendar(string address) => _calendars.GetOrAdd(address, _ => []);

    protected string NewToken(string subject)
    {
        var token = $"token-{Guid.CreateVersion7():N}";
        Tokens.Enqueue(token);
        Valid[token] = subject;
        return token;
    }

    /// <summary>In whose name; null where the token is none.</summary>
    protected string? Bearer(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? Valid.GetValueOrDefault(header["Bearer ".Length..]) : null;

    protected static async Task<JsonElement> Body(HttpContext context)
    {
        using var json = await JsonDocument.ParseAsync(context.Request.Body);
        return json.RootElement.Clone();
    }

    protected static DateTimeOffset Moment(JsonElement at)
    {
        if (at.GetProperty("timeZone").GetString() != "UTC")
            throw new InvalidOperationException("A moment without a zone that says what it means.");
        return DateTimeOffset.Parse(at.GetProperty("dateTime").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }

    protected static Task Say(HttpContext context, int status, object? body = null)
    {
        context.Response.StatusCode = status;
        return body is null ? Task.CompletedTask : context.Response.WriteAsJsonAsync(body, body.GetType());
    }
}
