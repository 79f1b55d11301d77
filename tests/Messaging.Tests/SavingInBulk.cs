using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mentoring.Messaging.Tests;

public sealed class SavingInBulk(NotesService notes)
{
    private readonly TestUnit _unit = TestUnit.New();

    [Fact]
    public async Task Rows_of_several_tables_are_written_as_a_plain_save_would_write_them()
    {
        string[] texts = ["", "it's", "\"quoted\"", "{0}", "käthe\n\ttab", "null", "\\", new string('x', 10_000)];
        var written = Enumerable.Range(0, 600).Select(i => new Note { Id = Guid.CreateVersion7(), Text = $"{texts[i % texts.Length]}{i}" }).ToList();
        var due = notes.Clock.GetUtcNow().AddYears(10);

        await notes.In(_unit, async (db, services) =>
        {
            var (outbox, timers) = (services.GetRequiredService<Outbox>(), services.GetRequiredService<Timers>());
            foreach (var note in written)
            {
                db.Add(note);
                outbox.Publish(new NoteWritten(note.Id, 1, note.Text));
                timers.Add(WriteNoteLater.Name, note.Id.ToString(), due, note.Text);
            }
            await db.SaveAdded(CancellationToken.None);
            Assert.Empty(db.ChangeTracker.Entries());
            return 0;
        });

        var read = await notes.In(_unit, (db, _) => db.Notes.AsNoTracking().OrderBy(note => note.Id).ToListAsync());
        Assert.Equal(written.OrderBy(note => note.Id, Comparer<Guid>.Default).Select(note => (note.Id, note.Text)), read.Select(note => (note.Id, note.Text)));
        var timers = await notes.In(_unit, (db, _) => db.Set<TimerRow>().AsNoTracking().Where(timer => timer.UnitId == _unit.Id).ToListAsync());
        Assert.Equal(600, timers.Count);
        Assert.All(timers, timer => Assert.Equal((due, 0, (DateTimeOffset?)null), (timer.DueAt, timer.Attempts, timer.NotBefore)));
        // The facts were published, and heard.
        await Eventually.Holds(async () => Assert.Equal(600, await notes.In(_unit, (db, _) => db.Heard.CountAsync())));
    }

    /// <summary>What all rows have in common is written once, whatever it is; what only some have is not.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(4, 3)]
    [InlineData(4, 0)]
    public async Task Rows_that_are_alike_in_much_or_in_little_are_written_as_they_are(int many, int alike)
    {
        var due = notes.Clock.GetUtcNow().AddYears(10);
        var written = Enumerable.Range(0, many).Select(i => new TimerRow
        {
            UnitId = _unit.Id,
            Name = WriteNoteLater.Name,
            Key = $"{i}",
            DueAt = i < alike ? due : due.AddMinutes(i),
            Payload = i < alike ? "null" : $"\"{i}\"",
            Attempts = i < alike ? 0 : i,
            TraceParent = i < alike ? null : $"{i}",
            NotBefore = i < alike ? null : due,
        }).ToList();

        await notes.In(_unit, async (db, _) =>
        {
            db.AddRange(written);
            await db.SaveAdded(CancellationToken.None);
            return 0;
        });

        var read = await notes.In(_unit, (db, _) => db.Set<TimerRow>().AsNoTracking().Where(timer => timer.UnitId == _unit.Id).OrderBy(timer => timer.Key).ToListAsync());
        Assert.Equal(written.Select(Told), read.Select(Told));

        static object Told(TimerRow row) => (row.UnitId, row.Name, row.Key, row.DueAt, row.Payload, row.Attempts, row.TraceParent, row.NotBefore);
    }

    [Fact]
    public async Task What_is_to_be_changed_takes_a_plain_save()
    {
        await notes.In(_unit, async (db, _) =>
        {
            var heard = new HeardNote { Id = Guid.CreateVersion7(), Text = "once" };
            db.Add(heard);
            await db.SaveChangesAsync();
            heard.Text = "twice";
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveAdded(CancellationToken.None));
            db.Entry(heard).State = EntityState.Deleted;
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveAdded(CancellationToken.None));
            return 0;
        });
    }

    [Fact]
    public async Task What_is_changed_afterwards_is_found_by_a_plain_save()
    {
        var heard = new HeardNote { Id = Guid.CreateVersion7(), Text = "once" };
        await notes.In(_unit, async (db, _) =>
        {
            db.Add(heard);
            await db.SaveAdded(CancellationToken.None);
            (await db.Heard.SingleAsync(one => one.Id == heard.Id)).Text = "twice";
            return await db.SaveChangesAsync();
        });

        Assert.Equal("twice", await notes.In(_unit, (db, _) => db.Heard.Where(one => one.Id == heard.Id).Select(one => one.Text).SingleAsync()));
    }

    [Fact]
    public async Task Rows_are_written_in_the_order_of_their_keys_so_that_two_who_write_the_same_wait_for_one_another()
    {
        Note[] some = [.. Enumerable.Range(0, 3).Select(i => new Note { Id = Guid.CreateVersion7(), Text = $"{i}" }).OrderBy(note => note.Id)];
        await notes.In(_unit, async (db, _) =>
        {
            await using var first = await db.Database.BeginTransactionAsync();
            db.Add(some[1]);
            await db.SaveChangesAsync();
            var writer = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();

            var second = notes.In(_unit, async (other, _) =>
            {
                await using var all = await other.Database.BeginTransactionAsync();
                other.AddRange(some.Reverse());
                await other.SaveAdded(CancellationToken.None);
                await all.CommitAsync();
                return 0;
            });

            await Eventually.Holds(async () => Assert.Equal(1L, await notes.AsOwner<long>($"select count(*) from pg_stat_activity where {writer} = any(pg_blocking_pids(pid))")));
            // The first is there already, and the last is not yet.
            Assert.Equal((false, true), (await IsFree(some[0]), await IsFree(some[2])));
            await first.RollbackAsync();
            return await second;
        });

        Assert.Equal(some.Select(note => note.Text), await notes.In(_unit, (db, _) => db.Notes.OrderBy(note => note.Id).Select(note => note.Text).ToListAsync()));

        // Whoever wanted the same key would wait for whoever has it, and not for nobody.
        Task<bool> IsFree(Note note) => notes.In(_unit, async (db, _) =>
        {
            await using var attempt = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"set local lock_timeout = '200ms'");
            try
            {
                db.Add(new Note { Id = note.Id, Text = note.Text });
                await db.SaveChangesAsync();
                return true;
            }
            catch (InvalidOperationException e) when (e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task A_row_that_is_there_already_is_refused_with_all_that_came_with_it()
    {
        var note = new Note { Id = Guid.CreateVersion7(), Text = "first" };
        await notes.In(_unit, async (db, _) =>
        {
            db.Add(note);
            await db.SaveAdded(CancellationToken.None);
            return 0;
        });

        var refused = await Assert.ThrowsAsync<PostgresException>(() => notes.In(_unit, async (db, _) =>
        {
            db.AddRange(new Note { Id = Guid.CreateVersion7(), Text = "second" }, new Note { Id = note.Id, Text = "again" });
            await db.SaveAdded(CancellationToken.None);
            return 0;
        }));

        Assert.Equal(PostgresErrorCodes.UniqueViolation, refused.SqlState);
        Assert.Equal(["first"], await notes.In(_unit, (db, _) => db.Notes.Select(one => one.Text).ToListAsync()));
    }
}
