using System.Globalization;
using System.Text.RegularExpressions;
using Mentoring.Scheduling.Calendars.Providers;
using Microsoft.AspNetCore.Http;

namespace Mentoring.Scheduling.Tests.Calendars.Providers;

/// <summary>
/// Microsoft Graph v1.0, as its documentation says: twenty people and less than 42 days at once, times in the zone that was asked for, the first event again for the
/// same <c>transactionId</c>, events found by an extended property, gone once deleted.
/// </summary>
public sealed partial class AMicrosoft : AProvider
{
    public const string Unit = "microsoft-unit";
    public const string Secret = "the secret of the application";
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Client = "66666666-7777-8888-9999-000000000000";

    public string SecretFile => Path.Combine(Folder.FullName, "secret.txt");

    /// <summary>What it takes as the application's secret.</summary>
    public string Taken { get; set; } = Secret;

    public override string UnitSlug => Unit;

    public override CalendarProviderOptions Options() => new()
    {
        Kind = ProviderKind.Microsoft,
        Unit = Unit,
        Domains = ["nordlicht.example"],
        ClientId = Client,
        SecretFile = WriteSecret(Secret),
        Address = $"{Address}/v1.0",
        TokenAddress = $"{Address}/{Tenant}/oauth2/v2.0/token",
    };

    public override ICalendarProvider Connect() => new MicrosoftCalendars(Options(), SecretFile);

    public string WriteSecret(string secret)
    {
        File.WriteAllText(SecretFile, $"{secret}\n");
        return SecretFile;
    }

    public override Dictionary<string, string> Settings(int i)
    {
        var (options, at) = (Options(), $"Scheduling:CalendarProviders:{i}");
        return new()
        {
            [$"{at}:Kind"] = "microsoft",
            [$"{at}:Unit"] = Unit,
            [$"{at}:Domains:0"] = options.Domains[0],
            [$"{at}:ClientId"] = options.ClientId!,
            [$"{at}:SecretFile"] = options.SecretFile!,
            [$"{at}:Address"] = options.Address!,
            [$"{at}:TokenAddress"] = options.TokenAddress!,
        };
    }

    public override void Has(string address, DateTimeOffset start, DateTimeOffset end, bool isFree = false)
    {
        var calendar = Calendar(address);
        lock (calendar)
            calendar.Add(new Entry { Id = $"{Guid.CreateVersion7()}", Title = Private, Start = start, End = end, Status = isFree ? "workingElsewhere" : "tentative" });
    }

    protected override async Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == $"/{Tenant}/oauth2/v2.0/token")
        {
            await Token(context);
            return;
        }
        if (Bearer(context) is null)
        {
            await Error(context, 401, "InvalidAuthenticationToken");
            return;
        }
        if (Path_().Match(path) is not { Success: true } match)
        {
            await Error(context, 400, "BadRequest");
            return;
        }
        var user = match.Groups["user"].Value;
        if (!IsKnown(user))
        {
            await Error(context, 404, "ErrorInvalidUser");
            return;
        }
        await ((context.Request.Method, match.Groups["what"].Value) switch
        {
            ("POST", "calendar/getSchedule") => Schedule(context),
            ("GET", "events") => Find(context, user),
            ("POST", "events") => Create(context, user),
            ("PATCH", _) => Change(context, user, Uri.UnescapeDataString(match.Groups["id"].Value)),
            ("DELETE", _) => Delete(context, user, Uri.UnescapeDataString(match.Groups["id"].Value)),
            _ => Error(context, 405, "MethodNotAllowed"),
        });
    }

    private async Task Token(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["client_id"] != Client || form["grant_type"] != "client_credentials" || form["scope"] != $"{Address}/.default")
            await Say(context, 400, new { error = "invalid_request" });
        else if (form["client_secret"] != Taken)
            await Say(context, 401, new { error = "invalid_client", error_description = "AADSTS7000215: Invalid client secret provided." });
        else
            await Say(context, 200, new { token_type = "Bearer", expires_in = 3599, access_token = NewToken("") });
    }

    private async Task Schedule(HttpContext context)
    {
        var body = await Body(context);
        var (start, end) = (Moment(body.GetProperty("startTime")), Moment(body.GetProperty("endTime")));
        var asked = body.GetProperty("schedules").EnumerateArray().Select(one => one.GetString()!).ToArray();
        if (asked.Length > 20 || end - start >= TimeSpan.FromDays(42) || !context.Request.Headers["Prefer"].ToString().Contains("outlook.timezone=\"UTC\"", StringComparison.Ordinal))
        {
            await Error(context, 400, "ErrorInvalidParameter");
            return;
        }
        await Say(context, 200, new { value = asked.Select(One).ToArray() });

        object One(string address)
        {
            if (!IsKnown(address))
                return new { scheduleId = address, scheduleItems = Array.Empty<object>(), error = new { message = "Unable to resolve e-mail address.", responseCode = "ErrorMailRecipientNotFound" } };
            var calendar = Calendar(address);
            lock (calendar)
            {
                return new
                {
                    // As it is written in the directory.
                    scheduleId = char.ToUpperInvariant(address[0]) + address[1..],
                    availabilityView = "2",
                    scheduleItems = calendar.Where(entry => !entry.IsDeleted && entry.Start < end && start < entry.End)
                        .Select(entry => new { isPrivate = entry.IsPrivate, status = entry.Status, subject = entry.Title, start = At(entry.Start), end = At(entry.End) }).ToArray(),
                };
            }
        }
    }

    private Task Find(HttpContext context, string user)
    {
        var filter = context.Request.Query["$filter"].ToString();
        if (Filter().Match(filter) is not { Success: true } match)
            return Error(context, 400, "ErrorInvalidUrlQuery");
        return Say(context, 200, new { value = Entered(user).Where(entry => entry.Session == match.Groups["value"].Value).Select(entry => new { id = entry.Id }).ToArray() });
    }

    private async Task Create(HttpContext context, string user)
    {
        var body = await Body(context);
        var transaction = body.GetProperty("transactionId").GetString();
        var calendar = Calendar(user);
        Entry? entry;
        lock (calendar)
        {
            entry = calendar.Find(known => known.Transaction == transaction);
            if (entry is null)
            {
                entry = new Entry
                {
                    Id = $"AAMk/{Guid.CreateVersion7():N}=",
                    Transaction = transaction,
                    Session = body.GetProperty("singleValueExtendedProperties")[0].GetProperty("value").GetString(),
                    Title = body.GetProperty("subject").GetString()!,
                    Start = Moment(body.GetProperty("start")),
                    End = Moment(body.GetProperty("end")),
                    Place = body.GetProperty("location").GetProperty("displayName").GetString()!,
                    IsPrivate = body.GetProperty("sensitivity").GetString() == "private",
                    Status = body.GetProperty("showAs").GetString()!,
                    Invited = body.TryGetProperty("attendees", out var attendees) ? attendees.GetArrayLength() : 0,
                };
                calendar.Add(entry);
            }
        }
        await Say(context, 201, new { id = entry.Id, start = At(entry.Start), end = At(entry.End) });
    }

    private async Task Change(HttpContext context, string user, string id)
    {
        var body = await Body(context);
        if (body.TryGetProperty("transactionId", out _))
            await Error(context, 400, "ErrorPropertyIsReadOnly");
        else if (Entered(user).SingleOrDefault(entry => entry.Id == id) is not { } entry)
            await Error(context, 404, "ErrorItemNotFound");
        else
        {
            (entry.Start, entry.End, entry.Place) = (Moment(body.GetProperty("start")), Moment(body.GetProperty("end")), body.GetProperty("location").GetProperty("displayName").GetString()!);
            await Say(context, 200, new { id });
        }
    }

    private Task Delete(HttpContext context, string user, string id)
    {
        if (Entered(user).SingleOrDefault(entry => entry.Id == id) is not { } entry)
            return Error(context, 404, "ErrorItemNotFound");
        entry.IsDeleted = true;
        return Say(context, 204);
    }

    private static object At(DateTimeOffset at) => new { dateTime = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture), timeZone = "UTC" };

    private static Task Error(HttpContext context, int status, string code) => Say(context, status, new { error = new { code, message = code } });

    [GeneratedRegex("^/v1.0/users/(?<user>[^/]+)/(?<what>calendar/getSchedule|events)(/(?<id>.+))?$")]
    private static partial Regex Path_();

    [GeneratedRegex(@"^singleValueExtendedProperties/Any\(ep: ep/id eq 'String \{[0-9a-f-]{36}\} Name \w+' and ep/value eq '(?<value>[^']+)'\)$")]
    private static partial Regex Filter();
}
