using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.GapMap;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Knowledge;
using Mentoring.Participants.Topics;
using Mentoring.ServiceDefaults;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Topics;

public sealed class MergingTopics(ParticipantsService service)
{
    [Fact]
    public async Task What_refers_to_the_one_that_ends_refers_to_the_other_and_its_slug_and_names_still_find_it()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await Add(admin, unit, new AddTopicRequest("ki", "Our AI things", Focus.Technology, Alternatives: ["robot colleagues"]));
        await Add(admin, unit, new AddTopicRequest("ki-tools", "Our AI tools", Focus.Technology, Broader: "ki"));
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n2,Ben,Lead,1\n");
        await unit.Import("knowledge", "externalId,kind,topic,level,priority,evidence\n1,offer,ki,5,,Built one\n1,offer,generative-ai-at-work,3,,\n1,need,ki,2,true,\n2,offer,ki,4,,\n");

        var merged = await (await admin.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("generative-ai-at-work"))).ReadAs<TopicView>();

        Assert.Equal("generative-ai-at-work", merged.Slug);
        var ids = (await unit.People()).ToDictionary(person => person.Value.Id, person => person.Key);
        var known = await service.In(unit.Unit, db => db.KnownTopics.AsNoTracking().ToListAsync());
        Assert.Equal(
            [("1", KnowledgeKind.Need, 2, true, null), ("1", KnowledgeKind.Offer, 5, false, "Built one"), ("2", KnowledgeKind.Offer, 4, false, null)],
            known.Select(k => (ids[k.PersonId], k.Kind, k.Level, k.Priority, k.Evidence)).OrderBy(k => (k.Item1, k.Kind.ToString())));
        Assert.All(known, k => Assert.Equal("generative-ai-at-work", k.Topic));
        using var old = await admin.GetAsync(unit.Unit.At("topics/ki"));
        Assert.Equal("generative-ai-at-work", (await old.ReadAs<TopicView>()).Slug);
        Assert.EndsWith("/topics/generative-ai-at-work", old.Content.Headers.ContentLocation!.ToString(), StringComparison.Ordinal);
        Assert.Equal("generative-ai-at-work", Assert.Single((await Find(unit, "search=robot colleagues")).Items).Slug);
        Assert.Equal("generative-ai-at-work", (await Find(unit, "search=our ai things")).Items.Single().Slug);
        Assert.Contains((await Find(unit, "broader=generative-ai-at-work")).Items, topic => topic.Slug == "ki-tools");
        Assert.DoesNotContain((await Find(unit, "search=ki")).Items, topic => topic.Slug == "ki");

        // Asked for again it is so; another way it is refused.
        await (await admin.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("generative-ai-at-work"))).ReadAs<TopicView>();
        await admin.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("speaking-up")).IsRefused(409, "topic-merged");
    }

    [Fact]
    public async Task An_old_slug_is_taken_for_the_new_one_wherever_it_is_written()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await Add(admin, unit, new AddTopicRequest("ki", "AI", Focus.Technology));
        await Merge(admin, unit, "ki", "generative-ai-at-work");
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n");

        Assert.Equal(ImportState.Succeeded, (await unit.Import("knowledge", "externalId,kind,topic,level\n1,offer,ki,4\n")).State);
        Assert.Equal(new ImportResult(0, 0, 1, 0, 0), (await unit.Import("knowledge", "externalId,kind,topic,level\n1,offer,generative-ai-at-work,4\n")).Result);
        var twice = await unit.Import("knowledge", "externalId,kind,topic,level\n1,offer,ki,4\n1,offer,generative-ai-at-work,3\n");
        Assert.Equal((ImportState.Refused, 2), (twice.State, twice.Result!.Errors));

        var told = await (await Tell(unit, new TellMyKnowledgeRequest([new OfferRequest("ki", 3)], []))).ReadAs<MyKnowledge>();
        Assert.Equal("generative-ai-at-work", Assert.Single(told.Offers).Topic);
        using var both = await Tell(unit, new TellMyKnowledgeRequest([new OfferRequest("ki", 3), new OfferRequest("generative-ai-at-work", 3)], []));
        await both.Refused(HttpStatusCode.UnprocessableEntity, "topic-merged");
        await Add(admin, unit, new AddTopicRequest("ki-tools", "AI tools", Focus.Technology, Broader: "ki"));
        Assert.Contains((await Find(unit, "broader=generative-ai-at-work")).Items, topic => topic.Slug == "ki-tools");
        await admin.PostAsJsonAsync(unit.Unit.At("topics"), new AddTopicRequest("ki", "AI again", Focus.Technology), Json.Options).IsRefused(409, "topic-exists");
    }

    [Fact]
    public async Task A_programme_that_closes_a_gap_in_it_is_told_anew_and_so_is_whoever_is_enrolled()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await Add(admin, unit, new AddTopicRequest("ki", "AI", Focus.Technology));
        await unit.Import("people", $"externalId,givenName,familyName,email,managerExternalId,stage\n1,Ann,Boss,ann@example.org,,executive\n2,Ben,Clerk,ben@example.org,1,early\n");
        await unit.Import("knowledge", "externalId,kind,topic,level\n2,offer,ki,4\n");
        await admin.PostYaml(unit.Unit.At("programmes"), """
            name: Closing it
            gap: { sentence: Those who decide do not use it., topics: [ki, generative-ai-at-work] }
            sponsor: ann@example.org
            mentors: { stages: [early] }
            mentees: { stages: [executive] }
            measures: [{ name: fluency, instrument: gap-self-rating, side: mentee, baseline: 2.0, target: 3.5 }]
            """).Gives(HttpStatusCode.Created);
        await admin.Post(unit.Unit.At("programmes/closing-it/open")).Gives(HttpStatusCode.OK);
        var ben = (await unit.People())["2"].Id;
        using var mentor = service.As(unit.Unit, ben);
        await mentor.Post(unit.Unit.At("enrolments"), new { programme = "closing-it", side = "mentor", consent = true }).Gives(HttpStatusCode.Created);

        await Merge(admin, unit, "ki", "generative-ai-at-work");

        await Eventually.Holds(() =>
        {
            Assert.Contains(service.Bus.All<ProgrammeChanged>(unit.Unit), fact => fact.Programme.Gap.Topics.SequenceEqual(["generative-ai-at-work"]));
            Assert.Contains(service.Bus.All<ParticipantChanged>(unit.Unit), fact => fact.PersonId == ben && fact.Snapshot!.Offers.Single().Topic == "generative-ai-at-work");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_programme_that_is_just_being_made_of_it_is_waited_for()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await Add(admin, unit, new AddTopicRequest("ki", "AI", Focus.Technology));
        await unit.Import("people", "externalId,givenName,familyName,email,managerExternalId\n1,Ann,Boss,ann@example.org,\n");
        Task<HttpResponseMessage>? making = null;
        Task? merging = null;

        await service.In(unit.Unit, async db =>
        {
            await using var holding = await db.Database.BeginTransactionAsync();
            // Programmes can be read but not written: the new one is looked at, and kept from being written.
            await db.Database.ExecuteSqlAsync($"lock table programmes in share mode");
            making = admin.PostYaml(unit.Unit.At("programmes"), """
                name: Closing it
                gap: { sentence: Those who decide do not use it., topics: [ki] }
                sponsor: ann@example.org
                mentors: { stages: [early] }
                mentees: { stages: [executive] }
                measures: [{ name: fluency, instrument: gap-self-rating, side: mentee, baseline: 2.0, target: 3.5 }]
                """);
            var holder = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();
            await Eventually.Holds(async () => Assert.Equal(1L, await service.AsOwner<long>(
                $"select count(*) from pg_stat_activity where {holder} = any(pg_blocking_pids(pid))")));
            merging = Merge(admin, unit, "ki", "generative-ai-at-work");
            await Eventually.Holds(async () => Assert.True(merging.IsCompleted || await service.AsOwner<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0") == 2));
            await holding.CommitAsync();
            return 0;
        });

        await making!.Gives(HttpStatusCode.Created);
        await merging!;
        Assert.Equal(["generative-ai-at-work"], (await service.In(unit.Unit, db => db.Programmes.AsNoTracking().SingleAsync())).Settings.Gap.Topics);
    }

    [Fact]
    public async Task A_topic_that_is_merged_into_one_below_it_leaves_a_tree()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        foreach (var (slug, broader) in new[] { ("top", null), ("a", "top"), ("b", "a"), ("c", "b"), ("d", "a") })
            await Add(admin, unit, new AddTopicRequest(slug, slug, Focus.Culture, Broader: broader));

        await Merge(admin, unit, "a", "c");

        string[] ours = ["top", "a", "b", "c", "d"];
        var tree = await service.In(unit.Unit, db => db.Topics.AsNoTracking().Where(topic => ours.Contains(topic.Slug)).ToDictionaryAsync(topic => topic.Slug, topic => topic.Broader));
        Assert.Equal(new Dictionary<string, string?> { ["top"] = null, ["a"] = null, ["b"] = "c", ["c"] = "top", ["d"] = "c" }, tree);
        // And once more: what was merged before follows.
        await Merge(admin, unit, "c", "top");
        using var first = await admin.GetAsync(unit.Unit.At("topics/a"));
        Assert.Equal("top", (await first.ReadAs<TopicView>()).Slug);
    }

    [Fact]
    public async Task What_cannot_be_merged_is_refused_and_nothing_changes()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await Add(admin, unit, new AddTopicRequest("ki", "AI", Focus.Technology));
        await Add(admin, unit, new AddTopicRequest("gone", "Gone", Focus.Technology));
        await Retire(admin, unit, "gone");

        await admin.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("ki")).IsRefused(422, "topic-same");
        await admin.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("nowhere")).IsRefused(422, "topic-unknown");
        await admin.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("gone")).IsRefused(422, "topic-retired");
        await admin.PostAsJsonAsync(unit.Unit.At("topics/nowhere/merge"), new MergeTopicRequest("ki")).IsRefused(404, "not-found");
        using var somebody = unit.Somebody();
        await somebody.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("speaking-up")).IsRefused(403, "role-missing");
        await somebody.Post(unit.Unit.At("topics/ki/retire")).IsRefused(403, "role-missing");
        Assert.Single((await Find(unit, "search=ki")).Items, topic => topic.Slug == "ki");
    }

    [Fact]
    public async Task Two_merges_at_once_of_one_topic_leave_it_in_one()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await Add(admin, unit, new AddTopicRequest("ki", "AI", Focus.Technology));

        var answers = await Task.WhenAll(
            admin.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("speaking-up")),
            admin.PostAsJsonAsync(unit.Unit.At("topics/ki/merge"), new MergeTopicRequest("shift-work")));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        using var found = await admin.GetAsync(unit.Unit.At("topics/ki"));
        Assert.Equal(answers[0].IsSuccessStatusCode ? "speaking-up" : "shift-work", (await found.ReadAs<TopicView>()).Slug);
    }

    [Fact]
    public async Task A_retired_topic_is_chosen_by_nobody_and_kept_by_who_has_it()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await Add(admin, unit, new AddTopicRequest("fax", "Fax machines", Focus.Technology, Broader: "internet-in-daily-use"));
        await Add(admin, unit, new AddTopicRequest("fax-paper", "Fax paper", Focus.Technology, Broader: "fax"));
        await (await Tell(unit, new TellMyKnowledgeRequest([new OfferRequest("fax", 5)], []))).ReadAs<MyKnowledge>();
        var people = string.Concat(Enumerable.Range(1, 6).Select(i => $"{i},P{i},X,{(i == 1 ? "" : "1")}\n"));
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n" + people);
        await unit.Import("knowledge", "externalId,kind,topic,level\n" + string.Concat(Enumerable.Range(1, 6).Select(i => $"{i},offer,fax,4\n")));
        await Eventually.Is(async () => (await unit.Get<Page<GapItem>>("gap-map")).Items.FirstOrDefault(gap => gap is { Topic: "fax", Holders: 7 }));

        await Retire(admin, unit, "fax");
        await Retire(admin, unit, "fax");

        Assert.Empty((await Find(unit, "search=fax machines")).Items);
        Assert.Contains((await Find(unit, "broader=internet-in-daily-use")).Items, topic => topic.Slug == "fax-paper");
        using var alone = await admin.GetAsync(unit.Unit.At("topics/fax"));
        Assert.True((await alone.ReadAs<TopicView>()).Retired);
        await (await Tell(unit, new TellMyKnowledgeRequest([new OfferRequest("fax", 4)], []))).ReadAs<MyKnowledge>();
        var other = service.As(unit.Unit, (await unit.People())["1"].Id);
        await (await Tell(unit, new TellMyKnowledgeRequest([new OfferRequest("fax", 4)], []), other)).ReadAs<MyKnowledge>();
        await (await Tell(unit, new TellMyKnowledgeRequest([], []), other)).ReadAs<MyKnowledge>();
        using var again = await Tell(unit, new TellMyKnowledgeRequest([new OfferRequest("fax", 4)], []), other);
        await again.Refused(HttpStatusCode.UnprocessableEntity, "topic-retired");
        var import = await unit.Import("knowledge", "externalId,kind,topic,level\n1,offer,fax,4\n2,offer,fax,5\n");
        Assert.Equal((ImportState.Refused, 1), (import.State, import.Result!.Errors));
        await Eventually.Holds(async () => Assert.Empty((await unit.Get<Page<GapItem>>("gap-map")).Items));
        using var plan = await admin.PostYaml(unit.Unit.At("programmes/validate"), $"""
            template: general-electric-1999
            gap: {"{"} sentence: Those who decide do not use it., topics: [fax] {"}"}
            sponsor: {unit.AdminEmail}
            """);
        Assert.Contains("topic-retired", await plan.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task Add(HttpClient admin, Organisation unit, AddTopicRequest request)
    {
        using var added = await admin.PostAsJsonAsync(unit.Unit.At("topics"), request, Json.Options);
        Assert.True(added.StatusCode == HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
    }

    private static async Task Merge(HttpClient admin, Organisation unit, string slug, string into)
    {
        using var merged = await admin.PostAsJsonAsync(unit.Unit.At($"topics/{slug}/merge"), new MergeTopicRequest(into));
        Assert.Equal(into, (await merged.ReadAs<TopicView>()).Slug);
    }

    private static async Task Retire(HttpClient admin, Organisation unit, string slug)
    {
        using var retired = await admin.PostAsync(unit.Unit.At($"topics/{slug}/retire"), null);
        Assert.True((await retired.ReadAs<TopicView>()).Retired);
    }

    private static async Task<HttpResponseMessage> Tell(Organisation unit, TellMyKnowledgeRequest told, HttpClient? client = null)
    {
        client ??= unit.Admin;
        using var put = new HttpRequestMessage(HttpMethod.Put, unit.Unit.At("knowledge/mine")) { Content = JsonContent.Create(told, options: Json.Options) };
        put.Headers.TryAddWithoutValidation("If-Match", "*");
        return await client.SendAsync(put);
    }

    private static Task<Page<TopicView>> Find(Organisation unit, string query) => unit.Get<Page<TopicView>>($"topics?{query}");
}
