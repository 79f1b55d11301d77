using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Messaging.Tests;

public sealed class FiringTimersApart(NotesService notes)
{
    private readonly TestUnit _unit = TestUnit.New();

    [Fact]
    public async Task Each_is_taken_by_one_of_two_replicas_and_its_own_save_lets_go()
    {
        await using var second = notes.Build(notes.Owner, notes.Role);
        await second.StartAsync();
        Guid[] keys = [.. Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7())];

        await Set<AskForNote>("asked", keys);

        await Eventually.Holds(async () => Assert.Equal(100, await notes.In(_unit, (db, _) => db.Notes.CountAsync())));
        Assert.All(keys, key => Assert.Equal(1, AskForNote.Asked[key]));
        Assert.Equal(0, await Left());
        await second.StopAsync();
    }

    [Fact]
    public async Task Slow_ones_hold_up_no_other_timer_and_hold_no_row()
    {
        Guid[] slow = [.. Enumerable.Range(0, 40).Select(_ => Guid.CreateVersion7())];
        foreach (var key in slow)
            AskForNote.Slow[key] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await Set<AskForNote>("slow", slow);
            await Eventually.Holds(() =>
            {
                // As many as one does at once, and no more.
                Assert.Equal(16, slow.Count(AskForNote.Asked.ContainsKey));
                return Task.CompletedTask;
            });
            var other = Guid.CreateVersion7();

            await Set<WriteNoteLater>("in time", other);

            await Eventually.Is(() => notes.In(_unit, (db, _) => db.Notes.SingleOrDefaultAsync(note => note.Id == other)));
            Assert.Equal(16, slow.Count(AskForNote.Asked.ContainsKey));
            Assert.Equal(40L, await notes.AsOwner<long>($"select count(*) from (select 1 from platform.timers where unit_id = '{_unit.Id}' for update nowait) as free"));
        }
        finally
        {
            foreach (var key in slow)
                AskForNote.Slow[key].TrySetResult();
        }
        await Eventually.Holds(async () => Assert.Equal(0, await Left()));
    }

    [Fact]
    public async Task What_was_claimed_and_not_saved_fires_again_once_the_claim_is_over()
    {
        var key = Guid.CreateVersion7();
        await Set<AskForNote>("lost", key);
        await Eventually.Holds(() => Task.FromResult(Assert.Single(AskForNote.Asked, asked => asked.Key == key)));
        Assert.Equal(1, await Left());

        await notes.AsOwner<object>($"update platform.timers set payload = '\"found\"', not_before = now() - interval '1 second' where key = '{key}'");

        await Eventually.Is(() => notes.In(_unit, (db, _) => db.Notes.SingleOrDefaultAsync(note => note.Id == key)));
        Assert.Equal((2, 0), (AskForNote.Asked[key], await Left()));
    }

    [Fact]
    public async Task One_that_fails_is_tried_later_and_later_and_never_given_up()
    {
        var key = Guid.CreateVersion7();
        await Set<AskForNote>("poison", key);
        for (var times = 1; times <= 12; times++)
        {
            await Eventually.Holds(async () => Assert.Equal(times, await notes.AsOwner<int>($"select attempts from platform.timers where key = '{key}'")));
            var pause = await notes.AsOwner<int>($"select extract(epoch from not_before - now())::int from platform.timers where key = '{key}'");
            var expected = Math.Min(5 * Math.Pow(2, times - 1), 86_400);
            Assert.InRange(pause, expected - 5, expected);
            await notes.AsOwner<object>($"update platform.timers set not_before = now() - interval '1 second' where key = '{key}'");
        }
        Assert.Equal(0L, await notes.AsOwner<long>($"select count(*) from platform.dead_letters where unit_id = '{_unit.Id}'"));
    }

    private Task<int> Set<T>(string text, params Guid[] keys)
        where T : ITimer => notes.In(_unit, async (db, scope) =>
        {
            foreach (var key in keys)
                scope.GetRequiredService<Timers>().Add(T.Name, key.ToString(), notes.Clock.GetUtcNow().AddDays(-1), text);
            return await db.SaveChangesAsync();
        });

    private async Task<int> Left() => (int)await notes.AsOwner<long>($"select count(*) from platform.timers where unit_id = '{_unit.Id}'");
}
