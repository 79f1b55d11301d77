using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Delegates;
using Mentoring.Participants.Tests.Guests;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Participants.Tests.Delegates;

public sealed class NamingDelegates(ParticipantsService service)
{
    [Fact]
    public async Task A_mentee_names_up_to_three_and_whoever_concerned_is_told()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");
        Assert.Equal((0, "\"0\""), await Mine(senior, staff));

        var named = await Name(senior, staff, "\"0\"", "One@Example.org", "two@example.org", "one@example.org", "three@example.org").Gives(HttpStatusCode.OK);

        Assert.Equal(["one@example.org", "three@example.org", "two@example.org"], named.GetProperty("delegates").EnumerateArray().Select(one => one.Text("email")).Order());
        Assert.Contains(named.GetProperty("delegates").EnumerateArray(), one => one.Text("name") == "One Example");
        var fact = await service.Bus.Of<DelegatesChanged>(staff.Unit);
        Assert.Equal((staff["Senior"], 1L), (fact.PersonId, fact.Version));
        Assert.Equal(new[] { staff["One"], staff["Two"], staff["Three"] }.Order(), fact.Delegates);
        foreach (var name in new[] { "One", "Two", "Three" })
            await service.Bus.Of<PersonChanged>(staff.Unit, person => person.PersonId == staff[name]);
        // The chain outlives everybody, so it says that somebody named delegates and not whom.
        var act = await service.Bus.Of<ActionAudited>(staff.Unit, act => act.Code == "delegates-named");
        Assert.Equal((staff["Senior"], staff.Unit.Id), (act.ActorId, act.SubjectId));
        Assert.Equal((3, "\"1\""), await Mine(senior, staff));
        using var one = staff.As("One");
        Assert.Equal((0, "\"0\""), await Mine(one, staff));
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_an_empty_list_takes_all_back()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");
        await Name(senior, staff, "\"0\"", "one@example.org", "two@example.org").Gives(HttpStatusCode.OK);
        await Name(senior, staff, "\"1\"", "two@example.org", "one@example.org").Gives(HttpStatusCode.OK);
        Assert.Equal((2, "\"1\""), await Mine(senior, staff));

        // Also for whoever takes part no more.
        var enrolment = (await senior.Get(staff.Unit.At("enrolments/mine"), HttpStatusCode.OK)).GetProperty("items")[0].Text("id");
        await senior.Post(staff.Unit.At($"enrolments/{enrolment}/withdraw")).Gives(HttpStatusCode.NoContent);
        await Name(senior, staff, "\"1\"", "two@example.org").Gives(HttpStatusCode.OK);
        await Name(senior, staff, "\"2\"", "two@example.org", "one@example.org").IsRefused(409, "not-a-mentee");
        await Name(senior, staff, "\"2\"").Gives(HttpStatusCode.OK);

        Assert.Empty((await service.Bus.Of<DelegatesChanged>(staff.Unit, fact => fact.Version == 3)).Delegates);
        Assert.Equal((0, "\"3\""), await Mine(senior, staff));
        Assert.Equal([1L, 2L, 3L], service.Bus.All<DelegatesChanged>(staff.Unit).Select(fact => fact.Version).Order());
    }

    [Fact]
    public async Task Whoever_is_unknown_gone_or_a_guest_is_refused_alike()
    {
        var staff = await WithAMentee();
        var home = await Staff.Of(service, ("Boss", "executive"), ("Visitor", "early"));
        await GuestVisits.Admitted(service, home, staff, "Visitor");
        var guest = await service.In(staff.Unit, db => db.People.Where(person => person.IsGuest).Select(person => person.Email).SingleAsync());
        using var admin = staff.Admin();
        using var leave = new HttpRequestMessage(HttpMethod.Delete, staff.Unit.At($"people/{staff["Two"]}"));
        leave.Headers.TryAddWithoutValidation("If-Match", "*");
        await admin.SendAsync(leave).Gives(HttpStatusCode.NoContent);
        using var senior = staff.As("Senior");

        var told = new List<string>();
        foreach (var email in new[] { "nobody@example.org", "two@example.org", guest! })
        {
            var problem = await Name(senior, staff, "\"0\"", "one@example.org", email).IsRefused(422, "delegate-unknown");
            Assert.Equal(email, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
            told.Add(problem.Text("detail") + problem.GetProperty("errors").GetProperty(email)[0].GetString());
        }

        Assert.Single(told.Distinct());
        Assert.Equal((0, "\"0\""), await Mine(senior, staff));
        Assert.Empty(service.Bus.All<DelegatesChanged>(staff.Unit));
    }

    [Fact]
    public async Task Oneself_a_fourth_and_what_is_no_address_are_refused_and_so_is_whoever_mentors()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");
        await Name(senior, staff, "\"0\"", "senior@example.org").IsRefused(422, "delegate-is-oneself");
        await Name(senior, staff, "\"0\"", "one@example.org", "two@example.org", "three@example.org", "four@example.org").IsRefused(422, "too-many-delegates");
        await Name(senior, staff, "\"0\"", "One <one@example.org>").IsRefused(400, "invalid");
        await Name(senior, staff, "\"0\"", "").IsRefused(400, "invalid");
        await Name(senior, staff, "\"0\"", [.. Enumerable.Range(0, 21).Select(i => $"n{i}@example.org")]).IsRefused(400, "invalid");
        await Name(senior, staff, "\"7\"", "one@example.org").IsRefused(412, "stale");
        await Name(senior, staff, null, "one@example.org").IsRefused(428, "precondition-required");
        foreach (var body in new object[] { new { delegates = new string?[] { null } }, new { delegates = (string[]?)null }, new { }, new { delegates = Array.Empty<string>(), personId = staff["One"] } })
            Assert.Equal(HttpStatusCode.BadRequest, (await Put(senior, staff, "\"0\"", body)).StatusCode);

        // Nor do others find out by it whose address there is.
        using var one = staff.As("One");
        await Name(one, staff, "\"0\"", "two@example.org").IsRefused(409, "not-a-mentee");
        await Name(one, staff, "\"0\"", "nobody@example.org").IsRefused(409, "not-a-mentee");
        using var stranger = service.As(staff.Unit, Guid.CreateVersion7());
        await Name(stranger, staff, "\"0\"", "one@example.org").IsRefused(404, "not-found");
        Assert.Empty(service.Bus.All<DelegatesChanged>(staff.Unit));
    }

    [Fact]
    public async Task Two_changes_at_once_do_not_overwrite_one_another()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");

        foreach (var etag in new[] { "\"0\"", "\"1\"" })
        {
            var mails = etag == "\"0\"" ? new[] { "one@example.org", "two@example.org" } : ["three@example.org", "four@example.org"];
            var both = await Task.WhenAll(mails.Select(email => Name(senior, staff, etag, email)));
            Assert.Equal([200, 412], both.Select(answer => (int)answer.StatusCode).Order());
        }

        Assert.Equal((1, "\"2\""), await Mine(senior, staff));
    }

    [Theory]
    [InlineData("One")]
    [InlineData("Senior")]
    public async Task It_ends_when_either_leaves(string leaver)
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");
        await Name(senior, staff, "\"0\"", "one@example.org", "two@example.org").Gives(HttpStatusCode.OK);
        using var admin = staff.Admin();
        using var leave = new HttpRequestMessage(HttpMethod.Delete, staff.Unit.At($"people/{staff[leaver]}"));
        leave.Headers.TryAddWithoutValidation("If-Match", "*");

        await admin.SendAsync(leave).Gives(HttpStatusCode.NoContent);

        var told = await service.Bus.Of<DelegatesChanged>(staff.Unit, fact => fact.Version == 2);
        Assert.Equal(leaver == "One" ? [staff["Two"]] : [], told.Delegates);
        Assert.Equal(told.Delegates, await service.In(staff.Unit, db => db.Delegates.Where(list => list.PersonId == staff["Senior"]).Select(list => list.DelegateIds).SingleAsync()));
    }

    [Fact]
    public async Task Somebody_who_leaves_at_this_moment_is_not_named()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");
        Task<HttpResponseMessage>? naming = null;

        await service.In(staff.Unit, async db =>
        {
            await using var leaving = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"update people set gone = true, version = version + 1 where id = {staff["One"]}");
            naming = Name(senior, staff, "\"0\"", "one@example.org");
            var leaver = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();
            await Eventually.Holds(async () => Assert.Equal(1L, await service.AsOwner<long>($"select count(*) from pg_stat_activity where {leaver} = any(pg_blocking_pids(pid))")));
            await leaving.CommitAsync();
            return 0;
        });

        await naming!.IsRefused(422, "delegate-unknown");
    }

    [Fact]
    public async Task Both_take_it_along_as_ids()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");
        await Name(senior, staff, "\"0\"", "one@example.org").Gives(HttpStatusCode.OK);
        using var one = staff.As("One");

        var mine = (await senior.Get(staff.Unit.At("people/me/export"), HttpStatusCode.OK)).GetProperty("data");
        var theirs = (await one.Get(staff.Unit.At("people/me/export"), HttpStatusCode.OK)).GetProperty("data");

        Assert.Equal((staff["One"], 0), (Assert.Single(mine.GetProperty("delegates").EnumerateArray()).GetGuid(), mine.GetProperty("booksFor").GetArrayLength()));
        Assert.Equal((0, staff["Senior"]), (theirs.GetProperty("delegates").GetArrayLength(), Assert.Single(theirs.GetProperty("booksFor").EnumerateArray()).GetGuid()));
    }

    [Fact]
    public async Task Lists_are_told_again_as_they_stand()
    {
        var staff = await WithAMentee();
        using var senior = staff.As("Senior");
        await Name(senior, staff, "\"0\"", "one@example.org").Gives(HttpStatusCode.OK);
        await service.Bus.Of<DelegatesChanged>(staff.Unit);

        await using (var scope = service.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(staff.Unit.Id);
            await scope.ServiceProvider.GetServices<IRepublish>().OfType<RepublishDelegates>().Single().Republish(CancellationToken.None);
        }

        await Eventually.Holds(() =>
        {
            Assert.Equal(2, service.Bus.All<DelegatesChanged>(staff.Unit).Count);
            return Task.CompletedTask;
        });
        Assert.All(service.Bus.All<DelegatesChanged>(staff.Unit), fact => Assert.Equal((1L, staff["One"]), (fact.Version, Assert.Single(fact.Delegates))));
    }

    [Fact]
    public void A_list_never_has_more_than_three_nor_its_owner_and_its_version_rises_with_each_change_alone()
    {
        var people = Enumerable.Range(0, 6).Select(i => new Guid(i, 0, 0, new byte[8])).ToArray();
        var step = Gen.Choose(0, 5).Select(i => people[i]).ListOf().Select(them => (Who: them.ToArray(), Leaves: false))
            .Or(Gen.Choose(0, 5).Select(i => (Who: new[] { people[i] }, Leaves: true)));
        Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var list = DelegateList.Empty(people[0]);
            foreach (var (who, leaves) in steps)
            {
                var (before, version) = (list.DelegateIds, list.Version);
                var told = leaves ? list.Without(who[0]) : null;
                var refusal = leaves ? null : list.Name(who);
                var changed = !before.SequenceEqual(list.DelegateIds);
                if (list.DelegateIds.Count > DelegateList.Most || list.DelegateIds.Contains(people[0]) || list.DelegateIds.Distinct().Count() != list.DelegateIds.Count
                    || list.Version != version + (changed ? 1 : 0) || (leaves && told is not null != changed) || (refusal is not null && changed)
                    || (!leaves && refusal is null && !list.DelegateIds.ToHashSet().SetEquals(who)) || (leaves && list.DelegateIds.Contains(who[0])))
                    return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    private async Task<Staff> WithAMentee()
    {
        var staff = await Staff.Of(
            service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"), ("One", "established"), ("Two", "early"), ("Three", "early"), ("Four", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        using var senior = staff.As("Senior");
        await senior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentee", consent = true }).Gives(HttpStatusCode.Created);
        return staff;
    }

    private static async Task<(int Count, string? Etag)> Mine(HttpClient who, Staff staff)
    {
        using var answer = await who.GetAsync(staff.Unit.At("people/me/delegates"));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (body.RootElement.GetProperty("delegates").GetArrayLength(), answer.Headers.ETag?.Tag);
    }

    internal static Task<HttpResponseMessage> Name(HttpClient who, Staff staff, string? etag, params string[] delegates) => Put(who, staff, etag, new { delegates });

    private static async Task<HttpResponseMessage> Put(HttpClient who, Staff staff, string? etag, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, staff.Unit.At("people/me/delegates")) { Content = JsonContent.Create(body) };
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await who.SendAsync(request);
    }
}
