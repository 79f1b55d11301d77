using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Programmes;

public sealed class RunningAProgramme(ParticipantsService service)
{
    [Fact]
    public async Task Opening_it_tells_everybody_whole_and_only_once()
    {
        var (staff, id) = await Open();

        var opened = await service.Bus.Of<ProgrammeOpened>(staff.Unit);
        Assert.Equal((id, "ai", staff["Chief"]), (opened.ProgrammeId, opened.Programme.Slug, opened.Programme.SponsorId));
        Assert.Equal([("sponsor", true), ("executives", false)], opened.Programme.Waves.Select(wave => (wave.Name, wave.Unlocked)));
        Assert.Equal(3, opened.Programme.SameChainAtDistance);

        using var admin = staff.Admin();
        await admin.Post(staff.Unit.At("programmes/ai/open")).IsRefused(409, "programme-not-draft");
        using var junior = staff.As("Junior");
        await junior.Post(staff.Unit.At("programmes/ai/close")).IsRefused(403, "role-missing");
        var view = await junior.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK);
        Assert.DoesNotContain("example.org", view.ToString(), StringComparison.OrdinalIgnoreCase);
        await junior.GetAsync(staff.Unit.At("programmes/ai/file")).IsRefused(403, "role-missing");
    }

    [Fact]
    public async Task How_pairs_are_found_is_read_and_told_as_the_file_says()
    {
        var (staff, _) = await Open("matching: { mode: self-chosen, grades: { atLeast: 1, atMost: 2 }, authority: { sameChainAtDistance: 3, notUnderDirectReport: true } }");

        var fact = (await service.Bus.Of<ProgrammeOpened>(staff.Unit)).Programme;
        Assert.Equal((MatchingMode.SelfChosen, new GradeDistance(1, 2), true), (fact.Mode, fact.Grades, fact.NotUnderDirectReport));
        using var junior = staff.As("Junior");
        var matching = (await junior.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK)).GetProperty("matching");
        Assert.Equal("self-chosen", matching.Text("mode"));
        Assert.Equal((1, 2), (matching.GetProperty("grades").GetProperty("atLeast").GetInt32(), matching.GetProperty("grades").GetProperty("atMost").GetInt32()));
        Assert.True(matching.GetProperty("notUnderDirectReport").GetBoolean());
        Assert.Contains("grades", matching.GetProperty("hard").EnumerateArray().Select(rule => rule.GetString()));
    }

    [Fact]
    public async Task Whoever_writes_a_file_finds_every_setting_in_the_description_of_the_api()
    {
        using var client = service.AsOperator();
        var document = await client.Get(new Uri("/openapi/v1.json", UriKind.Relative), HttpStatusCode.OK);
        var description = document.GetProperty("paths").GetProperty("/api/v1/units/{unit}/programmes").GetProperty("post").Text("description");
        Assert.Contains("notUnderDirectReport: true", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wave_unlocks_once_the_sponsors_pair_has_really_met_whatever_the_order_of_facts()
    {
        var (staff, id) = await Open();
        var pair = Guid.CreateVersion7();
        var (first, second) = (Session(staff, id, pair), Session(staff, id, pair));

        // One session is taken back before it is heard of, the other comes three times, and both come before their pair.
        await service.Publish(staff.Unit, new SessionHeldRetracted(
            second.SessionId, second.Version + 1, pair, id, second.MentorId, second.MenteeId, second.Wave, second.StartsAt));
        await Eventually.Holds(async () => Assert.Equal(1, await service.In(staff.Unit, db => db.ProgrammeSessions.CountAsync())));
        await service.Publish(staff.Unit, second);
        var message = Guid.CreateVersion7();
        await service.Publish(staff.Unit, first, message);
        await service.Publish(staff.Unit, first, message);
        await service.Publish(staff.Unit, first);
        await Eventually.Holds(async () => Assert.Equal(2, await service.In(staff.Unit, db => db.ProgrammeSessions.CountAsync())));
        await service.Publish(staff.Unit, new PairFormed(pair, 1, id, staff["Junior"], staff["Chief"], "sponsor", [], "A good match."));

        using var admin = staff.Admin();
        await Eventually.Holds(async () => Assert.Contains("has met once", (await Wave(admin, staff)).Text("lockedBecause"), StringComparison.Ordinal));
        Assert.Empty(service.Bus.All<WaveUnlocked>(staff.Unit));

        await service.Publish(staff.Unit, second with { Version = second.Version + 2 });

        var unlocked = await service.Bus.Of<WaveUnlocked>(staff.Unit);
        Assert.Equal("executives", unlocked.Wave);
        var changed = await service.Bus.Of<ProgrammeChanged>(staff.Unit, changed => changed.Version == unlocked.Version);
        Assert.All(changed.Programme.Waves, wave => Assert.True(wave.Unlocked));
        Assert.Equal(unlocked.Why, (await Wave(admin, staff)).Text("unlockedWhy"));
    }

    [Fact]
    public async Task A_red_gate_refuses_expansion_until_the_sponsor_overrides_in_writing()
    {
        var (staff, id) = await Open();
        using var manager = staff.As("Manager", (id, Roles.ProgrammeManager));
        using var sponsor = staff.As("Chief", (id, Roles.Sponsor));
        var expand = staff.Unit.At("programmes/ai/expand");
        await manager.Post(expand, new { }).IsRefused(422, "review-missing");

        var review = new ReviewPublished(Guid.CreateVersion7(), 1, id, Green: false,
            [new("sessions-held", false, 0.5m, "Half of the planned sessions were held; the gate is 0.8."), new("acceptance", true, 0.9m, "Met.")]);
        await service.Publish(staff.Unit, review);
        await Eventually.Holds(async () =>
        {
            var problem = await manager.Post(expand, new { reviewId = review.ReviewId }).IsRefused(422, "gate-red");
            var gate = Assert.Single(problem.GetProperty("errors").EnumerateObject());
            Assert.Equal("sessions-held", gate.Name);
        });
        await manager.Post(expand, new { @override = "we should go ahead" }).IsRefused(403, "role-missing");
        await sponsor.Post(expand, new { @override = "no" }).IsRefused(400, "invalid");

        var view = await sponsor.Post(expand, new { @override = "The strike explains the figure." }).Gives(HttpStatusCode.OK);

        Assert.Equal("The strike explains the figure.", view.GetProperty("expansion").GetProperty("done")[0].Text("overrideReason"));
        var expanded = await service.Bus.Of<ProgrammeExpanded>(staff.Unit);
        Assert.Equal((review.ReviewId, "The strike explains the figure."), (expanded.ReviewId, expanded.OverrideReason));
        await sponsor.Post(expand, new { }).IsRefused(409, "already-expanded");
    }

    [Fact]
    public async Task A_day_unlocks_its_wave()
    {
        var day = DateOnly.FromDateTime(service.Clock.GetUtcNow().UtcDateTime).AddDays(3);
        var (staff, _) = await Open($"waves: [{{ name: first }}, {{ name: later, unlock: {{ date: {day:yyyy-MM-dd} }} }}]");
        Assert.Empty(service.Bus.All<WaveUnlocked>(staff.Unit));

        service.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal("later", (await service.Bus.Of<WaveUnlocked>(staff.Unit)).Wave);
    }

    [Fact]
    public async Task A_review_that_nobody_wrote_falls_due_and_one_that_was_written_does_not()
    {
        var (staff, id) = await Open("review: P3M");

        service.Clock.Advance(TimeSpan.FromDays(93));
        await service.Bus.Of<ReviewFellDue>(staff.Unit, due => due.ProgrammeId == id);

        await service.Publish(staff.Unit, new ReviewPublished(Guid.CreateVersion7(service.Clock.GetUtcNow()), 1, id, Green: false, []));
        using var admin = staff.Admin();
        await Eventually.Holds(async () => Assert.NotEqual(
            JsonValueKind.Null, (await admin.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK)).GetProperty("expansion").GetProperty("latestReview").ValueKind));
        service.Clock.Advance(TimeSpan.FromDays(92));
        await Fired("programme-review", staff.Unit);
        Assert.Single(service.Bus.All<ReviewFellDue>(staff.Unit));

        // And falls due again where the next is not written.
        service.Clock.Advance(TimeSpan.FromDays(92));
        await Eventually.Holds(() => { Assert.Equal(2, service.Bus.All<ReviewFellDue>(staff.Unit).Count); return Task.CompletedTask; });
    }

    [Fact]
    public async Task The_mentors_forum_comes_round_while_the_file_says_so()
    {
        var (staff, id) = await Open("forum: { name: Mentors' forum, every: P1M }");
        using var junior = staff.As("Junior");
        await junior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true }).Gives(HttpStatusCode.Created);

        service.Clock.Advance(TimeSpan.FromDays(32));

        var due = await service.Bus.Of<ForumFellDue>(staff.Unit);
        Assert.Equal((id, "Mentors' forum"), (due.ProgrammeId, due.Name));
        Assert.Equal([staff["Junior"]], due.MentorIds);
        using var admin = staff.Admin();
        await admin.Post(staff.Unit.At("programmes/ai/close")).Gives(HttpStatusCode.OK);
        Assert.False(await service.In(staff.Unit, db => db.Set<TimerRow>().AnyAsync(timer => timer.UnitId == staff.Unit.Id && timer.Name.StartsWith("programme-"))));
    }

    [Fact]
    public async Task A_forum_does_not_fall_due_where_the_mentors_have_called_a_meeting()
    {
        var (staff, id) = await Open("forum: { name: Mentors' forum, every: P1M }");
        using var manager = staff.As("Manager", (id, Roles.ProgrammeManager));
        await manager.Post(
            staff.Unit.At("circle/meetings"),
            new { programme = "ai", title = "What helps", startsAt = service.Clock.GetUtcNow().AddDays(20), minutes = 60, place = "Room 4", agenda = new[] { "What helps" } }).Gives(HttpStatusCode.Created);

        service.Clock.Advance(TimeSpan.FromDays(32));
        await Fired("programme-forum", staff.Unit);
        Assert.Empty(service.Bus.All<ForumFellDue>(staff.Unit));

        // The month after nobody has called one.
        service.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(id, (await service.Bus.Of<ForumFellDue>(staff.Unit)).ProgrammeId);
    }

    [Fact]
    public async Task Other_services_learn_of_a_manager_who_is_named_later()
    {
        var (staff, id) = await Open();
        using var admin = staff.Admin();

        await admin.Post(staff.Unit.At("members"), new { email = "junior@example.org", role = "programme-manager", programme = "ai" }).Gives(HttpStatusCode.Created);

        await service.Bus.Of<ProgrammeChanged>(staff.Unit, changed => changed.Programme.ManagerIds.Contains(staff["Junior"]));
    }

    [Fact]
    public async Task Closing_leaves_a_tombstone()
    {
        var (staff, id) = await Open();
        using var admin = staff.Admin();

        await admin.Post(staff.Unit.At("programmes/ai/close")).Gives(HttpStatusCode.OK);

        Assert.Equal(id, (await service.Bus.Of<ProgrammeClosed>(staff.Unit)).ProgrammeId);
        await admin.Post(staff.Unit.At("programmes/ai/close")).IsRefused(409, "programme-not-open");
        await admin.Post(staff.Unit.At("programmes/ai/expand"), new { }).IsRefused(409, "programme-not-open");
    }

    [Fact]
    public async Task Another_unit_gets_what_a_missing_thing_gets()
    {
        var (staff, _) = await Open();
        var other = await Staff.Of(service);
        using var stranger = other.Admin();

        await stranger.GetAsync(staff.Unit.At("programmes/ai")).IsRefused(404, "not-found");
        await stranger.GetAsync(other.Unit.At("programmes/ai")).IsRefused(404, "not-found");
        await stranger.Post(other.Unit.At("programmes/ai/open")).IsRefused(404, "not-found");
    }

    private async Task<(Staff Staff, Guid Id)> Open(string more = "")
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Manager", "established"), ("Junior", "early"));
        using var admin = staff.Admin();
        var programme = await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n{more}").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        return (staff, programme.GetProperty("id").GetGuid());
    }

    private static async Task<JsonElement> Wave(HttpClient client, Staff staff) =>
        (await client.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK)).GetProperty("waves")[1];

    /// <summary>Whatever of it was due has fired: what is left lies ahead.</summary>
    private Task Fired(string timer, TestUnit unit)
    {
        var now = service.Clock.GetUtcNow();
        return Eventually.Holds(async () => Assert.True(await service.In(unit, db => db.Set<TimerRow>()
            .Where(row => row.UnitId == unit.Id && row.Name == timer).AllAsync(row => row.DueAt > now))));
    }

    private SessionHeld Session(Staff staff, Guid programme, Guid pair) =>
        new(Guid.CreateVersion7(), 3, pair, programme, staff["Junior"], staff["Chief"], "sponsor", service.Clock.GetUtcNow());
}
