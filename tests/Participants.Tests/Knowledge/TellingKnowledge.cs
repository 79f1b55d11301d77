using System.Net;
using System.Net.Http.Json;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Knowledge;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Knowledge;

public sealed class TellingKnowledge(ParticipantsService service)
{
    private static readonly TellMyKnowledgeRequest Mine = new(
        [new OfferRequest("generative-ai-at-work", 4, "I built three assistants.")], [new NeedRequest("speaking-up", 2, Priority: true)],
        ["chess"], ["in-person"], new TimeOnly(8, 30), new TimeOnly(16, 0), [" thinks aloud "], ["What it is like to come back after a year of care."]);

    [Fact]
    public async Task What_is_told_is_what_is_shown()
    {
        var unit = await service.AnOrganisation();
        using var empty = await Show(unit);
        Assert.Equal("\"0\"", empty.Headers.ETag!.Tag);
        Assert.Equal(["video", "in-person"], (await empty.ReadAs<MyKnowledge>()).Channels);

        using var told = await Tell(unit, Mine, "\"0\"");

        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        using var shown = await Show(unit);
        Assert.Equal("\"1\"", shown.Headers.ETag!.Tag);
        var knowledge = await shown.ReadAs<MyKnowledge>();
        Assert.Equal(new MyOffer("generative-ai-at-work", "generative AI at work", 4, "I built three assistants."), Assert.Single(knowledge.Offers));
        Assert.Equal(new MyNeed("speaking-up", "speaking up", 2, true), Assert.Single(knowledge.Needs));
        Assert.Equal(["chess"], knowledge.Interests);
        Assert.Equal(["thinks aloud"], knowledge.WorkingStyle);
        Assert.Equal(["What it is like to come back after a year of care."], knowledge.LivedExperience);
        Assert.Equal((new TimeOnly(8, 30), new TimeOnly(16, 0)), (knowledge.DayStartsAt, knowledge.DayEndsAt));
    }

    [Fact]
    public async Task A_change_from_an_old_reading_is_refused()
    {
        var unit = await service.AnOrganisation();
        using var first = await Tell(unit, Mine, "\"0\"");
        using var stale = await Tell(unit, Mine, "\"0\"");
        await stale.Refused(HttpStatusCode.PreconditionFailed, "stale");
        using var none = await Tell(unit, Mine, null);
        await none.Refused(HttpStatusCode.PreconditionRequired, "precondition-required");
    }

    [Fact]
    public async Task Wrong_values_are_refused_and_nothing_changes()
    {
        var unit = await service.AnOrganisation();
        using var unknown = await Tell(unit, Mine with { Needs = [new NeedRequest("no-such-topic", 1)] }, "*");
        Assert.Equal(["no-such-topic"], (await unknown.Refused(HttpStatusCode.UnprocessableEntity, "topic-unknown")).Errors!.Keys);
        using var level = await Tell(unit, Mine with { Offers = [new OfferRequest("speaking-up", 6)] }, "*");
        Assert.Contains("offers", (await level.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
        using var twice = await Tell(unit, Mine with { Needs = [new NeedRequest("speaking-up", 1), new NeedRequest("speaking-up", 2)] }, "*");
        Assert.Contains("needs", (await twice.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
        using var empty = await Tell(unit, Mine with { LivedExperience = [" "] }, "*");
        Assert.Contains("livedExperience", (await empty.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
        using var many = await Tell(unit, Mine with { WorkingStyle = [.. Enumerable.Repeat("alone", 11)] }, "*");
        Assert.Contains("workingStyle", (await many.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
        using var client = unit.Admin;
        using var request = new HttpRequestMessage(HttpMethod.Put, unit.Unit.At("knowledge/mine"))
        {
            Content = JsonContent.Create(new { offers = Array.Empty<object>(), needs = Array.Empty<object>(), age = 42 }),
        };
        using var age = await client.SendAsync(request);
        await age.Refused(HttpStatusCode.BadRequest, "unknown-field");
        Assert.Equal(0, await service.In(unit.Unit, db => db.KnownTopics.CountAsync()));
    }

    [Fact]
    public async Task Many_peoples_knowledge_comes_by_file_and_again_changes_nothing()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n2,Ben,Lead,1\n");
        const string file = "externalId,kind,topic,level,priority,evidence\n1,need,generative-ai-at-work,1,true,\n2,offer,generative-ai-at-work,5,,\"Daily, for a year\"\n";

        var import = await unit.Import("knowledge", file);

        Assert.Equal((ImportState.Succeeded, new ImportResult(2, 0, 0, 0, 0)), (import.State, import.Result!));
        Assert.Equal(new ImportResult(0, 0, 2, 0, 0), (await unit.Import("knowledge", file)).Result);
        var changed = await unit.Import("knowledge", "externalId,kind,topic,level\n2,offer,generative-ai-at-work,4\n");
        Assert.Equal(new ImportResult(0, 1, 0, 0, 0), changed.Result);
        var refused = await unit.Import("knowledge", "externalId,kind,topic,level\n9,offer,speaking-up,4\n1,wish,speaking-up,4\n1,need,no-such,4\n1,need,speaking-up,9\n");
        Assert.Equal((ImportState.Refused, 4), (refused.State, refused.Result!.Errors));
    }

    [Fact]
    public async Task A_column_the_file_lacks_leaves_what_is_stored_alone()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n");
        await unit.Import("knowledge", "externalId,kind,topic,level,priority,evidence\n1,need,generative-ai-at-work,1,true,\n1,offer,speaking-up,5,,\"Daily, for a year\"\n");

        var same = await unit.Import("knowledge", "externalId,kind,topic,level\n1,need,generative-ai-at-work,1\n1,offer,speaking-up,5\n");
        var level = await unit.Import("knowledge", "externalId,kind,topic,level,evidence\n1,need,generative-ai-at-work,2,\n1,offer,speaking-up,5,\n");

        Assert.Equal(new ImportResult(0, 0, 2, 0, 0), same.Result);
        Assert.Equal(new ImportResult(0, 2, 0, 0, 0), level.Result);
        var known = await service.In(unit.Unit, db => db.KnownTopics.AsNoTracking().OrderBy(k => k.Topic).ToListAsync());
        Assert.Equal([(2, true, null), (5, false, null)], known.Select(k => (k.Level, k.Priority, k.Evidence)));
    }

    [Fact]
    public async Task What_a_file_told_of_whoever_had_told_nothing_is_not_overwritten_unseen()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n");
        using var ann = service.As(unit.Unit, (await unit.People())["1"].Id);
        using var seen = await ann.GetAsync(unit.Unit.At("knowledge/mine"));

        await unit.Import("knowledge", "externalId,kind,topic,level\n1,offer,speaking-up,4\n");

        using var unseen = await Tell(ann, unit, new TellMyKnowledgeRequest([], []), seen.Headers.ETag!.Tag);
        await unseen.Refused(HttpStatusCode.PreconditionFailed, "stale");
        Assert.Equal(1, await service.In(unit.Unit, db => db.KnownTopics.CountAsync()));
    }

    [Fact]
    public async Task A_row_of_no_kind_takes_no_good_row_with_it()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n");

        var import = await unit.Import("knowledge", "externalId,kind,topic,level\n1,wish,speaking-up,4\n1,offer,speaking-up,4\n", "?onError=skip");

        Assert.Equal(new ImportResult(1, 0, 0, 0, 1), import.Result);
        Assert.Equal(KnowledgeKind.Offer, (await service.In(unit.Unit, db => db.KnownTopics.SingleAsync())).Kind);
    }

    [Fact]
    public async Task Lived_experience_is_not_imported_not_searched_and_not_counted()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId,stage\n" + string.Concat(Enumerable.Range(1, 6).Select(i => $"{i},P{i},X,{(i == 1 ? "" : "1")},early\n")));
        using var file = await unit.Post("knowledge", "externalId,kind,topic,level,livedExperience\n1,offer,speaking-up,4,Grew up abroad\n");
        await file.Refused(HttpStatusCode.UnprocessableEntity, "unknown-column");
        foreach (var kind in new[] { "lived-experience", "livedExperience" })
            Assert.Equal(ImportState.Refused, (await unit.Import("knowledge", $"externalId,kind,topic,level\n1,{kind},speaking-up,4\n")).State);
        foreach (var person in (await unit.People()).Values)
        {
            using var client = service.As(unit.Unit, person.Id);
            using var told = await Tell(client, unit, new TellMyKnowledgeRequest([new OfferRequest("speaking-up", 4)], [], LivedExperience: ["Zanzibarian childhood"]), "*");
            Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        }

        Assert.Empty((await unit.Get<Page<Participants.Topics.TopicView>>("topics?search=zanzibarian")).Items);
        await Testing.Eventually.Holds(async () => Assert.Equal(
            ["speaking-up"], (await unit.Get<Page<Participants.GapMap.GapItem>>("gap-map")).Items.Select(item => item.Topic)));
        // Nowhere in the service's tables but in the person's own profile.
        Assert.Equal(0L, await service.AsOwner<long>("select count(*) from topics where search like '%zanzibarian%'"));
        Assert.Equal(0L, await service.AsOwner<long>("select count(*) from platform.outbox where body like '%Zanzibarian%'"));
    }

    private static async Task<HttpResponseMessage> Show(Organisation unit)
    {
        using var client = unit.Admin;
        return await client.GetAsync(unit.Unit.At("knowledge/mine"));
    }

    private static async Task<HttpResponseMessage> Tell(Organisation unit, TellMyKnowledgeRequest request, string? ifMatch)
    {
        using var client = unit.Admin;
        return await Tell(client, unit, request, ifMatch);
    }

    private static async Task<HttpResponseMessage> Tell(HttpClient client, Organisation unit, TellMyKnowledgeRequest request, string? ifMatch)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, unit.Unit.At("knowledge/mine")) { Content = JsonContent.Create(request, options: Json.Options) };
        if (ifMatch is not null)
            put.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(put);
    }
}
