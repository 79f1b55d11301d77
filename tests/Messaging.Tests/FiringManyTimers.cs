using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mentoring.Messaging.Tests;

public sealed class FiringManyTimers(NotesService notes)
{
    private readonly TestUnit _unit = TestUnit.New();

    [Fact]
    public async Task Those_of_a_unit_that_are_due_fire_together_and_each_once()
    {
        await Set(450, "due");

        await Eventually.Holds(async () => Assert.Equal(450, await Written()));
        Assert.InRange(await notes.AsOwner<long>($"select count(distinct xmin::text) from notes where unit_id = '{_unit.Id}'"), 3, 6);
        Assert.Equal(0L, await Waiting());
        await Eventually.Holds(async () => Assert.Equal(450, await notes.In(_unit, (db, _) => db.Heard.CountAsync())));
        Assert.All(await notes.In(_unit, (db, _) => db.Heard.Select(heard => heard.Times).ToListAsync()), times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task One_that_fails_keeps_its_row_and_the_others_fire_without_it()
    {
        await Set(60, "due", poison: 2);

        await Eventually.Holds(async () => Assert.Equal(60, await Written()));
        await Eventually.Holds(async () => Assert.Equal(2L, await notes.AsOwner<long>(
            $"select count(*) from platform.timers where unit_id = '{_unit.Id}' and attempts > 0")));
        Assert.Equal(2L, await Waiting());
    }

    [Fact]
    public async Task While_another_replica_has_the_job_none_is_taken_and_other_timers_fire()
    {
        await using var elsewhere = NpgsqlDataSource.Create(notes.Owner);
        await using var replica = await elsewhere.OpenConnectionAsync();
        await using var job = await replica.BeginTransactionAsync();
        await using (var take = new NpgsqlCommand($"select pg_advisory_xact_lock(hashtextextended('{_unit.Id} {WriteNotesTogether.Name}', 0))", replica))
            await take.ExecuteNonQueryAsync();
        await Set(5, "theirs");
        var other = Guid.CreateVersion7();
        await notes.In(_unit, async (db, scope) =>
        {
            await scope.GetRequiredService<Timers>().Set(WriteNoteLater.Name, other.ToString(), notes.Clock.GetUtcNow().AddDays(-1), "other");
            return await db.SaveChangesAsync();
        });

        await Eventually.Holds(async () => Assert.Equal(1, await Written()));
        Assert.Equal(5L, await Waiting());

        await job.CommitAsync();
        await Eventually.Holds(async () => Assert.Equal(6, await Written()));
    }

    private Task<int> Set(int count, string text, int poison = 0) => notes.In(_unit, async (db, scope) =>
    {
        var timers = scope.GetRequiredService<Timers>();
        for (var i = 0; i < count + poison; i++)
            timers.Add(WriteNotesTogether.Name, Guid.CreateVersion7().ToString(), notes.Clock.GetUtcNow().AddDays(-3), i < poison ? "poison" : text);
        return await db.SaveChangesAsync();
    });

    private Task<int> Written() => notes.In(_unit, (db, _) => db.Notes.CountAsync());

    private Task<long> Waiting() => notes.AsOwner<long>($"select count(*) from platform.timers where unit_id = '{_unit.Id}'");
}
