using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;
using Mentoring.ServiceDefaults;
using Mentoring.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;

[assembly: AssemblyFixture(typeof(Mentoring.Notifications.Tests.NotificationsService))]
// They share a clock that some of them move, and a mail server that some of them switch off.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Mentoring.Notifications.Tests;

/// <summary>Notifications as it runs, with a mail server of the test's own.</summary>
public sealed class NotificationsService() : ServiceFactory<NotificationsDb>("notifications")
{
    public MailSink Sink { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Smtp:Host", "127.0.0.1");
        builder.UseSetting("Smtp:Port", Sink.Port.ToString());
        builder.UseSetting("Smtp:From", "Mentoring <mentoring@example.org>");
        builder.UseSetting("Smtp:Attempts", "3");
        builder.UseSetting("PortalAddress", "https://mentoring.example.org/");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sink.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A unit with a programme, its people known here.</summary>
    public async Task<Scene> Scene()
    {
        var scene = new Scene(this, TestUnit.New());
        await Publish(scene.Unit, new ProgrammeOpened(scene.ProgrammeId, 1, scene.Programme));
        await scene.Arrived(db => db.Programmes.AnyAsync(p => p.Id == scene.ProgrammeId));
        return scene;
    }
}

/// <summary>One unit with one programme: what most tests play in.</summary>
public sealed class Scene(NotificationsService service, TestUnit unit)
{
    public TestUnit Unit => unit;

    public Guid ProgrammeId { get; } = Guid.CreateVersion7();

    public Guid SponsorId { get; } = Guid.CreateVersion7();

    public Guid DeputyId { get; } = Guid.CreateVersion7();

    public Contracts.Participants.Programme Programme => new(
        "ai", "How our customers use AI", null, new Gap("A gap", null, [], null), Direction.Reverse, SponsorId, DeputyId, [],
        new Eligibility([CareerStage.Early], 1), new Eligibility([CareerStage.Executive], 1), [new Wave("all", true, null, null, false, null)],
        new Dictionary<string, string>(), [], "mentee", "P6M", 60, "P6M", [], [], null, new Dictionary<string, int>(), [], 5, 10, [], new Dictionary<string, string>());

    public static string MailOf(Guid person) => $"p{person:N}@example.org";

    /// <summary>A person whose details have arrived.</summary>
    public async Task<Guid> Person(string name, string zone = "Europe/Berlin", string language = "en", Guid? id = null, string? email = "", Guid? manager = null)
    {
        var person = id ?? Guid.CreateVersion7();
        await service.Publish(Unit, new PersonChanged(
            person, 1, name, email == "" ? MailOf(person) : email, zone, [language], CareerStage.Early, "Sales", null, null, manager is { } above ? [above] : []));
        await Arrived(db => db.People.AnyAsync(p => p.Id == person));
        return person;
    }

    public async Task<(Guid Mentor, Guid Mentee)> Pair(string mentor = "Ada Lovelace", string mentee = "Charles Babbage") =>
        (await Person(mentor), await Person(mentee, "America/New_York"));

    public async Task<Guid> Manager(string name = "Grace Hopper", Guid? id = null)
    {
        var manager = await Person(name, id: id);
        await service.Publish(Unit, new MembershipChanged(Guid.CreateVersion7(), 1, manager, [], [], [new ProgrammeRole(ProgrammeId, "programme-manager")], false));
        await Arrived(db => db.ProgrammeRoles.AnyAsync(r => r.PersonId == manager));
        return manager;
    }

    public SessionBooked Booked((Guid Mentor, Guid Mentee) pair, int day = 20) => new(
        Guid.CreateVersion7(), 1, Guid.CreateVersion7(), ProgrammeId, pair.Mentor, pair.Mentee,
        new DateTimeOffset(2026, 1, day, 13, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, day, 14, 0, 0, TimeSpan.Zero), "in-person", "Library, room 3", 0);

    public Task Tell<T>(T fact)
        where T : class => service.Publish(Unit, fact);

    public Task Arrived(Func<NotificationsDb, Task<bool>> look) => Eventually.Holds(async () => Assert.True(await service.In(Unit, look)));

    public async Task<IReadOnlyList<Letter>> Inbox(Guid person)
    {
        using var client = service.As(Unit, person);
        return (await client.GetFromJsonAsync<Page<Letter>>(Unit.At("inbox"), Json.Options))!.Items;
    }

    /// <summary>The first letter of a kind, waiting for it.</summary>
    public Task<Letter> Letter(Guid person, string kind) => Eventually.Is(async () => (await Inbox(person)).FirstOrDefault(letter => letter.Kind == kind));

    /// <summary>The only mail to this person, waiting for it.</summary>
    public async Task<ReceivedMail> Mail(Guid person) => (await Mails(person, 1))[0];

    public async Task<IReadOnlyList<ReceivedMail>> Mails(Guid person, int count)
    {
        await Eventually.Holds(() =>
        {
            Assert.Equal(count, service.Sink.To(MailOf(person)).Count);
            return Task.CompletedTask;
        });
        return service.Sink.To(MailOf(person));
    }

    /// <summary>Waits until a later fact has been told on the same queue: what should not have happened would have by then.</summary>
    public async Task Settled(Func<(Guid Mentor, Guid Mentee), SessionBooked>? fact = null)
    {
        var pair = await Pair("A. Mark", "B. Mark");
        await Tell((fact ?? (marked => Booked(marked)))(pair));
        await Letter(pair.Mentor, "session-booked");
        await Mail(pair.Mentor);
    }

    public MomentumChanged Momentum((Guid Mentor, Guid Mentee) pair, AlarmStep? step, long version = 1, Guid? partnership = null) => new(
        partnership ?? Guid.CreateVersion7(), version, ProgrammeId, pair.Mentor, pair.Mentee, Contracts.Scheduling.Momentum.Stalled,
        ["two conversations in a row were cancelled on the senior side"], step,
        [.. Enumerable.Range(13, 3).Select(day => new DateTimeOffset(2026, 1, day, 15, 0, 0, TimeSpan.Zero))]);

    public ContinuationAsked Asked((Guid Mentor, Guid Mentee) pair, Guid partnership, DateTimeOffset? closingAt = null, long version = 5) => new(
        partnership, version, ProgrammeId, pair.Mentor, pair.Mentee, new DateTimeOffset(2026, 1, 31, 9, 0, 0, TimeSpan.Zero), closingAt,
        closingAt is null ? [new DateTimeOffset(2026, 1, 20, 15, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 21, 15, 0, 0, TimeSpan.Zero)] : []);

    public PlannedEndReached Reached((Guid Mentor, Guid Mentee) pair, Guid partnership, bool continued, long version = 6) => new(
        partnership, version, ProgrammeId, pair.Mentor, pair.Mentee, continued, continued ? 2 : 1,
        continued ? new DateTimeOffset(2026, 7, 31, 8, 0, 0, TimeSpan.Zero) : null, continued ? new DateTimeOffset(2026, 5, 1, 8, 30, 0, TimeSpan.Zero) : null);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Json.Options)!;
}
