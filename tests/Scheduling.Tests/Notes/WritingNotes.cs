using System.Net.Http.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Notes;
using Mentoring.Scheduling.Sealing;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Tests.Notes;

public sealed class WritingNotes(SchedulingService service)
{
    [Fact]
    public async Task The_shared_note_is_of_both_and_a_private_one_of_its_author()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        await pair.WritesNote(pair.Mentor, session, "shared", "We try it for a week.");
        await pair.WritesNote(pair.Mentor, session, "mine", "Ask about the budget.");
        await pair.WritesNote(pair.Mentee, session, "mine", "Was I listening?");

        Assert.Equal("We try it for a week.", (await pair.Mentee.Json(pair.Note(session, "shared"))).Text("text"));
        Assert.Equal("Ask about the budget.", (await pair.Mentor.Json(pair.Note(session, "mine"))).Text("text"));
        Assert.Equal("Was I listening?", (await pair.Mentee.Json(pair.Note(session, "mine"))).Text("text"));
    }

    [Fact]
    public async Task Nobody_overwrites_what_they_have_not_read()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesNote(pair.Mentor, session, "shared", "First.");

        await pair.Mentee.IsRefused(HttpMethod.Put, pair.Note(session, "shared"), new { text = "Mine." }, 428, "precondition-required");
        await pair.WritesNote(pair.Mentee, session, "shared", "Second.", version: 1);
        using var stale = await pair.Puts(pair.Mentor, pair.Note(session, "shared"), new { text = "Third." }, version: 1);

        Assert.Equal(412, (int)stale.StatusCode);
        Assert.Equal("Second.", (await pair.Mentor.Json(pair.Note(session, "shared"))).Text("text"));
    }

    [Fact]
    public async Task Nothing_written_is_an_empty_text_and_an_emptied_note_is_one_again()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        Assert.Equal("", (await pair.Mentor.Json(pair.Note(session, "mine"))).Text("text"));

        await pair.WritesNote(pair.Mentor, session, "mine", "Something.");
        await pair.WritesNote(pair.Mentor, session, "mine", "", version: 1);

        Assert.Equal(("", "\"2\""), ((await pair.Mentor.Json(pair.Note(session, "mine"))).Text("text"), (await pair.Mentor.Json(pair.Note(session, "mine"))).Text("etag")));
        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Note(session, "mine"), new { text = new string('x', Note.LongestText + 1) }, 400, "invalid");
    }

    [Fact]
    public async Task Two_who_write_first_at_once_share_one_key()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? pair.Mentor : pair.Mentee).PutAsJsonAsync(pair.Note(session, i < 4 ? "mine" : "shared"), new { text = $"Text {i}" })));

        Assert.Contains(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode || (int)answer.StatusCode is 409 or 428, $"{answer.StatusCode}"));
        Assert.Equal(1, await service.In(pair.Unit, db => db.PairKeys.CountAsync()));
        foreach (var (who, which) in new[] { (pair.Mentor, "mine"), (pair.Mentee, "mine"), (pair.Mentor, "shared") })
            Assert.StartsWith("Text ", (await who.Json(pair.Note(session, which))).Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_database_nothing_of_it_can_be_read()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();

        await pair.WritesNote(pair.Mentor, session, "shared", "Sesquipedalian");
        await pair.WritesNote(pair.Mentor, session, "mine", "Sesquipedalian");
        await pair.WritesAgenda(pair.Mentee, session, ["Sesquipedalian"]);

        Assert.Empty(await service.TracesOf("Sesquipedalian"));
    }

    [Fact]
    public async Task What_was_put_in_the_place_of_another_does_not_open()
    {
        var pair = await APair.Meeting(service);
        var booked = await pair.Booked();
        await pair.WritesNote(pair.Mentor, booked[0], "mine", "One.");
        await pair.WritesNote(pair.Mentor, booked[1], "mine", "Another.");
        await service.In(pair.Unit, async db =>
        {
            var notes = await db.Notes.ToDictionaryAsync(note => note.SessionId);
            notes[booked[1]].Sealed = notes[booked[0]].Sealed;
            return await db.SaveChangesAsync();
        });

        using var answer = await pair.Mentor.GetAsync(pair.Note(booked[1], "mine"));

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal("One.", (await pair.Mentor.Json(pair.Note(booked[0], "mine"))).Text("text"));
    }

    [Fact]
    public async Task After_a_day_the_key_is_sealed_under_the_current_master_key_and_opens_as_before()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesNote(pair.Mentor, session, "shared", "We try it for a week.");
        var before = await service.In(pair.Unit, db => db.PairKeys.Select(key => MasterKeys.KeyOf(key.Sealed)).SingleAsync());

        var next = $"{before}-next";
        service.AddMasterKey(next);
        service.Clock.Advance(TimeSpan.FromDays(1));

        await Eventually.Holds(async () => Assert.Equal(next, await service.In(pair.Unit, db => db.PairKeys.Select(key => MasterKeys.KeyOf(key.Sealed)).SingleAsync())));
        Assert.Equal(1, await service.TimersOf(pair.Id, ResealPairKey.Name));
        Assert.Equal("We try it for a week.", (await pair.Mentee.Json(pair.Note(session, "shared"))).Text("text"));
    }

    [Fact]
    public async Task Once_the_pair_has_ended_both_can_read_and_nobody_writes()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesNote(pair.Mentor, session, "shared", "We try it for a week.");
        using var ended = await pair.Mentee.PostAsync(pair.Own("/end"), null);

        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Note(session, "shared"), new { text = "More." }, 409, "partnership-ended");
        await pair.Mentor.IsRefused(HttpMethod.Put, pair.Agenda(session), new { points = new[] { "More." } }, 409, "partnership-ended");
        Assert.Equal("We try it for a week.", (await pair.Mentee.Json(pair.Note(session, "shared"))).Text("text"));
    }

    [Fact]
    public async Task For_everybody_else_they_do_not_exist()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesNote(pair.Mentor, session, "shared", "We try it for a week.");

        foreach (var other in new[] { await pair.Assistant(), pair.Manager, pair.Somebody, service.As(pair.Unit, Guid.CreateVersion7(), "safeguarding", "unit-admin") })
        {
            foreach (var which in new[] { "shared", "mine" })
            {
                await other.FindsNothing(pair.Note(session, which));
                await other.IsRefused(HttpMethod.Put, pair.Note(session, which), new { text = "Mine." }, 404, "not-found");
            }
        }
    }

    [Fact]
    public async Task One_takes_along_what_one_may_read()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesNote(pair.Mentor, session, "shared", "We try it for a week.");
        await pair.WritesNote(pair.Mentor, session, "mine", "Ask about the budget.");
        await pair.WritesNote(pair.Mentee, session, "mine", "Was I listening?");
        await pair.WritesAgenda(pair.Mentee, session, ["How you decide"]);

        var export = await pair.Mentee.Json(pair.Unit.At("partnerships/mine/export"));

        var written = Assert.Single(export.GetProperty("data").GetProperty("partnerships")[0].GetProperty("written").EnumerateArray());
        Assert.Equal(
            (session, "We try it for a week.", "Was I listening?", "How you decide"),
            (written.GetProperty("sessionId").GetGuid(), written.Text("shared"), written.Text("mine"), written.GetProperty("agenda")[0].Text("text")));
        Assert.DoesNotContain("budget", export.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_one_of_the_two_is_erased_all_of_it_goes_with_its_key()
    {
        var pair = await APair.Active(service);
        var session = await pair.HasBooked();
        await pair.WritesNote(pair.Mentor, session, "shared", "We try it for a week.");
        await pair.WritesAgenda(pair.Mentee, session, ["How you decide"]);
        var message = Guid.CreateVersion7();

        await service.Publish(pair.Unit, new PersonErased(pair.MenteeId, 9), message);
        await service.HasConsumed(message, "forget-person-when-person-erased");

        Assert.Equal(0, await service.In(pair.Unit, async db => await db.Notes.CountAsync() + await db.Agendas.CountAsync() + await db.PairKeys.CountAsync()));
        Assert.Equal(0, await service.TimersOf(pair.Id, ResealPairKey.Name));
    }
}
