using System.Net;
using System.Net.Http.Json;
using System.Text;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.GapMap;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Knowledge;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.GapMap;

public sealed class ReadingTheGapMap(ParticipantsService service)
{
    private const string Topic = "generative-ai-at-work";
    private const string Near = "prompt-writing";

    [Fact]
    public async Task It_tells_where_a_topic_is_held_and_where_it_is_needed_in_numbers_that_name_nobody()
    {
        var unit = await AUnit();

        var item = await Eventually.Is(async () => (await Read(unit)).Items.FirstOrDefault(gap => gap.Topic == Topic));

        // 12 clerks in the north and 8 in the south hold it, one with too low a level does not; 6 leads and 3 directors need it; one lead holds it.
        Assert.Equal((20, null, 9, 58), (item.Holders, item.HoldersWithAuthority, item.Needs, item.Imbalance));
        Assert.Equal(("generative AI at work", "general-electric-1999"), (item.Label, item.SuggestedTemplate));
        var gap = await Gap(unit, Topic);
        Assert.Equal(
            [new(CareerStage.Early, 12, null), new(CareerStage.Established, 8, null), new(CareerStage.Senior, null, null), new(CareerStage.Executive, null, null)],
            gap.Stages!);
        Assert.Equal(
            [new("North", 12, null, null, null), new("South", 8, null, null, null)],
            (await unit.Get<Page<GapOfUnit>>($"gap-map/{Topic}/units")).Items);
        Assert.Equal(["North / Service"], (await unit.Get<Page<GapOfUnit>>($"gap-map/{Topic}/units?unitPath=North")).Items.Select(part => part.UnitPath));
        var text = await Text(unit, "gap-map") + await Text(unit, $"gap-map/{Topic}") + await Text(unit, $"gap-map/{Topic}/units?unitPath=North");
        foreach (var person in (await unit.People()).Values)
            Assert.DoesNotContain(person.Id.ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("Clerk", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_suggests_a_programme_that_can_be_planned_as_it_is()
    {
        var unit = await AUnit();
        await Eventually.Is(async () => (await Read(unit)).Items.FirstOrDefault(item => item.Topic == Near));

        var suggestion = (await Gap(unit, Topic)).Suggestion!;

        Assert.Equal(("general-electric-1999", Direction.Reverse), (suggestion.Template, suggestion.Direction));
        Assert.Equal([Topic, Near], suggestion.Topics);
        Assert.Equal([CareerStage.Early, CareerStage.Established], suggestion.Mentors!.Stages);
        Assert.Equal(["North", "South"], suggestion.Mentors.UnitPaths);
        Assert.Equal((20, 9), (suggestion.Mentors.People, suggestion.Mentees.People));
        var yaml = $"""
            template: {suggestion.Template}
            gap:
              sentence: Those who decide on it need what those who work with it every day know.
              topics: [{string.Join(", ", suggestion.Topics)}]
            sponsor: {unit.AdminEmail}
            mentors: {"{"} stages: [{string.Join(", ", suggestion.Mentors.Stages.Select(Kebab.Of))}] {"}"}
            mentees: {"{"} stages: [{string.Join(", ", suggestion.Mentees.Stages.Select(Kebab.Of))}] {"}"}
            """;
        using var admin = unit.Admin;
        var plan = await (await admin.PostYaml(unit.Unit.At("programmes/plan"), yaml)).ReadAs<Plan>();
        Assert.True(plan.Valid, string.Join("; ", plan.Problems));
    }

    [Fact]
    public async Task A_part_whose_number_is_hidden_for_another_parts_sake_gets_no_guests_where_colleagues_hold_the_topic()
    {
        var unit = await service.AnOrganisation();
        var people = new List<(string, string, string, string)> { ("chief", "Board", "executive", "") };
        people.AddRange(Many("north", 20).Select(id => (id, "North", "early", "")));
        people.AddRange(Many("south", 12).Select(id => (id, "South", "early", "")));
        people.AddRange(Many("board", 2).Select(id => (id, "Board", "early", "")));
        people.AddRange(Many("lead", 8).Select(id => (id, "South", "senior", "")));
        Assert.Equal(ImportState.Succeeded, (await unit.Import("people", People([.. people]))).State);
        var file = new StringBuilder("externalId,kind,topic,level\n");
        foreach (var holder in Many("north", 20).Concat(Many("south", 12)).Concat(Many("board", 2)))
            file.Append($"{holder},offer,{Topic},4\n");
        foreach (var lead in Many("lead", 8))
            file.Append($"{lead},need,{Topic},2\n");
        Assert.Equal(ImportState.Succeeded, (await unit.Import("knowledge", file.ToString())).State);

        await Holders(unit, 34);
        var south = await unit.Get<GapView>($"gap-map/{Topic}?unitPath=South");
        var listed = Assert.Single((await unit.Get<Page<GapItem>>("gap-map?unitPath=South")).Items);

        // The board's two would come out of the whole less the north less the south.
        Assert.Equal((null, 8), (south.Holders, south.Needs));
        Assert.Equal(("general-electric-1999", "general-electric-1999"), (south.Suggestion!.Template, listed.SuggestedTemplate));
        Assert.Equal((null, 0), (south.Suggestion.Mentors!.People, south.Suggestion.Mentors.UnitPaths.Count));
    }

    [Fact]
    public void Every_focus_suggests_a_template_there_is_where_there_is_a_gap_and_none_where_there_is_not()
    {
        foreach (var focus in Enum.GetValues<Participants.Topics.Focus>())
        {
            Assert.Contains(Suggestion.TemplateFor(focus, 20, 20, 80), ProgrammeTemplates.Names);
            // Nobody here is known to hold it: guests do.
            Assert.Contains("guests:", ProgrammeTemplates.Find(Suggestion.TemplateFor(focus, 20, null, null)!), StringComparison.Ordinal);
            Assert.Null(Suggestion.TemplateFor(focus, null, 20, null));
            Assert.Null(Suggestion.TemplateFor(focus, 20, 20, 5));
        }
    }

    [Fact]
    public async Task Page_by_page_each_topic_comes_once_the_furthest_out_of_balance_first()
    {
        var unit = await AUnit();
        await Eventually.Is(async () => (await Read(unit)).Items is { Count: 3 } all ? all : null);

        var items = new List<GapItem>();
        string? next = null;
        do
        {
            var page = await unit.Get<Page<GapItem>>($"gap-map?limit=1&after={next}");
            items.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal((await Read(unit)).Items, items);
        Assert.Equal([Topic, Near, "speaking-up"], items.Select(item => item.Topic));
        Assert.Equal(["speaking-up"], (await unit.Get<Page<GapItem>>("gap-map?focus=culture")).Items.Select(item => item.Topic));
        Assert.Equal(12, (await unit.Get<Page<GapItem>>("gap-map?unitPath=North")).Items.Single(item => item.Topic == Topic).Holders);
        Assert.Empty((await unit.Get<Page<GapItem>>("gap-map?unitPath=Nowhere")).Items);
    }

    [Fact]
    public async Task It_follows_leavers_movers_and_what_people_take_back()
    {
        var unit = await AUnit();
        await Holders(unit, 20);

        // A leaver by file, one by hand, one who moves up, and one who no longer offers it.
        await unit.Import("people", People(("clerk1", "North / Service", "early", "2020-01-01"), ("clerk2", "North / Service", "senior", "")));
        var people = await unit.People();
        using (var admin = unit.Admin)
        {
            using var remove = new HttpRequestMessage(HttpMethod.Delete, unit.Unit.At($"people/{people["clerk3"].Id}"));
            remove.Headers.TryAddWithoutValidation("If-Match", "*");
            using var removed = await admin.SendAsync(remove);
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }
        await Tell(unit, people["clerk4"].Id, new TellMyKnowledgeRequest([], []));

        await Holders(unit, 16);
        await unit.Import("people", People(("clerk5", "South / Depot", "early", "")));
        await Eventually.Holds(async () => Assert.Equal(
            [("North", 7), ("South", 9)], (await unit.Get<Page<GapOfUnit>>($"gap-map/{Topic}/units")).Items.Select(part => (part.UnitPath, part.Holders ?? 0))));
    }

    [Fact]
    public async Task Whoever_is_deleted_is_counted_nowhere_and_small_numbers_are_stored_nowhere()
    {
        var unit = await AUnit();
        await Holders(unit, 20);

        await service.In(unit.Unit, db => db.People.Where(person => person.ExternalId!.StartsWith("clerk1")).ExecuteDeleteAsync());

        // clerk1, and clerk10 to clerk19: 3 of the north and 8 of the south.
        await Holders(unit, 9);
        Assert.Equal(0, await service.In(unit.Unit, db => db.GapCounts.CountAsync(count =>
            count.Holders < SafeCounts.K || count.HoldersWithAuthority < SafeCounts.K || count.Needs < SafeCounts.K)));
    }

    [Fact]
    public async Task Another_unit_sees_nothing_of_it_and_who_has_no_such_role_is_refused()
    {
        var unit = await AUnit();
        var other = await service.AnOrganisation();
        await Holders(unit, 20);

        Assert.Empty((await Read(other)).Items);
        Assert.Null((await Gap(other, Topic)).Holders);
        using var somebody = unit.Somebody();
        await somebody.GetAsync(unit.Unit.At("gap-map")).IsRefused(403, "role-missing");
        await somebody.GetAsync(unit.Unit.At($"gap-map/{Topic}")).IsRefused(403, "role-missing");
        using var admin = unit.Admin;
        await admin.GetAsync(unit.Unit.At("gap-map/no-such-topic")).IsRefused(404, "not-found");
        await admin.GetAsync(unit.Unit.At("gap-map?focus=youth")).IsRefused(400, "invalid");
        await admin.GetAsync(unit.Unit.At($"gap-map?after={Cursor.Of("strange")}")).IsRefused(400, "invalid");
    }

    /// <summary>A chief, two directors, seven leads and 21 clerks in two parts of the organisation, with what they told.</summary>
    private async Task<Organisation> AUnit()
    {
        var unit = await service.AnOrganisation();
        var people = new List<(string, string, string, string)> { ("chief", "Board", "executive", "") };
        people.AddRange(Many("director", 2).Select(id => (id, "Board", "executive", "")));
        people.AddRange(Many("lead", 7).Select(id => (id, "North / Service", "senior", "")));
        people.AddRange(Many("clerk", 12).Select(id => (id, "North / Service", "early", "")));
        people.AddRange(Many("clerk", 21).Skip(12).Select(id => (id, "South / Depot", "established", "")));
        Assert.Equal(ImportState.Succeeded, (await unit.Import("people", People([.. people]))).State);

        var file = new StringBuilder("externalId,kind,topic,level\n");
        foreach (var clerk in Many("clerk", 20))
            file.Append($"{clerk},offer,{Topic},4\n{clerk},offer,{Near},3\n{clerk},offer,speaking-up,3\n");
        file.Append($"clerk21,offer,{Topic},2\nlead7,offer,{Topic},5\n");
        foreach (var decider in Many("lead", 6).Append("chief").Concat(Many("director", 2)))
            file.Append($"{decider},need,{Topic},2\n");
        foreach (var decider in Many("lead", 7))
            file.Append($"{decider},need,{Near},2\n");
        // What somebody without authority needs is another matter.
        file.Append($"clerk21,need,{Topic},3\n");
        Assert.Equal(ImportState.Succeeded, (await unit.Import("knowledge", file.ToString())).State);
        return unit;
    }

    private static IEnumerable<string> Many(string name, int count) => Enumerable.Range(1, count).Select(i => $"{name}{i}");

    private static string People(params (string Id, string Path, string Stage, string LeftOn)[] people) =>
        "externalId,givenName,familyName,managerExternalId,unitPath,stage,leftOn\n"
        + string.Concat(people.Select(person => $"{person.Id},Clerk,{person.Id},{(person.Id == "chief" ? "" : "chief")},{person.Path},{person.Stage},{person.LeftOn}\n"));

    private static Task<Page<GapItem>> Read(Organisation unit) => unit.Get<Page<GapItem>>("gap-map");

    private static Task<GapView> Gap(Organisation unit, string topic) => unit.Get<GapView>($"gap-map/{topic}");

    private static Task Holders(Organisation unit, int expected) => Eventually.Holds(async () => Assert.Equal(expected, (await Gap(unit, Topic)).Holders));

    private static async Task<string> Text(Organisation unit, string path)
    {
        using var admin = unit.Admin;
        return await admin.GetStringAsync(unit.Unit.At(path));
    }

    private async Task Tell(Organisation unit, Guid personId, TellMyKnowledgeRequest told)
    {
        using var client = service.As(unit.Unit, personId, Roles.Participant);
        using var put = new HttpRequestMessage(HttpMethod.Put, unit.Unit.At("knowledge/mine")) { Content = JsonContent.Create(told, options: Json.Options) };
        put.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await client.SendAsync(put);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
