using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Notes;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Notes;

public sealed class BreakingTheGlass(SchedulingService service)
{
    private static readonly object s_safety = new { cause = "safety", reason = "A colleague fears for somebody." };

    [Fact]
    public async Task One_safeguarding_contact_asks_another_opens_and_both_can_read_for_three_days()
    {
        var pair = await Wrote();
        var (ada, bob) = (Safeguarding(pair), Safeguarding(pair));

        var glass = (await ada.Posts(pair.Own("/glass"), s_safety)).GetProperty("id").GetGuid();
        await ada.IsRefused(HttpMethod.Get, Glass(pair, glass, "/notes"), null, 403, "glass-not-open");
        await bob.Posts(Glass(pair, glass, "/open"), new { });

        foreach (var one in new[] { ada, bob })
        {
            var text = Assert.Single((await one.Json(Glass(pair, glass, "/notes"))).GetProperty("items").EnumerateArray());
            Assert.Equal(("We try it for a week.", "How you decide"), (text.Text("sharedNote"), text.GetProperty("agenda")[0].Text("text")));
            Assert.DoesNotContain("budget", text.GetRawText(), StringComparison.Ordinal);
        }
        await Safeguarding(pair).IsRefused(HttpMethod.Get, Glass(pair, glass, "/notes"), null, 403, "glass-not-open");

        service.Clock.Advance(TimeSpan.FromDays(3));
        await ada.IsRefused(HttpMethod.Get, Glass(pair, glass, "/notes"), null, 403, "glass-not-open");
        Assert.Equal("closed", (await bob.Json(pair.Unit.At("partnerships/glass"))).GetProperty("items")[0].Text("state"));
    }

    [Fact]
    public async Task The_two_are_told_when_it_opens_and_every_step_is_audited()
    {
        var pair = await Wrote();
        var ada = Safeguarding(pair);
        var glass = (await ada.Posts(pair.Own("/glass"), s_safety)).GetProperty("id").GetGuid();
        Assert.False(service.Bus.All<PairNotesOpened>(pair.Unit).Any());

        var bob = Safeguarding(pair);
        await bob.Posts(Glass(pair, glass, "/open"), new { });
        await bob.Json(Glass(pair, glass, "/notes"));

        var told = await service.Bus.Of<PairNotesOpened>(pair.Unit);
        Assert.Equal((glass, pair.MentorId, pair.MenteeId, "safety"), (told.GlassId, told.MentorId, told.MenteeId, told.Cause));
        await Eventually.Holds(() =>
        {
            var codes = service.Bus.All<ActionAudited>(pair.Unit).Where(act => act.SubjectId == pair.Id).Select(act => act.Code).ToHashSet();
            Assert.Superset(new HashSet<string> { "pair-notes-asked-for", "pair-notes-opened", "pair-notes-read" }, codes);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Nobody_opens_what_they_asked_for_and_nobody_of_the_pair_takes_part()
    {
        var pair = await Wrote();
        var ada = Safeguarding(pair);
        var mentor = service.As(pair.Unit, pair.MentorId, Roles.Safeguarding);

        var glass = (await ada.Posts(pair.Own("/glass"), s_safety)).GetProperty("id").GetGuid();

        await ada.IsRefused(Glass(pair, glass, "/open"), new { }, 422, "glass-needs-another");
        await mentor.IsRefused(Glass(pair, glass, "/open"), new { }, 422, "glass-own-pair");
        await mentor.IsRefused(pair.Own("/glass"), s_safety, 422, "glass-own-pair");
        Assert.False(service.Bus.All<PairNotesOpened>(pair.Unit).Any());
    }

    [Fact]
    public async Task What_nobody_opens_within_a_week_lapses_and_is_opened_once()
    {
        var pair = await Wrote();
        var (ada, bob) = (Safeguarding(pair), Safeguarding(pair));
        var glass = (await ada.Posts(pair.Own("/glass"), s_safety)).GetProperty("id").GetGuid();
        service.Clock.Advance(TimeSpan.FromDays(7));
        await bob.IsRefused(Glass(pair, glass, "/open"), new { }, 409, "glass-not-waiting");

        var again = (await ada.Posts(pair.Own("/glass"), s_safety)).GetProperty("id").GetGuid();
        var carl = Safeguarding(pair);
        var answers = await Task.WhenAll(new[] { bob, carl }.Select(who => who.PostAsync(Glass(pair, again, "/open"), null)));

        Assert.Equal([200, 409], answers.Select(answer => (int)answer.StatusCode).Order());
    }

    [Theory]
    [InlineData("curiosity", "Why not.")]
    [InlineData("law", "")]
    public async Task A_cause_of_two_and_a_reason_in_words_are_needed(string cause, string reason)
    {
        var pair = await Wrote();

        await Safeguarding(pair).IsRefused(pair.Own("/glass"), new { cause, reason }, 400, "invalid");
    }

    [Fact]
    public async Task Nobody_else_can_ask_open_list_or_read()
    {
        var pair = await Wrote();
        var ada = Safeguarding(pair);
        var glass = (await ada.Posts(pair.Own("/glass"), s_safety)).GetProperty("id").GetGuid();

        foreach (var other in new[] { pair.Mentor, pair.Manager, await pair.Assistant(), service.As(pair.Unit, Guid.CreateVersion7(), Roles.UnitAdmin) })
        {
            await other.IsRefused(pair.Own("/glass"), s_safety, 403, "role-missing");
            await other.IsRefused(Glass(pair, glass, "/open"), new { }, 403, "role-missing");
            foreach (var at in new[] { pair.Unit.At("partnerships/glass"), pair.Unit.At($"partnerships/glass/pairs?person={pair.MentorId}"), Glass(pair, glass, "/notes") })
                await other.IsRefused(HttpMethod.Get, at, null, 403, "role-missing");
        }
        var elsewhere = service.As(TestUnit.New(), Guid.CreateVersion7(), Roles.Safeguarding);
        Assert.False((await elsewhere.GetAsync(Glass(pair, glass, "/notes"))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Whoever_knows_one_of_the_two_finds_the_pair()
    {
        var pair = await Wrote();

        var found = Assert.Single((await Safeguarding(pair).Json(pair.Unit.At($"partnerships/glass/pairs?person={pair.MenteeId}"))).GetProperty("items").EnumerateArray());

        Assert.Equal((pair.Id, "Mara Mentor", "Enno Mentee"), (found.GetProperty("partnershipId").GetGuid(), found.GetProperty("mentor").Text("name"), found.GetProperty("mentee").Text("name")));
    }

    [Fact]
    public async Task An_erased_safeguarding_contact_leaves_the_record_without_a_name()
    {
        var pair = await Wrote();
        var id = Guid.CreateVersion7();
        await service.As(pair.Unit, id, Roles.Safeguarding).Posts(pair.Own("/glass"), s_safety);
        var message = Guid.CreateVersion7();

        await service.Publish(pair.Unit, new PersonErased(id, 9), message);
        await service.HasConsumed(message, "forget-person-when-person-erased");

        Assert.Equal(Guid.Empty, await service.In(pair.Unit, db => db.Glasses.Select(glass => glass.AskedBy).SingleAsync()));
        await Eventually.Holds(async () => Assert.Empty((await service.TracesOf(id.ToString())).Except(["platform.versions"])));
    }

    private static Uri Glass(APair pair, Guid glass, string path) => pair.Unit.At($"partnerships/glass/{glass}{path}");

    private HttpClient Safeguarding(APair pair) => service.As(pair.Unit, Guid.CreateVersion7(), Roles.Safeguarding);

    private async Task<APair> Wrote()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesNote(pair.Mentor, session, "shared", "We try it for a week.");
        await pair.WritesNote(pair.Mentor, session, "mine", "Ask about the budget.");
        await pair.WritesAgenda(pair.Mentee, session, ["How you decide"]);
        return pair;
    }
}
