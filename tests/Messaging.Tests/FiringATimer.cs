using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Messaging.Tests;

public sealed class FiringATimer(NotesService notes)
{
    private readonly TestUnit _unit = TestUnit.New();

    private Task<int> Set(Guid key, TimeSpan later, string text) => notes.In(_unit, async (db, scope) =>
    {
        await scope.GetRequiredService<Timers>().Set(WriteNoteLater.Name, key.ToString(), notes.Clock.GetUtcNow() + later, text);
        return await db.SaveChangesAsync();
    });

    private Task<Note?> Note(Guid id) => notes.In(_unit, (db, _) => db.Notes.SingleOrDefaultAsync(note => note.Id == id));

    [Fact]
    public async Task It_fires_once_when_due_and_its_facts_go_out()
    {
        var key = Guid.CreateVersion7();
        await Set(key, TimeSpan.FromDays(-1), "due");

        Assert.Equal("due", (await Eventually.Is(() => Note(key))).Text);
        await Eventually.Is(() => notes.Heard(_unit, key));
        Assert.Equal(0L, await notes.AsOwner<long>($"select count(*) from platform.timers where unit_id = '{_unit.Id}'"));
    }

    [Fact]
    public async Task It_waits_until_it_is_due_and_setting_it_again_moves_it()
    {
        var (moved, kept) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Set(kept, TimeSpan.FromDays(400), "kept");
        await Set(moved, TimeSpan.FromDays(400), "first");
        await Set(moved, TimeSpan.FromDays(-2), "moved");

        Assert.Equal("moved", (await Eventually.Is(() => Note(moved))).Text);
        Assert.Null(await Note(kept));
        Assert.Equal(1L, await notes.AsOwner<long>($"select count(*) from platform.timers where unit_id = '{_unit.Id}'"));
    }

    /// <summary>A replica of a later release may have set it, which will fire it; what nobody knows for an hour is an error of ours.</summary>
    [Fact]
    public async Task One_that_is_not_known_here_is_left_alone_for_an_hour()
    {
        var (now, old, key) = (notes.Clock.GetUtcNow(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await notes.In(_unit, (db, _) =>
        {
            foreach (var (id, due) in new[] { (key, now.AddMinutes(-50)), (old, now.AddMinutes(-70)) })
                db.Add(new TimerRow { UnitId = _unit.Id, Name = "of-a-later-release", Key = id.ToString(), DueAt = due, Payload = "null" });
            return db.SaveChangesAsync();
        });

        await Eventually.Holds(async () => Assert.Equal(1, await notes.AsOwner<int>($"select attempts from platform.timers where key = '{old}'")));
        // Whatever is due after it has fired.
        var sound = Guid.CreateVersion7();
        await Set(sound, TimeSpan.FromMinutes(-10), "sound");
        await Eventually.Is(() => Note(sound));
        Assert.Equal(0, await notes.AsOwner<int>($"select attempts from platform.timers where key = '{key}'"));
    }

    [Fact]
    public async Task A_failing_one_keeps_its_row_and_does_not_hold_up_the_others()
    {
        var (poison, sound) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Set(poison, TimeSpan.FromDays(-3), "poison");
        await Set(sound, TimeSpan.FromDays(-2), "sound");

        await Eventually.Is(() => Note(sound));
        await Eventually.Holds(async () => Assert.True(await notes.AsOwner<int>($"select attempts from platform.timers where key = '{poison}'") >= 1));
    }
}
