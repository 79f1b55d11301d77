using System.Diagnostics;
using System.Text.Json;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Messaging;

/// <summary>
/// Things due later: reminders, expiries, escalations. A row written in the same save as its cause, one for each name and key; setting it
/// again moves it. Fires late rather than never, and once.
/// </summary>
public sealed class Timers(DbContext db, UnitContext unit)
{
    /// <summary>Sets or moves the timer; part of the next save.</summary>
    /// <param name="name">Which <see cref="ITimer"/> fires.</param>
    /// <param name="key">For what; the same key moves the timer.</param>
    /// <param name="dueAt">Instant, UTC.</param>
    /// <param name="payload">What the handler needs besides the key; JSON.</param>
    /// <param name="traced">False: it fires in a trace of its own, in which nobody reads what it came of.</param>
    /// <param name="ct">Cancels the look-up.</param>
    public async Task Set(string name, string key, DateTimeOffset dueAt, object? payload = null, bool traced = true, CancellationToken ct = default)
    {
        if (await Find(name, key, ct) is { } row)
        {
            row.DueAt = dueAt;
            row.Payload = JsonSerializer.Serialize(payload, Wire.Json);
            row.TraceParent = traced ? Activity.Current?.Id : null;
            row.Attempts = 0;
            row.NotBefore = null;
            if (db.Entry(row).State is EntityState.Deleted)
                db.Entry(row).State = EntityState.Modified;
            return;
        }
        Add(name, key, dueAt, payload, traced);
    }

    /// <summary>Sets a timer for something new, without looking whether it is set; where it is, the save fails.</summary>
    /// <inheritdoc cref="Set"/>
    public void Add(string name, string key, DateTimeOffset dueAt, object? payload = null, bool traced = true) => db.Add(new TimerRow
    {
        UnitId = unit.UnitId,
        Name = name,
        Key = key,
        DueAt = dueAt,
        Payload = JsonSerializer.Serialize(payload, Wire.Json),
        TraceParent = traced ? Activity.Current?.Id : null,
    });

    /// <summary>Sets the timer where it is not set; one that is stays as it is. Part of the next save.</summary>
    /// <inheritdoc cref="Set"/>
    public async Task SetUnlessSet(string name, string key, DateTimeOffset dueAt, object? payload = null, CancellationToken ct = default)
    {
        if (await Find(name, key, ct) is { } row && db.Entry(row).State is not EntityState.Deleted)
            // Written all the same: one that is just firing has not seen what this save is about, and must not count as still set.
            db.Entry(row).State = EntityState.Modified;
        else
            await Set(name, key, dueAt, payload, ct: ct);
    }

    /// <summary>Takes the timer back, if it is set; part of the next save.</summary>
    public async Task Clear(string name, string key, CancellationToken ct = default)
    {
        if (await Find(name, key, ct) is { } row)
            db.Remove(row);
    }

    /// <summary>Whether it is set, as the next save leaves it.</summary>
    public async Task<bool> IsSet(string name, string key, CancellationToken ct = default) =>
        await Find(name, key, ct) is { } row && db.Entry(row).State is not EntityState.Deleted;

    private ValueTask<TimerRow?> Find(string name, string key, CancellationToken ct) =>
        db.Set<TimerRow>().FindAsync([unit.UnitId, name, key], ct);
}

/// <summary>What fires when a timer of this name is due. Runs in the transaction that deletes the timer, unless it is an <see cref="ITimerApart"/>; saves once.</summary>
public interface ITimer
{
    static abstract string Name { get; }

    Task Fire(TimerFired timer, CancellationToken ct);
}

/// <summary>
/// What fires when thousands of this name may be due at the same moment: those of a unit that are due fire together, in one transaction that
/// deletes them all. Where that fails they fire in halves, down to each alone, so that one cannot hold up the others and none is lost.
/// </summary>
public interface ITimerForMany : ITimer
{
    /// <param name="timers">In the order in which they were due; of one unit, a few hundred at most, often just one.</param>
    /// <param name="ct">The service stops.</param>
    Task Fire(IReadOnlyList<TimerFired> timers, CancellationToken ct);

    Task ITimer.Fire(TimerFired timer, CancellationToken ct) => Fire([timer], ct);
}

/// <summary>
/// What waits for somebody else, such as a server outside: it fires without a transaction, beside the other timers and a few at once, so that
/// it neither holds rows nor holds anything up. Whoever fires it has it for a minute; its own save sets the timer anew or clears it. Where
/// that does not come about, whatever was killed, it fires again: twice perhaps, never not at all.
/// </summary>
public interface ITimerApart : ITimer;

/// <summary>A timer that is due.</summary>
public sealed record TimerFired(string Key, DateTimeOffset DueAt, string Json)
{
    /// <summary>What was given when it was set.</summary>
    public T Payload<T>() => JsonSerializer.Deserialize<T>(Json, Wire.Json) ?? throw new InvalidOperationException("The timer was set without a payload.");
}
