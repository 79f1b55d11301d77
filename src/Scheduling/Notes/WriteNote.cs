using Mentoring.Messaging;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>Writes the note of both, or one's own; once the pair has ended both can still be read.</summary>
public static class WriteNote
{
    /// <param name="Text">All of it; empty takes it away.</param>
    public sealed record Request(string Text);

    public static Task<IResult> Shared(
        Guid id, [FromBody] Request request, Precondition precondition, Caller caller, SchedulingDb db, PairSeal seal, TimeProvider clock, CancellationToken ct) =>
        Handle(id, own => own.Pair.Id, request, precondition, caller, db, seal, clock, ct);

    public static Task<IResult> Mine(
        Guid id, [FromBody] Request request, Precondition precondition, Caller caller, SchedulingDb db, PairSeal seal, TimeProvider clock, CancellationToken ct) =>
        Handle(id, _ => caller.PersonId, request, precondition, caller, db, seal, clock, ct);

    private static async Task<IResult> Handle(
        Guid id, Func<OwnSession, Guid> owner, Request request, Precondition precondition, Caller caller, SchedulingDb db, PairSeal seal, TimeProvider clock, CancellationToken ct)
    {
        if (request.Text.Length > Note.LongestText)
            return Problems.Invalid("text", $"has more than {Note.LongestText} characters");
        if (await OwnSession.Of(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        if (own.Pair.Ended)
            return EndPartnership.Ended();

        var ownerId = owner(own);
        await using var whole = await Atomically.Begin(db, ct);
        var note = await db.Notes.SingleOrDefaultAsync(note => note.SessionId == id && note.OwnerId == ownerId, ct);
        // The first time there is nothing that could be overwritten unseen.
        if (note is not null && precondition.Refusal(note.Version) is { } refusal)
            return refusal;
        var box = await seal.Seal(own.Pair.Id, request.Text, Note.What(id, ownerId), ct);
        if (note is null)
            db.Notes.Add(note = new Note { SessionId = id, OwnerId = ownerId, Sealed = box });
        (note.Sealed, note.WrittenAt) = (box, clock.GetUtcNow());
        note.Version++;
        await db.SaveChangesAsync(ct);
        await whole.Commit(ct);
        return Precondition.Ok(new ReadNote.View(request.Text, note.WrittenAt, Precondition.Etag(note.Version)), note.Version);
    }
}
