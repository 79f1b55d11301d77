using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Tests;

/// <summary>A unit with an open programme and its manager; people come in as the other services would tell of them.</summary>
internal sealed class Stage
{
    private readonly MatchingFactory _service;
    private readonly Dictionary<Guid, (Guid ParticipantId, Side Side, string? Wave, ParticipantSnapshot Snapshot)> _enrolled = [];
    private readonly Dictionary<Guid, long> _versions = [];

    private Stage(MatchingFactory service, Programme programme)
    {
        _service = service;
        Programme = programme;
    }

    public TestUnit Unit { get; } = TestUnit.New();
    public Guid ProgrammeId { get; } = Guid.CreateVersion7();
    public Guid ManagerId { get; } = Guid.CreateVersion7();
    public Programme Programme { get; private set; }

    public HttpClient Manager => _service.As(Unit, ManagerId, [], (ProgrammeId, Roles.ProgrammeManager));

    public static async Task<Stage> Open(MatchingFactory service, Programme? programme = null)
    {
        var stage = new Stage(service, programme ?? Cast.Programme());
        await service.Publish(stage.Unit, new ProgrammeOpened(stage.ProgrammeId, stage.Next(stage.ProgrammeId), stage.Programme));
        await Eventually.Holds(async () => Assert.NotNull(await service.In(stage.Unit, db => db.Programmes.SingleOrDefaultAsync())));
        return stage;
    }

    public HttpClient As(Guid personId) => _service.As(Unit, personId);

    public long Next(Guid id) => _versions[id] = _versions.GetValueOrDefault(id) + 1;

    public async Task Change(Programme programme)
    {
        Programme = programme;
        await _service.Publish(Unit, new ProgrammeChanged(ProgrammeId, Next(ProgrammeId), programme));
    }

    public Task<Guid> Mentor(string name, ParticipantSnapshot? snapshot = null, bool prepared = true, params Guid[] chain) =>
        Enrol(name, Side.Mentor, snapshot ?? Cast.Junior(), null, prepared, chain);

    public Task<Guid> Mentee(string name, ParticipantSnapshot? snapshot = null, string wave = "first", params Guid[] chain) =>
        Enrol(name, Side.Mentee, snapshot ?? Cast.Senior(), wave, prepared: false, chain);

    public async Task Tell(Guid personId, string name, params Guid[] chain) => await _service.Publish(Unit, new PersonChanged(
        personId, Next(personId), name, $"{name}@nordlicht.example", "Europe/Berlin", ["de"], CareerStage.Early, "Nordlicht", null, "Clerk", chain));

    /// <summary>Everything told so far has arrived.</summary>
    public Task Settled() => Eventually.Holds(async () => Assert.Equal(
        _enrolled.Count,
        await _service.In(Unit, db => (from participant in db.Participants
                                      join person in db.People on participant.PersonId equals person.Id
                                      join line in db.ReportingLines on participant.PersonId equals line.PersonId
                                      select participant).CountAsync())));

    public async Task Withdraw(Guid personId)
    {
        var (participantId, side, _, _) = _enrolled[personId];
        _enrolled.Remove(personId);
        await _service.Publish(Unit, new ParticipantWithdrawn(participantId, Next(participantId), ProgrammeId, personId, side));
    }

    public async Task<HttpResponseMessage> Start(
        string wave = "first", object? locks = null, object? bans = null, string? mode = null, object? policy = null, string? basis = null, int? changes = null) =>
        await Manager.PostAsJsonAsync(Unit.At("matching-runs"), new { programme = Programme.Slug, wave, locks, bans, mode, policy, basis, changes });

    /// <summary>Runs to the end and answers the run.</summary>
    public async Task<JsonElement> Run(
        string wave = "first", object? locks = null, object? bans = null, string? mode = null, object? policy = null, string? basis = null, int? changes = null)
    {
        await Settled();
        using var started = await Start(wave, locks, bans, mode, policy, basis, changes);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var run = await started.Content.ReadFromJsonAsync<JsonElement>();
        await Eventually.Holds(async () =>
        {
            run = await Manager.GetFromJsonAsync<JsonElement>(started.Headers.Location);
            Assert.DoesNotContain(run.Text("state"), new[] { "queued", "running" });
        });
        return run;
    }

    public async Task<JsonElement> Pairs(JsonElement run) =>
        (await Manager.GetFromJsonAsync<JsonElement>(Unit.At($"matching-runs/{run.Text("id")}/pairs"))).GetProperty("items");

    public async Task<HttpResponseMessage> Approve(JsonElement run) =>
        await Manager.PostAsync(Unit.At($"matching-runs/{run.Text("id")}/approve"), null);

    /// <summary>Runs a wave, approves it, and answers the proposals that came of it.</summary>
    public async Task Propose(string wave = "first")
    {
        using var approved = await Approve(await Run(wave));
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
    }

    public async Task<IReadOnlyList<JsonElement>> ProposalsOf(Guid personId) =>
        [.. (await As(personId).GetFromJsonAsync<JsonElement>(Unit.At("proposals/mine"))).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> ProposalOf(Guid personId) => Assert.Single(await ProposalsOf(personId));

    public async Task<HttpResponseMessage> Accept(Guid personId, object? body = null, Guid? proposal = null) =>
        await As(personId).PostAsJsonAsync(Unit.At($"proposals/{proposal?.ToString() ?? (await ProposalOf(personId)).Text("id")}/accept"), body ?? new { });

    public async Task<HttpResponseMessage> Decline(Guid personId) =>
        await As(personId).PostAsJsonAsync(Unit.At($"proposals/{(await ProposalOf(personId)).Text("id")}/decline"), new { });

    /// <summary>What does not proceed ends, as if it were six o'clock.</summary>
    public async Task Morning()
    {
        await Eventually.Holds(async () => Assert.NotEqual(0, await _service.In(Unit, db => db.Database.ExecuteSqlAsync(
            $"update platform.timers set due_at = '2000-01-01Z' where unit_id = {Unit.Id} and name = 'proposal-ending'"))));
        await Eventually.Holds(async () => Assert.Equal(0, await _service.In(Unit, db => db.Set<Messaging.TimerRow>()
            .CountAsync(timer => timer.UnitId == Unit.Id && timer.Name == "proposal-ending"))));
    }

    private async Task<Guid> Enrol(string name, Side side, ParticipantSnapshot snapshot, string? wave, bool prepared, Guid[] chain)
    {
        var (personId, participantId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _enrolled[personId] = (participantId, side, wave, snapshot);
        await Tell(personId, name, chain);
        await _service.Publish(Unit, new ParticipantChanged(
            participantId, Next(participantId), ProgrammeId, personId, side, prepared, prepared || side == Side.Mentee, wave, snapshot));
        return personId;
    }

    public async Task Prepare(Guid personId)
    {
        var (participantId, side, wave, snapshot) = _enrolled[personId];
        await _service.Publish(Unit, new ParticipantChanged(participantId, Next(participantId), ProgrammeId, personId, side, true, true, wave, snapshot));
        await Eventually.Holds(async () => Assert.True(await _service.In(Unit, db => db.Participants.AnyAsync(p => p.Id == participantId && p.Ready))));
    }
}

internal static class Answers
{
    public static string? Text(this JsonElement element, string property) => element.GetProperty(property).ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => element.GetProperty(property).GetString(),
        _ => element.GetProperty(property).GetRawText(),
    };

    /// <summary>Refused with this status and code.</summary>
    public static async Task<JsonElement> IsRefused(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.Text("code"));
        return problem;
    }
}
