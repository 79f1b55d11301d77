using System.Globalization;
using System.Text.Json;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Momentum;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.People;
using Mentoring.Scheduling.Programmes;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests;

/// <summary>
/// Many pairs of one programme, signed and prepared, that have not begun: mentors have up to three mentees. Written into the tables, since
/// thousands of facts and signatures would be most of a test's time.
/// </summary>
public sealed class ACohort : IAsyncDisposable
{
    private static readonly string[] Zones = ["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "Europe/Lisbon"];

    /// <summary>The version of each pair before it begins.</summary>
    private long _signed;

    private ACohort(SchedulingService service, TestUnit unit, Guid programmeId) => (Service, Unit, ProgrammeId) = (service, unit, programmeId);

    public SchedulingService Service { get; }

    public TestUnit Unit { get; }

    public Guid ProgrammeId { get; }

    public IReadOnlyList<PairFormed> Pairs { get; private set; } = [];

    public string Slug => $"programme-{ProgrammeId:N}";

    public Guid ManagerId { get; } = Guid.CreateVersion7();

    public HttpClient Manager => Service.As(Unit, ManagerId, [], (ProgrammeId, Roles.ProgrammeManager));

    /// <param name="service">Whose clock goes to a Monday.</param>
    /// <param name="pairs">How many.</param>
    /// <param name="booking">Who books.</param>
    /// <param name="offered">The hours somebody in a zone has offered; null for the default ones.</param>
    /// <param name="length">Of the programme.</param>
    /// <param name="random">Draws who is paired with whom, on whichever side; without it mentors have three mentees each.</param>
    public static async Task<ACohort> Ready(
        SchedulingService service, int pairs, string booking = "platform", Func<string, OfferedHours?>? offered = null, Random? random = null, string length = "P6M")
    {
        service.GoToMonday();
        var cohort = new ACohort(service, TestUnit.New(), Guid.CreateVersion7());
        cohort.Pairs = [.. Enumerable.Range(0, pairs).Zip(random is null ? ThreeEach(pairs) : Drawn(pairs, random), (_, two) => new PairFormed(
            Guid.CreateVersion7(), 1, cohort.ProgrammeId, two.Mentor, two.Mentee, "first", [], "They fit."))];
        await service.In(cohort.Unit, async db =>
        {
            var terms = new ProgrammeTerms { Id = cohort.ProgrammeId };
            terms.Take(cohort.Programme(booking, length));
            db.Programmes.Add(terms);
            foreach (var fact in cohort.Pairs)
            {
                var pair = Partnership.Form(fact, service.Clock.GetUtcNow());
                pair.PrefillCharter(terms, SuggestedWording.In("en"), service.Clock.GetUtcNow());
                pair.Sign(Side.Mentor, 1, service.Clock.GetUtcNow());
                pair.Sign(Side.Mentee, 1, service.Clock.GetUtcNow());
                cohort._signed = pair.Version;
                db.Partnerships.Add(pair);
            }
            foreach (var (person, side) in cohort.Pairs.SelectMany(pair => new[] { (pair.MentorId, Side.Mentor), (pair.MenteeId, Side.Mentee) }).Distinct())
                db.Preparations.Add(new Preparation { ProgrammeId = cohort.ProgrammeId, PersonId = person, Side = side });
            var known = new HashSet<Guid>();
            foreach (var (i, pair) in cohort.Pairs.Index())
            {
                var zone = Zones[(random?.Next(100) ?? i / 3) % Zones.Length];
                if (known.Add(pair.MentorId))
                    AddPerson(db, pair.MentorId, zone, offered);
                // Most sit where their mentor does.
                if (known.Add(pair.MenteeId))
                    AddPerson(db, pair.MenteeId, i % 4 == 0 ? Zones[(i / 3 + 1) % Zones.Length] : zone, offered);
            }
            return await db.SaveChangesAsync();
        });
        return cohort;
    }

    private static IEnumerable<(Guid Mentor, Guid Mentee)> ThreeEach(int pairs)
    {
        var mentors = Enumerable.Range(0, (pairs + 2) / 3).Select(_ => Guid.CreateVersion7()).ToArray();
        return Enumerable.Range(0, pairs).Select(i => (mentors[i / 3], Guid.CreateVersion7()));
    }

    /// <summary>As many people as pairs: each is in two, some in five or six, as a mentor here and a mentee there.</summary>
    private static IEnumerable<(Guid Mentor, Guid Mentee)> Drawn(int pairs, Random random)
    {
        var people = Enumerable.Range(0, pairs).Select(_ => Guid.CreateVersion7()).ToArray();
        return Enumerable.Range(0, pairs).Select(_ =>
        {
            var mentor = random.Next(pairs);
            return (people[mentor], people[(mentor + 1 + random.Next(pairs - 1)) % pairs]);
        });
    }

    private static void AddPerson(SchedulingDb db, Guid person, string zone, Func<string, OfferedHours?>? offered)
    {
        db.People.Add(new Person { Id = person, Name = "Somebody", TimeZone = zone });
        if (offered?.Invoke(zone) is { } hours)
        {
            db.Hours.Add(new OfferedHours
            {
                PersonId = person, TimeZone = hours.TimeZone, Weekly = hours.Weekly, Exceptions = hours.Exceptions, MinimumNotice = hours.MinimumNotice, Version = 1,
            });
        }
    }

    /// <summary>All of them become active at the same moment.</summary>
    public Task Begins(IEnumerable<PairFormed>? those = null) => Service.In(Unit, async db =>
    {
        var timers = new Timers(db, db.Unit);
        foreach (var pair in those ?? Pairs)
            timers.Add(ActivatePartnership.Name, pair.PairId.ToString(), Service.Clock.GetUtcNow());
        return await db.SaveChangesAsync();
    });

    public async Task<JsonElement> Activation() => await Manager.Json(Unit.At($"partnerships/activation?programme={Slug}"));

    public Task HasBegun() =>
        Eventually.Holds(async () => Assert.Equal("done", (await Activation()).Text("state")), TimeSpan.FromMinutes(3));

    /// <summary>
    /// Every pair's series stands whole in sessions, or the pair has no common time; every session has its times and its timer, and nobody is
    /// in two at once.
    /// </summary>
    /// <param name="besides">Sessions that were booked one by one.</param>
    public async Task IsWholeAndNobodyIsBookedTwice(IReadOnlyCollection<Guid>? besides = null)
    {
        var (pairs, sessions) = await Service.In(Unit, async db => (
            await db.Partnerships.AsNoTracking().Where(pair => pair.ProgrammeId == ProgrammeId).ToListAsync(),
            await db.Sessions.AsNoTracking().Where(session => session.ProgrammeId == ProgrammeId).ToListAsync()));
        var times = await Service.Taken(Unit);
        var ofPair = sessions.ExceptBy(besides ?? [], session => session.Id).ToLookup(session => session.PartnershipId);
        Assert.All(pairs, pair =>
        {
            Assert.NotNull(pair.ActivatedAt);
            // Whoever has read it before is told that it has changed.
            Assert.True(pair.Version > _signed);
            if (pair.Series is { Booked: true } series)
                Assert.Equal(series.Slots.Count, ofPair[pair.Id].Count());
            else
                Assert.True(pair.LacksCommonTime && !ofPair[pair.Id].Any());
        });
        foreach (var person in times.GroupBy(time => time.PersonId))
        {
            var ordered = person.OrderBy(time => time.StartsAt).ToArray();
            Assert.All(ordered.Zip(ordered.Skip(1)), two => Assert.True(two.First.EndsAt <= two.Second.StartsAt));
        }
        var standing = sessions.Where(session => session.State is SessionState.Booked).ToList();
        Assert.Equal(
            standing.SelectMany(session => new[] { new TakenTime(session.MentorId, session.PartnershipId, session.StartsAt, session.EndsAt), new(session.MenteeId, session.PartnershipId, session.StartsAt, session.EndsAt) }).ToHashSet(),
            times.ToHashSet());
        Assert.Equal(2 * standing.Count, times.Count);
        // Of whatever stands somebody is asked: by the timer of its series, which begins with the first of it, or by one of its own.
        Assert.Equal(
            ofPair.ToDictionary(series => series.Key.ToString(), series => series.Min(session => session.EndsAt).AddDays(1)),
            await DueOf(AskAboutSeries.Name));
        Assert.Equal(
            standing.IntersectBy(besides ?? [], session => session.Id).ToDictionary(session => session.Id.ToString(), session => session.EndsAt.AddDays(1)),
            await DueOf(AskWhetherHeld.Name));
        foreach (var timer in new[] { "partnership-end", "partnership-continuation", LookAtMomentum.Name })
            Assert.Equal(pairs.Count, await Timers(timer));
        Assert.Equal(0, await Timers(ActivatePartnership.Name));
        Assert.Equal(pairs.Select(pair => pair.Id).Order(), (await Service.In(Unit, db => db.Transitions.AsNoTracking().Select(change => change.PartnershipId).Distinct().ToListAsync())).Order());
    }

    public Task<long> Timers(string name) =>
        Service.AsOwner<long>(string.Create(CultureInfo.InvariantCulture, $"select count(*) from platform.timers where unit_id = '{Unit.Id}' and name = '{name}'"));

    private Task<Dictionary<string, DateTimeOffset>> DueOf(string name) =>
        Service.In(Unit, db => db.Set<TimerRow>().Where(timer => timer.UnitId == Unit.Id && timer.Name == name).ToDictionaryAsync(timer => timer.Key, timer => timer.DueAt));

    /// <summary>Thousands of sessions whose facts are still being heard and whose timers wait: the next tests, which move the clock, would wait for all of them.</summary>
    public async ValueTask DisposeAsync()
    {
        await Service.AsOwner<long>($"delete from platform.outbox where unit_id = '{Unit.Id}'");
        await Service.AsOwner<long>($"update partnerships set ended_at = activated_at where unit_id = '{Unit.Id}'");
        await Service.AsOwner<long>($"delete from platform.timers where unit_id = '{Unit.Id}'");
        GC.SuppressFinalize(this);
    }

    private Programme Programme(string booking, string length) => new(
        Slug, "A whole wave at once", null, new Gap("A gap.", null, [], null), Direction.Reverse, Guid.CreateVersion7(), null, [ManagerId],
        new Eligibility([CareerStage.Early], 3), new Eligibility([CareerStage.Executive], 1), [new Wave("first", true, null, null, false, null)],
        new Dictionary<string, string> { ["video"] = "P14D", ["in-person"] = "P90D" }, ["neutral", "video"], booking, length, 60, "P6M",
        [new Measure("fluency", "gap-self-rating", Side.Mentee, 2.1m, 3.5m)], [], null, new Dictionary<string, int>(), ["purpose", "gap"], 5, 10, [],
        new Dictionary<string, string>());
}
