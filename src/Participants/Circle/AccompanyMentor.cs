using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Circle;

/// <summary>A mentor asks for the company of one who has gone before; an alumnus takes it up; either ends it, without a reason.</summary>
public static class AccompanyMentor
{
    public static async Task<IResult> Ask(CircleRequest request, Caller caller, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await Standing.Of(request.Programme, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        if (!standing.Member)
            return Standing.NotAMember();
        if (!standing.Mentors)
            return Problems.Of(409, "not-a-mentor", "Whoever mentors in this programme now can ask for company.");
        var asked = Accompaniment.Ask(standing.Programme.Id, caller.PersonId, clock.GetUtcNow());
        db.Accompaniments.Add(asked);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: CircleMapping.AskedBefore })
        {
            return Problems.Of(409, "already-asked", "You have asked already, or somebody accompanies you. End that first.");
        }
        return Results.Created($"/api/v1/units/{caller.Unit}/circle/accompaniments?programme={standing.Programme.Slug}", await ReadAccompaniments.View(asked, db, ct));
    }

    public static async Task<IResult> TakeUp(Guid id, Caller caller, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        if (await Find(id, caller, db, ct) is not var (accompaniment, standing))
            return Problems.NotFound();
        if (!standing.Alumnus)
            return Problems.Of(403, "not-an-alumnus", "Whoever has mentored here to the planned end can accompany a new mentor.");
        if (accompaniment.TakeUp(caller.PersonId) is { } refusal)
            return Problem(refusal);
        outbox.Publish(accompaniment.ToFact());
        await db.SaveChangesAsync(ct);
        return Results.Ok(await ReadAccompaniments.View(accompaniment, db, ct));
    }

    public static async Task<IResult> End(Guid id, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (await Find(id, caller, db, ct) is not var (accompaniment, _) || !accompaniment.IsOf(caller.PersonId))
            return Problems.NotFound();
        if (accompaniment.End() is { } refusal)
            return Problem(refusal);
        await db.SaveChangesAsync(ct);
        return Results.Ok(await ReadAccompaniments.View(accompaniment, db, ct));
    }

    /// <summary>One that the caller may see: a member sees open requests as an alumnus, and otherwise their own.</summary>
    private static async Task<(Accompaniment, Standing)?> Find(Guid id, Caller caller, ParticipantsDb db, CancellationToken ct) =>
        await db.Accompaniments.SingleOrDefaultAsync(known => known.Id == id, ct) is { } accompaniment
        && await Standing.Of(accompaniment.ProgrammeId, caller, db, ct) is { Member: true } standing
        && (standing.Alumnus || accompaniment.IsOf(caller.PersonId))
            ? (accompaniment, standing)
            : null;

    private static IResult Problem(AccompanimentRefusal refusal) => refusal switch
    {
        AccompanimentRefusal.NotOpen => Problems.Of(409, "accompaniment-not-open", "Somebody has taken this up already, or it has ended."),
        AccompanimentRefusal.OwnRequest => Problems.Of(409, "own-request", "This is your own request; another of the circle can take it up."),
    };
}
