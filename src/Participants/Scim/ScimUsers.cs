using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Messaging;
using Mentoring.Participants.People;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Mentoring.Participants.Scim;

/// <summary>
/// One user at a time, as RFC 7644 has it. A change is made to the user as it is written in JSON and then read whole, so that POST, PUT and PATCH
/// hold to the same rules, and everything of it or nothing is taken.
/// </summary>
internal sealed class ScimUsers(ParticipantsDb db, Outbox outbox, KeepPerson keep, Caller caller, TimeProvider clock)
{
    private const int MostBytes = 256 * 1024;

    private string At => ScimRoutes.At(caller.Unit);

    public async Task<IResult> List(HttpRequest request, CancellationToken ct)
    {
        var query = request.Query;
        var (start, count) = (Math.Max(Number(query["startIndex"], "startIndex") ?? 1, 1), Math.Clamp(Number(query["count"], "count") ?? DefaultPage, 0, ScimRoutes.LargestPage));
        var found = ScimQuery.Users(db).AsNoTracking();
        if (query["filter"] is [{ Length: > 0 } text])
            found = await ScimQuery.Where(found, ScimFilter.Parse(text), db, ct);
        var total = await found.CountAsync(ct);
        // By the person's id: whoever is added meanwhile comes last and moves nobody to another page.
        var rows = count == 0 ? [] : await found.OrderBy(row => row.Person.Id).Skip(start - 1).Take(count).ToListAsync(ct);
        var managers = await ManagersOf([.. rows.Select(row => row.Person)], ct);
        return new ScimResult(200, ListResponse(rows.ConvertAll(row => Projected(row, managers, request)), total, start));
    }

    public async Task<IResult> Show(Guid id, HttpRequest request, CancellationToken ct) =>
        await Find(id, ct) is { } row ? await Shown(200, row, request, ct) : ScimResult.Of(ScimRefusal.NotFound());

    public async Task<IResult> Add(HttpRequest request, CancellationToken ct)
    {
        var wanted = new JsonObject();
        ScimPatch.Replace(wanted, await Body(request, ct));
        await using var change = await keep.Begin(ct);
        var told = ScimUser.Read(wanted, await Zone(ct));
        if (!told.Active)
            throw new ScimException(ScimRefusal.InvalidValue("Whoever is not active has no place here yet. Create the user once 'active' is true."));
        var person = await Added(told, ct);
        var account = ProvisionedAccount.For(person);
        await Named(account, told, isNew: true, ct);
        await change.Commit(ct);
        return await Shown(201, new ScimRow { Person = person, Account = account }, request, ct);
    }

    public async Task<IResult> Replace(Guid id, HttpRequest request, CancellationToken ct)
    {
        var body = await Body(request, ct);
        return await Change(id, wanted => ScimPatch.Replace(wanted, body), request, ct);
    }

    public async Task<IResult> Patch(Guid id, HttpRequest request, CancellationToken ct)
    {
        var body = await Body(request, ct);
        return await Change(id, wanted => ScimPatch.Apply(wanted, body), request, ct);
    }

    /// <summary>Leaves, where that has not been said, and the provider knows nobody of this id any more.</summary>
    public async Task<IResult> Remove(Guid id, HttpRequest request, CancellationToken ct)
    {
        await using var change = await keep.Begin(ct);
        var row = await Held(id, ct);
        Expect(request, row);
        await Leave(row.Person, ct);
        if (row.Account is { } account)
        {
            db.ProvisionedAccounts.Remove(account);
            await db.SaveChangesAsync(ct);
        }
        await change.Commit(ct);
        return Results.NoContent();
    }

    public static JsonObject ListResponse(IReadOnlyCollection<JsonObject> resources, int total, int start) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
        ["totalResults"] = total,
        ["startIndex"] = start,
        ["itemsPerPage"] = resources.Count,
        ["Resources"] = new JsonArray([.. resources]),
    };

    private const int DefaultPage = 100;

    private async Task<IResult> Change(Guid id, Action<JsonObject> change, HttpRequest request, CancellationToken ct)
    {
        await using var changing = await keep.Begin(ct);
        var row = await Held(id, ct);
        Expect(request, row);
        var managers = await ManagersOf([row.Person], ct);
        var wanted = Show(row, managers);
        var inactive = row.Person.Gone;
        change(wanted);
        var told = ScimUser.Read(wanted, await Zone(ct));
        var (person, account) = (row.Person, row.Account ?? ProvisionedAccount.For(row.Person));
        if (!told.Active)
        {
            // Of whoever has left, and of whoever just leaves, nothing is told any more.
            await Leave(person, ct);
        }
        else if (inactive)
        {
            person = await Added(told, ct);
            account.ComeBackAs(person);
        }
        else if (await keep.Change(person, await Details(told, ct), ct) is { } refusal)
        {
            throw new ScimException(Refusal(refusal));
        }
        await Named(account, told, isNew: row.Account is null, ct);
        await changing.Commit(ct);
        return await Shown(200, new ScimRow { Person = person, Account = account }, request, ct);
    }

    private async Task<Person> Added(ToldUser told, CancellationToken ct)
    {
        var (person, refusal) = await keep.Add(await Details(told, ct), ct);
        return person ?? throw new ScimException(Refusal(refusal!.Value));
    }

    /// <summary>The account under its name, which nobody else may have: neither by an account nor by an address or a key, as people without one are called.</summary>
    private async Task Named(ProvisionedAccount account, ToldUser told, bool isNew, CancellationToken ct)
    {
        var taken = new ScimException(ScimRefusal.Taken($"Somebody else here is called '{told.UserName}'."));
        if (await (await ScimQuery.Called(told.UserName, db, ct)).AnyAsync(row => row.Person.Id != account.PersonId && row.Account!.Id != account.Id, ct))
            throw taken;
        account.Know(told.UserName, told.ExternalId);
        if (isNew)
            db.ProvisionedAccounts.Add(account);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: ProvisionedAccountMapping.UserNameTaken })
        {
            throw taken;
        }
    }

    private async Task Leave(Person person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(await Zone(ct))).DateTime);
        await PersonLeaves.On(today, person, db, outbox, now, ct);
    }

    private async Task<PersonDetails> Details(ToldUser told, CancellationToken ct)
    {
        if (told.Manager is not { } manager)
            return told.Details;
        var person = await db.ProvisionedAccounts.Where(account => account.Id == manager).Select(account => (Guid?)account.PersonId).SingleOrDefaultAsync(ct);
        return told.Details with { ManagerId = person ?? manager };
    }

    /// <summary>Whoever has this id, to look at.</summary>
    private async Task<ScimRow?> Find(Guid id, CancellationToken ct)
    {
        var personId = await db.ProvisionedAccounts.Where(account => account.Id == id).Select(account => (Guid?)account.PersonId).SingleOrDefaultAsync(ct) ?? id;
        var row = await ScimQuery.Users(db).AsNoTracking().SingleOrDefaultAsync(found => found.Person.Id == personId, ct);
        // Whoever has come back is found by the first id only.
        return row?.Account is { } account && account.Id != id ? null : row;
    }

    /// <summary>The same for a change: nobody changes them meanwhile.</summary>
    private async Task<ScimRow> Held(Guid id, CancellationToken ct)
    {
        if (await Find(id, ct) is not { } found || await keep.Hold(found.Person.Id, ct) is not { } person)
            throw new ScimException(ScimRefusal.NotFound());
        return new ScimRow { Person = person, Account = await db.ProvisionedAccounts.SingleOrDefaultAsync(known => known.Id == id, ct) };
    }

    private async Task<IReadOnlyDictionary<Guid, (Guid Id, string Name)>> ManagersOf(IReadOnlyList<Person> people, CancellationToken ct)
    {
        var ids = people.Select(person => person.ManagerId).OfType<Guid>().Distinct().ToArray();
        var managers = await (
            from person in db.People.AsNoTracking()
            join held in db.ProvisionedAccounts on person.Id equals held.PersonId into accounts
            from account in accounts.DefaultIfEmpty()
            where ids.Contains(person.Id)
            select new { Person = person, AccountId = account != null ? account.Id : (Guid?)null }).ToListAsync(ct);
        return managers.ToDictionary(row => row.Person.Id, row => (row.AccountId ?? row.Person.Id, row.Person.Name));
    }

    private JsonObject Show(ScimRow row, IReadOnlyDictionary<Guid, (Guid Id, string Name)> managers) =>
        ScimUser.Show(row.Person, row.Account, row.Person.ManagerId is { } manager && managers.TryGetValue(manager, out var found) ? found : null, At);

    private JsonObject Projected(ScimRow row, IReadOnlyDictionary<Guid, (Guid Id, string Name)> managers, HttpRequest request) =>
        ScimProjection.Of(Show(row, managers), request.Query["attributes"], request.Query["excludedAttributes"]);

    private async Task<IResult> Shown(int status, ScimRow row, HttpRequest request, CancellationToken ct)
    {
        var user = Projected(row, await ManagersOf([row.Person], ct), request);
        return new ScimResult(status, user, status == 201 ? $"{At}/Users/{row.Account?.Id ?? row.Person.Id}" : null, ScimUser.EtagOf(row.Person, row.Account));
    }

    private Task<string> Zone(CancellationToken ct) => db.Units.Where(unit => unit.Id == db.Unit.UnitId).Select(unit => unit.TimeZone).SingleAsync(ct);

    /// <summary>An <c>If-Match</c> is held to where there is one; providers rarely send it.</summary>
    private static void Expect(HttpRequest request, ScimRow row)
    {
        string? header = request.Headers.IfMatch;
        if (string.IsNullOrEmpty(header) || header == "*")
            return;
        var current = ScimUser.EtagOf(row.Person, row.Account);
        if (!EntityTagHeaderValue.TryParseList([header], out var tags) || !tags.Any(tag => tag.ToString() == current))
            throw new ScimException(new ScimRefusal(412, null, $"It has changed since you read it; it is {current} by now."));
    }

    private static ScimRefusal Refusal(KeepRefusal refusal) => refusal switch
    {
        KeepRefusal.ExternalIdTaken => ScimRefusal.Taken("Somebody else here has this employee number."),
        KeepRefusal.EmailTaken => ScimRefusal.Taken("Somebody else here has this e-mail address."),
        KeepRefusal.ManagerUnknown => ScimRefusal.InvalidValue("There is no such manager here, or they have left. Create the manager first."),
        KeepRefusal.ReportingCycle => ScimRefusal.InvalidValue("Following the managers upwards would lead back to this user."),
        KeepRefusal.LineTooLong => ScimRefusal.InvalidValue($"With this manager somebody would have more than {Person.MostSuperiors} people above them."),
    };

    private static int? Number(string? text, string name) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
        : throw new ScimException(ScimRefusal.InvalidValue($"'{name}' must be a whole number."));

    private static async Task<JsonObject> Body(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes)
            throw new ScimException(new ScimRefusal(413, null, $"More than {MostBytes / 1024} KiB of one user are not read."));
        // As a rule it is told how long it is, and short.
        var bytes = new byte[(request.ContentLength ?? MostBytes) + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        if (length > MostBytes)
            throw new ScimException(new ScimRefusal(413, null, $"More than {MostBytes / 1024} KiB of one user are not read."));
        try
        {
            var body = JsonNode.Parse(bytes.AsSpan(0, length), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new ScimException(ScimRefusal.InvalidSyntax("The body must be an object."));
            ReadTexts(body);
            return body;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ScimException(ScimRefusal.InvalidSyntax("The body is not JSON, has a member twice, or holds half a character."));
        }
    }

    /// <summary>Texts are read only once they are asked for, and then fail where half a surrogate pair stands in them.</summary>
    private static void ReadTexts(JsonNode? node)
    {
        if (node is JsonObject members)
            foreach (var (_, value) in members)
                ReadTexts(value);
        else if (node is JsonArray values)
            foreach (var value in values)
                ReadTexts(value);
        else if (node?.GetValueKind() is JsonValueKind.String)
            node.GetValue<string>();
    }
}
