using System.Collections.Concurrent;
using MassTransit;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Messaging.Tests;

/// <summary>Takes the newest text of a note; told by the text when to fail.</summary>
public sealed class CountWhenNoteWritten(NotesDb db, Inbox inbox) : IConsumer<NoteWritten>
{
    /// <summary>How often a failure was thrown so far, by note.</summary>
    public static ConcurrentDictionary<Guid, int> Failures { get; } = new();

    public async Task Consume(ConsumeContext<NoteWritten> context)
    {
        var fact = context.Message;
        if (fact.Text == "poison")
            throw new InvalidOperationException("This note cannot be read.");
        if (!await inbox.IsNewest("note", fact.NoteId, fact.Version, context.CancellationToken))
            return;
        var heard = await db.Heard.SingleOrDefaultAsync(note => note.Id == fact.NoteId, context.CancellationToken);
        if (heard is null)
            db.Add(heard = new HeardNote { Id = fact.NoteId, Text = "" });
        heard.Text = fact.Text;
        heard.Times++;
        await db.SaveChangesAsync(context.CancellationToken);
        if (fact.Text == "outage" && Failures.AddOrUpdate(fact.NoteId, 1, (_, times) => times + 1) < 3)
            throw new TimeoutException("The server is away.");
        if (fact.Text == "bury")
            await inbox.Bury("note", fact.NoteId, context.CancellationToken);
    }
}

/// <summary>Writes a note when it is due.</summary>
public sealed class WriteNoteLater(NotesDb db, Outbox outbox) : ITimer
{
    public static string Name => "write-note";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        if (timer.Payload<string>() == "poison")
            throw new InvalidOperationException("This note cannot be written.");
        var note = new Note { Id = Guid.Parse(timer.Key), Text = timer.Payload<string>() };
        db.Add(note);
        outbox.Publish(new NoteWritten(note.Id, 1, note.Text));
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Writes a note that somebody else is asked for, who may take their time.</summary>
public sealed class AskForNote(NotesDb db, Timers timers) : ITimerApart
{
    /// <summary>How often each was asked for.</summary>
    public static ConcurrentDictionary<Guid, int> Asked { get; } = new();

    /// <summary>Those that answer when they are told to.</summary>
    public static ConcurrentDictionary<Guid, TaskCompletionSource> Slow { get; } = new();

    public static string Name => "ask-for-note";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        Asked.AddOrUpdate(id, 1, (_, times) => times + 1);
        if (Slow.TryGetValue(id, out var answer))
            await answer.Task.WaitAsync(ct);
        if (timer.Payload<string>() == "poison")
            throw new InvalidOperationException("Nobody has this note.");
        // Nothing is saved: as of somebody who was killed.
        if (timer.Payload<string>() == "lost")
            return;
        if (await db.Notes.FindAsync([db.Unit.UnitId, id], ct) is null)
            db.Add(new Note { Id = id, Text = timer.Payload<string>() });
        await timers.Clear(Name, timer.Key, ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Writes all notes that are due.</summary>
public sealed class WriteNotesTogether(NotesDb db, Outbox outbox) : ITimerForMany
{
    public static string Name => "write-notes";

    public async Task Fire(IReadOnlyList<TimerFired> timers, CancellationToken ct)
    {
        foreach (var timer in timers)
        {
            if (timer.Payload<string>() == "poison")
                throw new InvalidOperationException("This note cannot be written.");
            var note = new Note { Id = Guid.Parse(timer.Key), Text = timer.Payload<string>() };
            db.Add(note);
            outbox.Publish(new NoteWritten(note.Id, 1, note.Text));
        }
        await db.SaveAdded(ct);
    }
}

/// <summary>Tells again of every note.</summary>
public sealed class RepublishNotes(NotesDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        await foreach (var note in db.Notes.AsAsyncEnumerable())
            outbox.Publish(new NoteWritten(note.Id, 2, note.Text));
        await db.SaveChangesAsync(ct);
    }
}
