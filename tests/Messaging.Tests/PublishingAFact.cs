using System.Net;
using System.Net.Http.Json;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Messaging.Tests;

public sealed class PublishingAFact(NotesService notes)
{
    private readonly TestUnit _unit = TestUnit.New();

    [Fact]
    public async Task A_saved_fact_reaches_its_reaction_and_leaves_the_outbox()
    {
        using var client = notes.As(_unit);
        var note = await (await client.PostAsJsonAsync(_unit.At("notes"), new { text = "hello" })).Content.ReadFromJsonAsync<Note>();

        var heard = await Eventually.Is(() => notes.Heard(_unit, note!.Id));

        Assert.Equal("hello", heard.Text);
        await Eventually.Holds(async () => Assert.Equal(0L, await notes.AsOwner<long>($"select count(*) from platform.outbox where unit_id = '{_unit.Id}'")));
    }

    [Fact]
    public async Task A_change_that_is_not_saved_publishes_nothing()
    {
        await notes.In(_unit, async (db, scope) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            scope.GetRequiredService<Outbox>().Publish(new NoteWritten(Guid.CreateVersion7(), 1, "never"));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return true;
        });

        Assert.Equal(0L, await notes.AsOwner<long>($"select count(*) from platform.outbox where unit_id = '{_unit.Id}'"));
    }

    [Fact]
    public async Task A_redelivered_message_is_consumed_once_and_is_no_dead_letter()
    {
        var (fact, messageId) = (new NoteWritten(Guid.CreateVersion7(), 1, "once"), Guid.CreateVersion7());
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => notes.Publish(_unit, fact, messageId)));
        await notes.Publish(_unit, fact with { NoteId = Guid.CreateVersion7(), Text = "after" });

        await Eventually.Is(() => notes.Heard(_unit, fact.NoteId));
        await Eventually.Holds(async () => Assert.Equal(2L, await notes.AsOwner<long>($"select count(*) from heard_notes where unit_id = '{_unit.Id}'")));
        Assert.Equal(1, (await notes.Heard(_unit, fact.NoteId))!.Times);
        Assert.Equal(0L, await notes.AsOwner<long>($"select count(*) from platform.dead_letters where unit_id = '{_unit.Id}'"));
    }

    [Fact]
    public async Task A_copy_takes_only_newer_versions_whatever_the_order()
    {
        var id = Guid.CreateVersion7();
        foreach (var version in Enumerable.Range(1, 20).OrderBy(version => version * 7 % 20))
            await notes.Publish(_unit, new NoteWritten(id, version, $"v{version}"));

        await Eventually.Holds(async () => Assert.Equal("v20", (await notes.Heard(_unit, id))?.Text));
    }

    [Fact]
    public async Task No_late_fact_revives_what_was_buried()
    {
        var id = Guid.CreateVersion7();
        await notes.Publish(_unit, new NoteWritten(id, 1, "bury"));
        await Eventually.Holds(async () => Assert.Equal(long.MaxValue, await notes.AsOwner<long>($"select version from platform.versions where id = '{id}'")));

        await notes.Publish(_unit, new NoteWritten(id, 99, "late"));
        var marker = Guid.CreateVersion7();
        await notes.Publish(_unit, new NoteWritten(marker, 1, "marker"));
        await Eventually.Is(() => notes.Heard(_unit, marker));

        Assert.Equal("bury", (await notes.Heard(_unit, id))!.Text);
    }

    [Fact]
    public async Task An_outage_is_waited_out_and_counts_once()
    {
        var id = Guid.CreateVersion7();
        await notes.Publish(_unit, new NoteWritten(id, 1, "outage"));

        var heard = await Eventually.Is(() => notes.Heard(_unit, id));

        Assert.Equal(1, heard.Times);
        Assert.Equal(3, CountWhenNoteWritten.Failures[id]);
    }

    [Fact]
    public async Task A_true_failure_is_a_dead_letter_that_names_whom_it_concerns_and_can_be_requeued()
    {
        var id = Guid.CreateVersion7();
        await notes.Publish(_unit, new NoteWritten(id, 1, "poison"));

        await Eventually.Holds(async () => Assert.Equal(1L, await notes.AsOwner<long>($"select count(*) from platform.dead_letters where '{id}' = any(ids) and unit_id = '{_unit.Id}'")));
        var deadLetter = await notes.AsOwner<Guid>($"select id from platform.dead_letters where '{id}' = any(ids)");
        using var operations = notes.AsOperator();
        var requeued = await operations.PostAsync(new Uri($"/api/v1/operations/notes/dead-letters/{deadLetter}/requeue", UriKind.Relative), null);
        var again = await operations.PostAsync(new Uri($"/api/v1/operations/notes/dead-letters/{deadLetter}/requeue", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.NoContent, requeued.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        await Eventually.Holds(async () => Assert.Equal(2L, await notes.AsOwner<long>($"select count(*) from platform.dead_letters where '{id}' = any(ids)")));
    }

    [Fact]
    public async Task Republishing_tells_again_of_the_current_state()
    {
        var id = await notes.In(_unit, async (db, _) =>
        {
            var note = db.Notes.Add(new Note { Id = Guid.CreateVersion7(), Text = "untold" }).Entity;
            await db.SaveChangesAsync();
            return note.Id;
        });
        using var operations = notes.AsOperator();

        var answer = await operations.PostAsJsonAsync("/api/v1/operations/notes/republish", new { unitId = _unit.Id });

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("untold", (await Eventually.Is(() => notes.Heard(_unit, id))).Text);
    }

    [Fact]
    public async Task Operations_are_closed_to_people_of_a_unit()
    {
        using var admin = notes.As(_unit, "unit-admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync(new Uri("/api/v1/operations/notes/dead-letters", UriKind.Relative))).StatusCode);
    }
}
