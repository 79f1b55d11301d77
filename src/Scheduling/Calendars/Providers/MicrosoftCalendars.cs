using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mentoring.Scheduling.Sessions;
using NodaTime;

namespace Mentoring.Scheduling.Calendars.Providers;

/// <summary>
/// Calendars of Microsoft 365 by Microsoft Graph v1.0, as an application with the permission <c>Calendars.ReadWrite</c>. Written by its public documentation:
/// "Get access without a user" (client credentials), "calendar: getSchedule" with "Get free/busy schedule: Limits and error conditions", "Create event" with
/// <c>transactionId</c>, "Update event", "Delete event", "Create/Get single-value extended property", "Throttling guidance" and "Error responses".
/// </summary>
/// <remarks>
/// Graph gives entries ids of its own. They are not kept here: each entry carries the session's id as an extended property and is found by it, so that nothing is
/// lost where the process dies between Graph's answer and our save. <c>transactionId</c> is for what no search can see: a first request that is still under way.
/// </remarks>
public sealed class MicrosoftCalendars : ICalendarProvider, IDisposable
{
    private const int MostAddresses = 20;

    /// <summary>A name of our own among the properties of an event; it must never change.</summary>
    private const string SessionProperty = "String {7b0c4a1e-5f0f-4a53-9b1c-2d9f6f8f3a10} Name MentoringSession";

    /// <summary>Less than 42 days is what Graph takes.</summary>
    private static readonly Duration s_longestWindow = Duration.FromDays(41);

    private static readonly string[] s_free = ["free", "workingElsewhere"];

    private readonly CalendarProviderOptions _options;
    private readonly string _secretFile;
    private readonly Uri _graph;
    private readonly ProviderConnection _connection;

    /// <param name="options">Validated.</param>
    /// <param name="secretFile">Read for every token, so that a new secret needs no new start.</param>
    public MicrosoftCalendars(CalendarProviderOptions options, string secretFile)
    {
        (_options, _secretFile, _graph) = (options, secretFile, options.ApiAddress);
        _connection = new ProviderConnection(TokenRequest);
    }

    public ProviderKind Kind => ProviderKind.Microsoft;

    public async Task<IReadOnlyDictionary<string, BusyAnswer>> Busy(IReadOnlyCollection<string> addresses, Interval window, CancellationToken ct)
    {
        var answers = new Dictionary<string, BusyAnswer>(StringComparer.OrdinalIgnoreCase);
        foreach (var several in addresses.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(MostAddresses))
        {
            var times = several.ToDictionary(address => address, _ => new List<Interval>(), StringComparer.OrdinalIgnoreCase);
            var refused = new Dictionary<string, ProviderRefusal>(StringComparer.OrdinalIgnoreCase);
            var refusal = await ProviderConnection.Try(ProviderConnection.LongestReading, async limited =>
            {
                foreach (var part in Windows.Of(window, s_longestWindow))
                    await Ask(times, refused, part, limited);
            }, ct);
            foreach (var (address, busy) in times)
                answers[address] = (refused.GetValueOrDefault(address) ?? refusal) is { } why ? new BusyAnswer([], why) : new BusyAnswer(busy, null);
        }
        return answers;
    }

    public Task<ProviderRefusal?> Create(string address, Appointment appointment, CancellationToken ct) => ProviderConnection.Try(ProviderConnection.LongestChange, async limited =>
    {
        if (await Find(address, appointment.SessionId, limited) is { } there)
        {
            await Change(address, there, appointment, limited);
            return;
        }
        var answer = await Send(HttpMethod.Post, $"users/{Uri.EscapeDataString(address)}/events", Event(appointment, isNew: true), limited);
        if (!answer.IsDone)
            throw new RefusedException(answer.ToRefusal());
        // What the first request of this transaction made, at the time that was said then.
        if (Moment(answer.Body.GetProperty("start")) != appointment.Start || Moment(answer.Body.GetProperty("end")) != appointment.End)
            await Change(address, answer.Text("id") ?? throw new FormatException("An event without an id."), appointment, limited);
    }, ct);

    public Task<ProviderRefusal?> Move(string address, Appointment appointment, CancellationToken ct) => ProviderConnection.Try(ProviderConnection.LongestChange, async limited =>
    {
        var there = await Find(address, appointment.SessionId, limited) ?? throw new RefusedException(new ProviderRefusal(ReadingProblem.EntryGone));
        await Change(address, there, appointment, limited);
    }, ct);

    public Task<ProviderRefusal?> Cancel(string address, Guid sessionId, CancellationToken ct) => ProviderConnection.Try(ProviderConnection.LongestChange, async limited =>
    {
        if (await Find(address, sessionId, limited) is not { } there)
            return;
        // Nobody is invited, so nobody is told: deleting is enough, and "cancel" is for meetings.
        var answer = await Send(HttpMethod.Delete, EventAt(address, there), null, limited);
        if (!answer.IsDone && answer.Status is not HttpStatusCode.NotFound)
            throw new RefusedException(answer.ToRefusal());
    }, ct);

    public void Dispose() => _connection.Dispose();

    private async Task<HttpRequestMessage> TokenRequest(string subject, CancellationToken ct) => new(HttpMethod.Post, _options.TokenEndpoint)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = _options.ClientId!,
            ["client_secret"] = (await File.ReadAllTextAsync(_secretFile, ct)).Trim(),
            ["scope"] = $"{_graph.GetLeftPart(UriPartial.Authority)}/.default",
            ["grant_type"] = "client_credentials",
        }),
    };

    /// <summary>One part of the window, for all who are not refused yet; somebody whom Graph does not know does not stand in the way of the others.</summary>
    private async Task Ask(Dictionary<string, List<Interval>> times, Dictionary<string, ProviderRefusal> refused, Interval part, CancellationToken ct)
    {
        while (times.Keys.Where(address => !refused.ContainsKey(address)).ToArray() is { Length: > 0 } asked)
        {
            var answer = await Send(HttpMethod.Post, $"users/{Uri.EscapeDataString(asked[0])}/calendar/getSchedule", new
            {
                schedules = asked,
                startTime = Moment(part.Start),
                endTime = Moment(part.End),
                availabilityViewInterval = 1440,
            }, ct);
            if (answer.Status is HttpStatusCode.NotFound)
            {
                refused[asked[0]] = answer.ToRefusal();
                continue;
            }
            if (!answer.IsDone)
                throw new RefusedException(answer.ToRefusal());
            Take(answer.Body, asked, times, refused);
            return;
        }
    }

    private static void Take(JsonElement body, string[] asked, Dictionary<string, List<Interval>> times, Dictionary<string, ProviderRefusal> refused)
    {
        var answered = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var schedule in body.GetProperty("value").EnumerateArray())
        {
            if (schedule.GetProperty("scheduleId").GetString() is not { } address || !times.TryGetValue(address, out var busy) || !answered.Add(address))
                continue;
            if (schedule.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object)
            {
                refused[address] = new ProviderRefusal(WhyNot(error));
                continue;
            }
            foreach (var item in schedule.GetProperty("scheduleItems").EnumerateArray())
            {
                if (!s_free.Contains(item.GetProperty("status").GetString(), StringComparer.OrdinalIgnoreCase))
                    busy.AddRange(Windows.Time(Moment(item.GetProperty("start")), Moment(item.GetProperty("end"))));
            }
        }
        // Whoever is left out is not thereby free.
        foreach (var address in asked.Where(address => !answered.Contains(address)))
            refused[address] = new ProviderRefusal(ReadingProblem.Unreadable);
    }

    private static ReadingProblem WhyNot(JsonElement error) => error.TryGetProperty("responseCode", out var code) && code.GetString() is "ErrorMailRecipientNotFound"
        ? ReadingProblem.NoCalendar
        : ReadingProblem.ServerFailed;

    private async Task<string?> Find(string address, Guid sessionId, CancellationToken ct)
    {
        var filter = $"singleValueExtendedProperties/Any(ep: ep/id eq '{SessionProperty}' and ep/value eq '{sessionId}')";
        var answer = await Send(HttpMethod.Get, $"users/{Uri.EscapeDataString(address)}/events?$filter={Uri.EscapeDataString(filter)}&$select=id&$top=1", null, ct);
        if (!answer.IsDone)
            throw new RefusedException(answer.ToRefusal());
        return answer.Body.GetProperty("value").EnumerateArray().Select(found => found.GetProperty("id").GetString()).FirstOrDefault();
    }

    private async Task Change(string address, string id, Appointment appointment, CancellationToken ct)
    {
        var answer = await Send(HttpMethod.Patch, EventAt(address, id), Event(appointment, isNew: false), ct);
        if (!answer.IsDone)
            throw new RefusedException(answer.Status is HttpStatusCode.NotFound ? new ProviderRefusal(ReadingProblem.EntryGone) : answer.ToRefusal());
    }

    private Task<ProviderAnswer> Send(HttpMethod method, string path, object? body, CancellationToken ct) => _connection.Send("", () =>
    {
        var request = new HttpRequestMessage(method, new Uri(_graph, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("Prefer", "outlook.timezone=\"UTC\"");
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType());
        return request;
    }, ct);

    private static string EventAt(string address, string id) => $"users/{Uri.EscapeDataString(address)}/events/{Uri.EscapeDataString(id)}";

    private static Dictionary<string, object> Event(Appointment appointment, bool isNew)
    {
        var entry = new Dictionary<string, object>
        {
            ["subject"] = ReadFeed.Summary,
            ["start"] = Moment(appointment.Start),
            ["end"] = Moment(appointment.End),
            ["location"] = new { displayName = appointment.Place ?? "" },
            ["sensitivity"] = "private",
            ["showAs"] = "busy",
        };
        if (isNew)
        {
            entry["transactionId"] = appointment.SessionId.ToString();
            entry["singleValueExtendedProperties"] = new[] { new { id = SessionProperty, value = appointment.SessionId.ToString() } };
        }
        return entry;
    }

    private static object Moment(Instant at) => new { dateTime = at.ToDateTimeUtc().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), timeZone = "UTC" };

    private static Instant Moment(JsonElement at) => at.GetProperty("timeZone").GetString() == "UTC"
        ? Instant.FromDateTimeOffset(DateTimeOffset.Parse(at.GetProperty("dateTime").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal))
        : throw new FormatException("Asked for in UTC.");
}
