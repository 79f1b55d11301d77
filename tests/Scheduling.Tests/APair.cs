using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests;

/// <summary>Two people in a programme, and those around them, as other services tell of them. States are brought about by intent methods.</summary>
public sealed class APair
{
    private long _named;

    private APair(SchedulingService service, TestUnit unit, Guid programmeId)
    {
        Service = service;
        Unit = unit;
        ProgrammeId = programmeId;
    }

    public SchedulingService Service { get; }

    public TestUnit Unit { get; }

    public Guid ProgrammeId { get; }

    public string Slug => $"programme-{ProgrammeId:N}";

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid MentorId { get; private init; } = Guid.CreateVersion7();

    public Guid MenteeId { get; private init; } = Guid.CreateVersion7();

    public Guid SponsorId { get; private init; } = Guid.CreateVersion7();

    public Guid ManagerId { get; private init; } = Guid.CreateVersion7();

    /// <summary>What the mentee brings, in a reciprocal programme.</summary>
    public IReadOnlyList<TopicLevel>? TopicsBack { get; private init; }

    public HttpClient Mentor => Service.As(Unit, MentorId);

    public HttpClient Mentee => Service.As(Unit, MenteeId);

    public HttpClient Manager => Service.As(Unit, ManagerId, [], (ProgrammeId, Roles.ProgrammeManager));

    public Guid AssistantId { get; } = Guid.CreateVersion7();

    public HttpClient Somebody => Service.As(Unit, Guid.CreateVersion7());

    /// <inheritdoc cref="SchedulingService.Taken"/>
    public Task<List<TakenTime>> Taken() => Service.Taken(Unit);

    public static string MailOf(Guid person) => $"{person:N}@nordlicht.example";

    /// <summary>Whoever books for the mentee, once the mentee has said so.</summary>
    public async Task<HttpClient> Assistant()
    {
        await IsBookedForBy(AssistantId);
        return Service.As(Unit, AssistantId);
    }

    /// <summary>The mentee has named these, and nobody else.</summary>
    public async Task IsBookedForBy(params Guid[] delegates)
    {
        var message = Guid.CreateVersion7();
        await Service.Publish(Unit, new DelegatesChanged(MenteeId, ++_named, delegates), message);
        await Service.HasConsumed(message, "copy-delegates-when-delegates-changed");
    }

    public Uri Own(string path = "") => Unit.At($"partnerships/{Id}{path}");

    /// <summary>A pair just formed: nobody has signed, nobody is prepared unless said.</summary>
    public static async Task<APair> Formed(
        SchedulingService service,
        string booking = "mentee",
        string? gapSentence = "Executives decide on AI tools that they have never opened.",
        bool prepared = true,
        string mentorZone = "Europe/Berlin",
        string menteeZone = "Europe/Berlin",
        IReadOnlyList<TopicLevel>? topicsBack = null,
        IReadOnlyList<string>? mentorLanguages = null,
        IReadOnlyList<string>? menteeLanguages = null,
        string? unitSlug = null)
    {
        service.GoToMonday();
        var unit = TestUnit.New();
        var pair = new APair(service, unitSlug is null ? unit : unit with { Slug = unitSlug }, Guid.CreateVersion7()) { TopicsBack = topicsBack };
        await pair.IsKnown(pair.MentorId, "Mara Mentor", mentorZone, mentorLanguages);
        await pair.IsKnown(pair.MenteeId, "Enno Mentee", menteeZone, menteeLanguages);
        await service.Publish(pair.Unit, new ProgrammeOpened(pair.ProgrammeId, 1, pair.Programme(booking, gapSentence)));
        if (prepared)
        {
            await pair.HasPrepared(pair.MentorId, Side.Mentor);
            await pair.HasPrepared(pair.MenteeId, Side.Mentee);
        }
        await pair.IsFormed();
        return pair;
    }

    /// <summary>Both have signed; the series is proposed, or booked where the platform books.</summary>
    public static async Task<APair> Active(
        SchedulingService service, string booking = "mentee", string mentorZone = "Europe/Berlin", string menteeZone = "Europe/Berlin", string? unitSlug = null)
    {
        var pair = await Formed(service, booking, mentorZone: mentorZone, menteeZone: menteeZone, unitSlug: unitSlug);
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        var state = booking == "platform" ? "booked" : "proposed";
        await Eventually.Holds(async () => Assert.Equal(state, (await pair.Mentee.Json(pair.Own("/series"))).Text("state")));
        return pair;
    }

    /// <summary>Active, with its whole series booked.</summary>
    public static async Task<APair> Meeting(SchedulingService service)
    {
        var pair = await Active(service);
        await pair.Mentee.Posts(pair.Own("/series/confirm"), new { });
        return pair;
    }

    /// <summary>Another pair of the same mentor.</summary>
    public Task<APair> SameMentorWithAnother() => Begins(new APair(Service, Unit, ProgrammeId) { MentorId = MentorId });

    /// <summary>Another pair of the same mentor, in another programme with sessions of its own length.</summary>
    public async Task<APair> SameMentorElsewhere(int sessionMinutes)
    {
        var other = new APair(Service, Unit, Guid.CreateVersion7()) { MentorId = MentorId };
        await Service.Publish(Unit, new ProgrammeOpened(other.ProgrammeId, 1, other.Programme() with { SessionMinutes = sessionMinutes }));
        await other.HasPrepared(MentorId, Side.Mentor);
        return await Begins(other);
    }

    /// <summary>Two others in the same programme.</summary>
    public async Task<APair> AnotherPair()
    {
        var other = new APair(Service, Unit, ProgrammeId);
        await other.IsKnown(other.MentorId, "Mika Mentor", "Europe/Berlin");
        await other.HasPrepared(other.MentorId, Side.Mentor);
        return await Begins(other);
    }

    private static async Task<APair> Begins(APair other)
    {
        await other.IsKnown(other.MenteeId, "Nele Mentee", "Europe/Berlin");
        await other.HasPrepared(other.MenteeId, Side.Mentee);
        await other.IsFormed();
        await other.Signs(other.Mentor);
        await other.Signs(other.Mentee);
        await Eventually.Holds(async () => Assert.Equal("proposed", (await other.Mentee.Json(other.Own("/series"))).Text("state")));
        return other;
    }

    public async Task IsFormed()
    {
        await Service.Publish(Unit, PairFormed());
        await Eventually.Holds(async () =>
        {
            using var charter = await Mentor.GetAsync(Own("/charter"));
            charter.EnsureSuccessStatusCode();
        });
    }

    public PairFormed PairFormed(long version = 1) => new(
        Id, version, ProgrammeId, MentorId, MenteeId, "sponsor", [new TopicLevel("prompt-writing", "Prompt writing", 4)], "Mara knows what Enno decides on.", TopicsBack);

    /// <summary>As Participants tells of somebody; told before the pair, which is written in their languages.</summary>
    public async Task IsKnown(Guid person, string name, string zone, IReadOnlyList<string>? languages = null, string? email = null, long version = 1)
    {
        var message = Guid.CreateVersion7();
        await Service.Publish(Unit, new PersonChanged(person, version, name, email ?? MailOf(person), zone, languages ?? ["en"], CareerStage.Early, "Nordlicht", "Kiel", null, []), message);
        await Service.HasConsumed(message, "copy-person-when-person-changed");
    }

    public async Task HasPrepared(Guid person, Side side)
    {
        var message = Guid.CreateVersion7();
        await Service.Publish(Unit, new PreparationDone(Guid.CreateVersion7(), 1, ProgrammeId, person, side), message);
        await Service.HasConsumed(message, "note-preparation-when-preparation-done");
    }

    public async Task Signs(HttpClient who)
    {
        var charter = await who.Json(Own("/charter"));
        await who.Posts(Own("/charter/sign"), new { version = charter.GetProperty("version").GetInt32() });
    }

    /// <summary>The next time that both could meet.</summary>
    public async Task<DateTimeOffset> NextSlot(int which = 0) =>
        (await Mentee.Json(Own("/slots"))).GetProperty("items")[which].GetProperty("startsAt").GetDateTimeOffset();

    public async Task<Guid> HasBooked(DateTimeOffset? at = null) =>
        (await Mentee.Posts(Unit.At("sessions"), new { partnershipId = Id, startsAt = at ?? await NextSlot() })).GetProperty("id").GetGuid();

    /// <summary>The pair's sessions that stand, by their start.</summary>
    public async Task<IReadOnlyList<Guid>> Booked() =>
    [
        .. (await Mentee.Json(Unit.At("sessions/mine"))).GetProperty("items").EnumerateArray()
            .Where(session => session.Text("state") == "booked" && session.GetProperty("partnershipId").GetGuid() == Id)
            .Select(session => session.GetProperty("id").GetGuid()),
    ];

    /// <summary>Rewrites the charter from its current version.</summary>
    public async Task<HttpResponseMessage> Edits(HttpClient who, Action<JsonObject> change)
    {
        var current = JsonNode.Parse((await who.Json(Own("/charter"))).GetRawText())!.AsObject();
        var etag = current["etag"]!.GetValue<string>();
        foreach (var field in new[] { "version", "needsGap", "signedByMe", "signedByOther", "reviewAt", "etag" })
            current.Remove(field);
        change(current);
        using var request = new HttpRequestMessage(HttpMethod.Put, Own("/charter")) { Content = JsonContent.Create(current) };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await who.SendAsync(request);
    }

    public Uri Agenda(Guid session, string path = "") => Unit.At($"sessions/{session}/agenda{path}");

    /// <param name="which"><c>shared</c> or <c>mine</c>.</param>
    public Uri Note(Guid session, string which) => Unit.At($"sessions/{session}/notes/{which}");

    /// <param name="version">The one it was written from; null for the first.</param>
    public async Task<JsonElement> WritesAgenda(HttpClient who, Guid session, string[] points, int? version = null)
    {
        using var answer = await Puts(who, Agenda(session), new { points }, version);
        return await Talking.Read(answer);
    }

    public async Task Agrees(HttpClient who, Guid session, int version)
    {
        using var answer = await who.PostAsJsonAsync(Agenda(session, "/agree"), new { version });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <inheritdoc cref="WritesAgenda"/>
    public async Task WritesNote(HttpClient who, Guid session, string which, string text, int? version = null)
    {
        using var answer = await Puts(who, Note(session, which), new { text }, version);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> Puts(HttpClient who, Uri at, object body, int? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, at) { Content = JsonContent.Create(body) };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await who.SendAsync(request);
    }

    public Task<JsonElement> Cancels(HttpClient who, Guid session) => who.Posts(Unit.At($"sessions/{session}/cancel"), new { reason = "workload" });

    public Programme Programme(string booking = "mentee", string? gapSentence = "A gap.") => new(
        Slug,
        "How our customers use AI",
        "Broader perspectives when making decisions.",
        new Gap(gapSentence, gapSentence is null ? "communication styles" : null, ["prompt-writing"], null),
        Direction.Reverse,
        SponsorId,
        null,
        [ManagerId],
        new Eligibility([CareerStage.Early], 2),
        new Eligibility([CareerStage.Executive], 1),
        [new Wave("sponsor", true, null, null, false, null)],
        new Dictionary<string, string> { ["video"] = "P14D", ["in-person"] = "P90D" },
        ["neutral", "off-site", "video"],
        booking,
        "P6M",
        60,
        "P6M",
        [new Measure("fluency", "gap-self-rating", Side.Mentee, 2.1m, 3.5m)],
        ["topic-overlap", "authority"],
        null,
        new Dictionary<string, int> { ["gap"] = 50 },
        ["purpose", "gap", "not-to-be-shared", "may-become-insight", "confidentiality", "sensitivities", "disagreement", "topics"],
        5,
        10,
        [],
        new Dictionary<string, string>(),
        AgendaStarters: ["Something a customer said this month"]);
}

/// <summary>Short ways to say what is sent and what comes back.</summary>
internal static class Talking
{
    public static async Task<JsonElement> Json(this HttpClient who, Uri at)
    {
        using var answer = await who.GetAsync(at);
        return await Read(answer);
    }

    public static async Task<JsonElement> Posts(this HttpClient who, Uri at, object body)
    {
        using var answer = await who.PostAsJsonAsync(at, body);
        return await Read(answer);
    }

    public static async Task<JsonElement> Puts(this HttpClient who, Uri at, object body)
    {
        using var answer = await who.PutAsJsonAsync(at, body);
        return await Read(answer);
    }

    /// <summary>Sends and expects a refusal.</summary>
    public static async Task IsRefused(this HttpClient who, HttpMethod method, Uri at, object? body, int status, string code)
    {
        using var request = new HttpRequestMessage(method, at) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await who.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} instead of {status}: {text}");
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(code, problem.RootElement.Text("code"));
    }

    public static Task IsRefused(this HttpClient who, Uri at, object body, int status, string code) => who.IsRefused(HttpMethod.Post, at, body, status, code);

    public static Task FindsNothing(this HttpClient who, Uri at) => who.IsRefused(HttpMethod.Get, at, null, 404, "not-found");

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new InvalidOperationException($"'{name}' is null.");

    public static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
