using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Mentoring.Scheduling.Sessions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NodaTime;

namespace Mentoring.Scheduling.Calendars.Providers;

/// <summary>
/// Calendars of Google Workspace by the Google Calendar API v3, as a service account with domain-wide delegation, in the name of each person. Written by its public
/// documentation: "Using OAuth 2.0 for Server to Server Applications" (a signed assertion, RFC 7523), "Freebusy: query", "Events: insert" (an id of one's own, 409 where
/// it is taken), "Events: patch", "Events: delete" (410 where it is deleted), "Handle API errors" and "Choose Google Calendar API scopes".
/// </summary>
public sealed class GoogleCalendars : ICalendarProvider, IDisposable
{
    /// <summary>What the operator delegates to the service account; no less is enough, and no more is asked for.</summary>
    public const string Scopes = "https://www.googleapis.com/auth/calendar.freebusy https://www.googleapis.com/auth/calendar.events.owned";

    private const string Base32Hex = "0123456789abcdefghijklmnopqrstuv";

    /// <summary>Google says of a window only that it may be too long: <c>timeRangeTooLong</c>.</summary>
    private static readonly Duration s_longestWindow = Duration.FromDays(60);

    private static readonly TimeSpan s_assertionLasts = TimeSpan.FromMinutes(10);
    private static readonly string[] s_tooMany = ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"];

    private readonly Uri _tokens;
    private readonly Uri _calendar;
    private readonly string _keyFile;
    private readonly ProviderConnection _connection;

    /// <param name="options">Validated.</param>
    /// <param name="keyFile">Read for every token, so that a new key needs no new start.</param>
    public GoogleCalendars(CalendarProviderOptions options, string keyFile)
    {
        (_tokens, _calendar, _keyFile) = (options.TokenEndpoint, options.ApiAddress, keyFile);
        _connection = new ProviderConnection(TokenRequest);
    }

    public ProviderKind Kind => ProviderKind.Google;

    /// <summary>The id of a session's entry: base32hex (RFC 4648, 7) in small letters is what Google takes.</summary>
    public static string EntryId(Guid sessionId)
    {
        var bytes = sessionId.ToByteArray(bigEndian: true);
        return string.Create(26, bytes, static (id, bytes) =>
        {
            for (var i = 0; i < id.Length; i++)
            {
                var (at, shift) = Math.DivRem(i * 5, 8);
                var two = (bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0);
                id[i] = Base32Hex[(two >> (11 - shift)) & 31];
            }
        });
    }

    /// <summary>Each in their own name, as the delegation opens nobody's calendar to a colleague.</summary>
    public async Task<IReadOnlyDictionary<string, BusyAnswer>> Busy(IReadOnlyCollection<string> addresses, Interval window, CancellationToken ct)
    {
        var answers = new Dictionary<string, BusyAnswer>(StringComparer.OrdinalIgnoreCase);
        foreach (var address in addresses.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var times = new List<Interval>();
            var refusal = await ProviderConnection.Try(ProviderConnection.LongestReading, async limited =>
            {
                foreach (var part in Windows.Of(window, s_longestWindow))
                    times.AddRange(await Ask(address, part, limited));
            }, ct);
            answers[address] = refusal is null ? new BusyAnswer(times, null) : new BusyAnswer([], refusal);
        }
        return answers;
    }

    public Task<ProviderRefusal?> Create(string address, Appointment appointment, CancellationToken ct) => ProviderConnection.Try(ProviderConnection.LongestChange, async limited =>
    {
        var answer = await Send(address, HttpMethod.Post, "calendars/primary/events?sendUpdates=none", Event(appointment, isNew: true), limited);
        if (answer.Status is HttpStatusCode.Conflict)
            await Change(address, appointment, limited);
        else if (!answer.IsDone)
            throw new RefusedException(WhyNot(answer));
    }, ct);

    public Task<ProviderRefusal?> Move(string address, Appointment appointment, CancellationToken ct) =>
        ProviderConnection.Try(ProviderConnection.LongestChange, limited => Change(address, appointment, limited), ct);

    public Task<ProviderRefusal?> Cancel(string address, Guid sessionId, CancellationToken ct) => ProviderConnection.Try(ProviderConnection.LongestChange, async limited =>
    {
        var answer = await Send(address, HttpMethod.Delete, $"calendars/primary/events/{EntryId(sessionId)}?sendUpdates=none", null, limited);
        if (!answer.IsDone && answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Gone))
            throw new RefusedException(WhyNot(answer));
    }, ct);

    public void Dispose() => _connection.Dispose();

    private async Task<HttpRequestMessage> TokenRequest(string subject, CancellationToken ct)
    {
        var account = ServiceAccount.Read(await File.ReadAllTextAsync(_keyFile, ct));
        // Google's clock is the real one, whatever clock the sessions go by.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        using var rsa = RSA.Create();
        rsa.ImportFromPem(account.PrivateKey);
        var key = new RsaSecurityKey(rsa) { KeyId = account.KeyId, CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        var assertion = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = account.Address,
            Audience = _tokens.AbsoluteUri,
            IssuedAt = now,
            Expires = now + s_assertionLasts,
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["scope"] = Scopes },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
        return new HttpRequestMessage(HttpMethod.Post, _tokens)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer", ["assertion"] = assertion }),
        };
    }

    private async Task<List<Interval>> Ask(string address, Interval part, CancellationToken ct)
    {
        var answer = await Send(address, HttpMethod.Post, "freeBusy", new { timeMin = Moment(part.Start), timeMax = Moment(part.End), timeZone = "UTC", items = new[] { new { id = address } } }, ct);
        if (!answer.IsDone)
            throw new RefusedException(WhyNot(answer));
        var calendar = answer.Body.GetProperty("calendars").EnumerateObject().First(calendar => string.Equals(calendar.Name, address, StringComparison.OrdinalIgnoreCase)).Value;
        if (calendar.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0)
            throw new RefusedException(new ProviderRefusal(errors[0].GetProperty("reason").GetString() is "notFound" ? ReadingProblem.NoCalendar : ReadingProblem.ServerFailed));
        return [.. calendar.GetProperty("busy").EnumerateArray().SelectMany(time => Windows.Time(Moment(time.GetProperty("start")), Moment(time.GetProperty("end"))))];
    }

    /// <summary>An entry that its owner has deleted is still there, as a cancelled one.</summary>
    private async Task Change(string address, Appointment appointment, CancellationToken ct)
    {
        var answer = await Send(address, HttpMethod.Patch, $"calendars/primary/events/{EntryId(appointment.SessionId)}?sendUpdates=none", Event(appointment, isNew: false), ct);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone || (answer.IsDone && answer.Text("status") == "cancelled"))
            throw new RefusedException(new ProviderRefusal(ReadingProblem.EntryGone));
        if (!answer.IsDone)
            throw new RefusedException(WhyNot(answer));
    }

    private Task<ProviderAnswer> Send(string address, HttpMethod method, string path, object? body, CancellationToken ct) => _connection.Send(address, () =>
    {
        var request = new HttpRequestMessage(method, new Uri(_calendar, path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType());
        return request;
    }, ct);

    /// <summary>Google refuses by 403 also where it was asked too often.</summary>
    private static ProviderRefusal WhyNot(ProviderAnswer answer) =>
        answer.Status is HttpStatusCode.Forbidden && answer.Body.ValueKind is JsonValueKind.Object && answer.Body.TryGetProperty("error", out var error)
        && error.TryGetProperty("errors", out var errors) && errors.EnumerateArray().Any(one => s_tooMany.Contains(one.GetProperty("reason").GetString()))
            ? new ProviderRefusal(ReadingProblem.Throttled, answer.After)
            : answer.ToRefusal();

    private static Dictionary<string, object> Event(Appointment appointment, bool isNew)
    {
        var entry = new Dictionary<string, object>
        {
            ["summary"] = ReadFeed.Summary,
            ["start"] = new { dateTime = Moment(appointment.Start), timeZone = "UTC" },
            ["end"] = new { dateTime = Moment(appointment.End), timeZone = "UTC" },
            ["location"] = appointment.Place ?? "",
            ["visibility"] = "private",
            ["transparency"] = "opaque",
        };
        if (isNew)
            entry["id"] = EntryId(appointment.SessionId);
        return entry;
    }

    private static string Moment(Instant at) => at.ToDateTimeUtc().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Instant Moment(JsonElement at) => Instant.FromDateTimeOffset(DateTimeOffset.Parse(at.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
