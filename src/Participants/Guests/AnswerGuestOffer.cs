using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Guests;

/// <param name="Terms">True: accepts the terms as shown.</param>
/// <param name="Snapshot">True: agrees that the host gets exactly the snapshot shown.</param>
public sealed record AcceptGuestOfferRequest(bool Terms = false, bool Snapshot = false);

/// <summary>Somebody is asked to be a guest elsewhere and answers, for oneself only. Only a yes makes anything known to the host.</summary>
public static class AnswerGuestOffer
{
    public static async Task<Page<GuestOfferView>> Mine(PageRequest page, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var after = page.AfterId ?? Guid.Empty;
        var found = await (
            from offer in db.GuestOffers.AsNoTracking()
            join host in db.Units on offer.HostUnitId equals host.Id
            where offer.PersonId == caller.PersonId && offer.Id > after
            orderby offer.Id
            select new { offer, host.Name }).Take(page.Take).ToListAsync(ct);
        return Page.Of(
            [.. found.Select(row => new GuestOfferView(row.offer.Id, row.offer.State, row.Name, row.offer.Terms, row.offer.Expires, row.offer.Shared, row.offer.AcceptedAt))],
            page,
            view => Cursor.Of(view.Id));
    }

    public static async Task<IResult> Accept(
        Guid id, AcceptGuestOfferRequest request, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await Find(id, caller, db, ct) is not { } offer)
            return Problems.NotFound();
        if (!request.Terms || !request.Snapshot)
            return Problems.Of(422, "consent-missing", "Look at GET …/guests/mine and send `terms: true` and `snapshot: true` if you accept the terms and agree to share exactly that.");
        var shared = offer.Shared;
        if (offer.Accept(clock.GetUtcNow()) is { } refusal)
            return Problem(refusal);
        var home = await db.Units.SingleAsync(unit => unit.Id == caller.UnitId, ct);
        outbox.Publish(
            new GuestOffered(
                offer.Id,
                offer.Version,
                home.Id,
                home.Name,
                offer.PersonId,
                shared!.Name,
                shared.Email,
                shared.TimeZone,
                shared.Languages,
                shared.Stage,
                shared.Offers,
                offer.Terms,
                offer.Expires,
                shared.Grade),
            concerning: offer.HostUnitId);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    /// <summary>Before a yes nothing was told to the host, so there is nobody to tell. No reason is asked.</summary>
    public static async Task<IResult> Decline(Guid id, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await Find(id, caller, db, ct) is not { } offer)
            return Problems.NotFound();
        var known = offer.State != GuestState.Asked;
        if (!offer.End(clock.GetUtcNow()))
            return Problem(AcceptRefusal.Ended);
        // A yes can be taken back too: then the host ends it.
        if (known)
            outbox.Publish(new GuestEnded(offer.Id, offer.Version), concerning: offer.HostUnitId);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    private static Task<GuestOffer?> Find(Guid id, Caller caller, ParticipantsDb db, CancellationToken ct) =>
        db.GuestOffers.SingleOrDefaultAsync(offer => offer.Id == id && offer.PersonId == caller.PersonId, ct);

    private static IResult Problem(AcceptRefusal refusal) => refusal switch
    {
        AcceptRefusal.AlreadyAccepted => Problems.Of(409, "already-accepted", "You have accepted this already."),
        AcceptRefusal.Ended => Problems.Of(409, "guest-not-open", "This has ended."),
    };

    /// <param name="Host">The unit that would be the host, by name.</param>
    /// <param name="Snapshot">Exactly what the host gets; null once ended.</param>
    /// <param name="AcceptedAt">When you said yes; null before.</param>
    public sealed record GuestOfferView(
        Guid Id, GuestState State, string Host, string Terms, DateTimeOffset Expires, GuestSnapshot? Snapshot, DateTimeOffset? AcceptedAt);
}
