using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mentoring.Scheduling.Calendars.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mentoring.Scheduling.Tests.Calendars.Providers;

/// <summary>
/// Google Calendar v3, as its documentation says: an assertion signed by the service account in somebody's name, that person's calendar alone, ids that stay taken
/// when their event is deleted, deleted events that still can be patched, and busy times without what they are for.
/// </summary>
public sealed partial class AGoogle : AProvider
{
    public const string Unit = "google-unit";
    private const string Account = "mentoring@project.iam.gserviceaccount.example";
    private readonly RSA _key = RSA.Create(2048);

    public string KeyFile => Path.Combine(Folder.FullName, "key.json");

    public override string UnitSlug => Unit;

    public override CalendarProviderOptions Options() => new()
    {
        Kind = ProviderKind.Google,
        Unit = Unit,
        Domains = ["nordlicht.example"],
        KeyFile = WriteKey(_key),
        Address = $"{Address}/calendar/v3/",
        TokenAddress = $"{Address}/token",
    };

    public override ICalendarProvider Connect() => new GoogleCalendars(Options(), KeyFile);

    public string WriteKey(RSA? key = null)
    {
        File.WriteAllText(KeyFile, JsonSerializer.Serialize(new { type = "service_account", private_key_id = "one", private_key = (key ?? _key).ExportPkcs8PrivateKeyPem(), client_email = Account }));
        return KeyFile;
    }

    public override Dictionary<string, string> Settings(int i)
    {
        var (options, at) = (Options(), $"Scheduling:CalendarProviders:{i}");
        return new()
        {
            [$"{at}:Kind"] = "google",
            [$"{at}:Unit"] = Unit,
            [$"{at}:Domains:0"] = options.Domains[0],
            [$"{at}:KeyFile"] = options.KeyFile!,
            [$"{at}:Address"] = options.Address!,
            [$"{at}:TokenAddress"] = options.TokenAddress!,
        };
    }

    public override void Has(string address, DateTimeOffset start, DateTimeOffset end, bool isFree = false)
    {
        var calendar = Calendar(address);
        lock (calendar)
            calendar.Add(new Entry { Id = $"{Guid.CreateVersion7():N}", Title = Private, Start = start, End = end, Status = isFree ? "transparent" : "opaque" });
    }

    protected override async Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/token")
        {
            await Token(context);
            return;
        }
        if (Bearer(context) is not { } me)
        {
            await Error(context, 401, "authError");
            return;
        }
        var id = Event_().Match(path);
        if (context.Request.Method != "GET" && id.Success && context.Request.Query["sendUpdates"] != "none")
        {
            await Error(context, 400, "required");
            return;
        }
        await ((context.Request.Method, path) switch
        {
            ("POST", "/calendar/v3/freeBusy") => FreeBusy(context, me),
            ("POST", "/calendar/v3/calendars/primary/events") => Insert(context, me),
            ("PATCH", _) when id.Success => Patch(context, me, id.Groups["id"].Value),
            ("DELETE", _) when id.Success => Delete(context, me, id.Groups["id"].Value),
            _ => Error(context, 404, "notFound"),
        });
    }

    private async Task Token(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var assertion = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(form["assertion"], new TokenValidationParameters
        {
            ValidIssuer = Account,
            ValidAudience = $"{Address}/token",
            IssuerSigningKey = new RsaSecurityKey(_key) { KeyId = "one" },
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireExpirationTime = true,
        });
        if (form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer" || !assertion.IsValid)
        {
            await Say(context, 400, new { error = "invalid_grant", error_description = "Invalid JWT Signature." });
            return;
        }
        var token = (JsonWebToken)assertion.SecurityToken;
        var subject = token.Subject;
        if (token.ValidTo - token.IssuedAt > TimeSpan.FromHours(1))
            await Say(context, 400, new { error = "invalid_grant", error_description = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe." });
        else if (token.GetClaim("scope").Value.Split(' ') is not ["https://www.googleapis.com/auth/calendar.freebusy", "https://www.googleapis.com/auth/calendar.events.owned"])
            await Say(context, 401, new { error = "unauthorized_client" });
        else if (!IsKnown(subject))
            await Say(context, 400, new { error = "invalid_grant", error_description = "Invalid email or User ID" });
        else
            await Say(context, 200, new { token_type = "Bearer", expires_in = 3599, access_token = NewToken(subject) });
    }

    private async Task FreeBusy(HttpContext context, string me)
    {
        var body = await Body(context);
        var (start, end) = (body.GetProperty("timeMin").GetDateTimeOffset(), body.GetProperty("timeMax").GetDateTimeOffset());
        var asked = body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).ToArray();
        if (end - start > TimeSpan.FromDays(62) || asked.Length > 50)
            await Error(context, 400, "timeRangeTooLong");
        else
            await Say(context, 200, new { kind = "calendar#freeBusy", calendars = asked.ToDictionary(address => address, One) });

        object One(string address)
        {
            if (!string.Equals(address, me, StringComparison.OrdinalIgnoreCase))
                return new { errors = new[] { new { domain = "global", reason = "notFound" } }, busy = Array.Empty<object>() };
            var merged = new List<(DateTimeOffset Start, DateTimeOffset End)>();
            var calendar = Calendar(address);
            lock (calendar)
            {
                foreach (var entry in calendar.Where(entry => !entry.IsDeleted && entry.Status == "opaque" && entry.Start < end && start < entry.End).OrderBy(entry => entry.Start))
                {
                    if (merged.Count > 0 && entry.Start <= merged[^1].End)
                        merged[^1] = (merged[^1].Start, entry.End > merged[^1].End ? entry.End : merged[^1].End);
                    else
                        merged.Add((entry.Start, entry.End));
                }
            }
            return new { busy = merged.Select(time => new { start = At(time.Start), end = At(time.End) }).ToArray() };
        }
    }

    private async Task Insert(HttpContext context, string me)
    {
        var body = await Body(context);
        var id = body.GetProperty("id").GetString()!;
        if (!Id().IsMatch(id))
        {
            await Error(context, 400, "invalid");
            return;
        }
        var calendar = Calendar(me);
        lock (calendar)
        {
            if (!calendar.Exists(entry => entry.Id == id))
            {
                calendar.Add(new Entry
                {
                    Id = id,
                    Title = body.GetProperty("summary").GetString()!,
                    Start = Moment(body.GetProperty("start")),
                    End = Moment(body.GetProperty("end")),
                    Place = body.GetProperty("location").GetString()!,
                    IsPrivate = body.GetProperty("visibility").GetString() == "private",
                    Status = body.GetProperty("transparency").GetString()!,
                    Invited = body.TryGetProperty("attendees", out var attendees) ? attendees.GetArrayLength() : 0,
                });
                id = null;
            }
        }
        await (id is null ? Say(context, 200, new { status = "confirmed" }) : Error(context, 409, "duplicate"));
    }

    private async Task Patch(HttpContext context, string me, string id)
    {
        var body = await Body(context);
        if (Find(me, id) is not { } entry)
        {
            await Error(context, 404, "notFound");
            return;
        }
        (entry.Start, entry.End, entry.Place) = (Moment(body.GetProperty("start")), Moment(body.GetProperty("end")), body.GetProperty("location").GetString()!);
        await Say(context, 200, new { id, status = entry.IsDeleted ? "cancelled" : "confirmed" });
    }

    private Task Delete(HttpContext context, string me, string id)
    {
        if (Find(me, id) is not { } entry)
            return Error(context, 404, "notFound");
        if (entry.IsDeleted)
            return Error(context, 410, "deleted");
        entry.IsDeleted = true;
        return Say(context, 204);
    }

    private Entry? Find(string me, string id)
    {
        var calendar = Calendar(me);
        lock (calendar)
            return calendar.Find(entry => entry.Id == id);
    }

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Task Error(HttpContext context, int status, string reason) => Say(context, status, new { error = new { code = status, message = reason, errors = new[] { new { domain = "global", reason } } } });

    [GeneratedRegex("^/calendar/v3/calendars/primary/events/(?<id>[^/]+)$")]
    private static partial Regex Event_();

    [GeneratedRegex("^[a-v0-9]{5,1024}$")]
    private static partial Regex Id();
}
