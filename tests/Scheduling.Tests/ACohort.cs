using System.Globalization;
using System.Text.Json;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
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
public sealed class ACohort
{
    private static readonly string[] Zones = ["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "Europe/Lisbon"];

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
    /// <param name="offered">The hours somebody has offered, by zone; null for the default ones.</param>
    public static async Task<ACohort> Ready(
        SchedulingService service, int pairs, string booking = "platform", Func<string, OfferedHours?>? offered = null)
    {
        service.GoToMonday();
        var cohort = new ACohort(service, TestUnit.New(), Guid.CreateVersion7());
        var mentors = Enumerable.Range(0, (pairs + 2) / 3).Select(_ => Guid.CreateVersion7()).ToArray();
        cohort.Pairs =
        [
            .. Enumerable.Range(0, pairs).Select(i => new PairFormed(
                Guid.CreateVersion7(), 1, cohort.ProgrammeId, mentors[i / 3], Guid.CreateVersion7(), "first", [], "They fit.")),
        ];
        await service.In(cohort.Unit, async db =>
        {
            var terms = new ProgrammeTerms { Id = cohort.ProgrammeId };
            terms.Take(cohort.Programme(booking));
            db.Programmes.Add(terms);
            foreach (var (i, fact) in cohort.Pairs.Index())
            {
                var pair = Partnership.Form(fact, service.Clock.GetUtcNow());
                pair.PrefillCharter(terms);
                pair.Sign(Side.Mentor, 1, service.Clock.GetUtcNow());
                pair.Sign(Side.Mentee, 1, service.Clock.GetUtcNow());
                db.Partnerships.Add(pair);
                var zone = Zones[i / 3 % Zones.Length];
                if (i % 3 == 0)
                    Add(db, fact.MentorId, Side.Mentor, zone);
                // Most sit where their mentor does.
                Add(db, fact.MenteeId, Side.Mentee, i % 4 == 0 ? Zones[(i / 3 + 1) % Zones.Length] : zone);
            }
            return await db.SaveChangesAsync();

            void Add(SchedulingDb db, Guid person, Side side, string zone)
            {
                db.People.Add(new Person { Id = person, Name = "Somebody", TimeZone = zone });
                db.Preparations.Add(new Preparation { ProgrammeId = cohort.ProgrammeId, PersonId = person, Side = side });
                if (offered?.Invoke(zone) is { } hours)
                {
                    db.Hours.Add(new OfferedHours
                    {
                        PersonId = person, TimeZone = hours.TimeZone, Weekly = hours.Weekly, Exceptions = hours.Exceptions, MinimumNotice = hours.MinimumNotice, Version = 1,
                    });
                }
            }
        });
        return cohort;
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
        Eventually.Holds(async () => Assert.Equal("done", (await Activation()).Text("state")), TimeSpan.FromSeconds(60));

    /// <summary>
    /// Every pair's series stands in sessions, times, timers and facts, each once; nobody is in two sessions at once, cancelled ones aside.
    /// </summary>
    public async Task IsWholeAndNobodyIsBookedTwice()
    {
        var (pairs, sessions, times) = await Service.In(Unit, async db => (
            await db.Partnerships.AsNoTracking().Where(pair => pair.ProgrammeId == ProgrammeId).ToListAsync(),
            await db.Sessions.AsNoTracking().Where(session => session.ProgrammeId == ProgrammeId && session.State == SessionState.Booked).ToListAsync(),
            await db.BookedTimes.AsNoTracking().ToListAsync()));
        var ofPair = sessions.ToLookup(session => session.PartnershipId);
        Assert.All(pairs, pair =>
        {
            Assert.NotNull(pair.ActivatedAt);
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
        var standing = sessions.Select(session => session.Id).ToHashSet();
        Assert.Equal(
            sessions.SelectMany(session => new[] { (session.Id, session.MentorId), (session.Id, session.MenteeId) }).Order(),
            times.Where(time => standing.Contains(time.SessionId)).Select(time => (time.SessionId, time.PersonId)).Order());
        Assert.Equal(sessions.Count, await Timers("session-question"));
        foreach (var timer in new[] { "partnership-end", "partnership-continuation" })
            Assert.Equal(pairs.Count, await Timers(timer));
        Assert.Equal(0, await Timers(ActivatePartnership.Name));
    }

    public Task<long> Timers(string name) =>
        Service.AsOwner<long>(string.Create(CultureInfo.InvariantCulture, $"select count(*) from platform.timers where unit_id = '{Unit.Id}' and name = '{name}'"));

    private Programme Programme(string booking) => new(
        Slug, "A whole wave at once", null, new Gap("A gap.", null, [], null), Direction.Reverse, Guid.CreateVersion7(), null, [ManagerId],
        new Eligibility([CareerStage.Early], 3), new Eligibility([CareerStage.Executive], 1), [new Wave("first", true, null, null, false, null)],
        new Dictionary<string, string> { ["video"] = "P14D", ["in-person"] = "P90D" }, ["neutral", "video"], booking, "P6M", 60, "P6M",
        [new Measure("fluency", "gap-self-rating", Side.Mentee, 2.1m, 3.5m)], [], null, new Dictionary<string, int>(), ["purpose", "gap"], 5, 10, [],
        new Dictionary<string, string>());
}
