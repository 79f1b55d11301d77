using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>What was written about a session: the note of both for both, one's own for oneself alone.</summary>
public static class ReadNote
{
    /// <param name="Text">Empty where nothing is written.</param>
    /// <param name="WrittenAt">Null where nothing was ever written.</param>
    /// <param name="Etag">To be sent as <c>If-Match</c> with a change.</param>
    public sealed record View(string Text, DateTimeOffset? WrittenAt, string Etag);

    public static Task<IResult> Shared(Guid id, Caller caller, SchedulingDb db, PairSeal seal, CancellationToken ct) =>
        Handle(id, own => own.Pair.Id, caller, db, seal, ct);

    public static Task<IResult> Mine(Guid id, Caller caller, SchedulingDb db, PairSeal seal, CancellationToken ct) =>
        Handle(id, _ => caller.PersonId, caller, db, seal, ct);

    private static async Task<IResult> Handle(Guid id, Func<OwnSession, Guid> owner, Caller caller, SchedulingDb db, PairSeal seal, CancellationToken ct)
    {
        if (await OwnSession.Of(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        var ownerId = owner(own);
        if (await db.Notes.AsNoTracking().SingleOrDefaultAsync(note => note.SessionId == id && note.OwnerId == ownerId, ct) is not { } note)
            return Precondition.Ok(new View("", null, Precondition.Etag(0)), 0);
        return Precondition.Ok(new View(await seal.TextOf(own.Pair.Id, note, ct), note.WrittenAt, Precondition.Etag(note.Version)), note.Version);
    }
}
