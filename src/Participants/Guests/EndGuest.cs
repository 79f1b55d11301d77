using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.People;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Guests;

/// <summary>Either side ends a guest's part, without a reason; the other is told.</summary>
public static class EndGuest
{
    public static async Task<IResult> Handle(
        Guid id, Caller caller, ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        bool ended;
        if (await db.GuestOffers.SingleOrDefaultAsync(known => known.Id == id, ct) is { } offer)
        {
            // Before the person agreed the host knew of nobody, and hears of nobody now.
            var known = offer.State != GuestState.Asked;
            ended = offer.End(now);
            if (ended && known)
                outbox.Publish(new GuestEnded(offer.Id, offer.Version), concerning: offer.HostUnitId);
        }
        else if (await db.HostedGuests.SingleOrDefaultAsync(known => known.Id == id, ct) is { } guest)
        {
            ended = await Here(guest, db, outbox, timers, now, ct);
            if (ended)
                outbox.Publish(new GuestEnded(guest.Id, guest.Version), concerning: guest.HomeUnitId);
        }
        else
        {
            return Problems.NotFound();
        }
        if (!ended)
            return Problems.Of(409, "guest-not-open", "This has ended already.");
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "guest-ended", id, now));
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    /// <summary>
    /// At the host: the guest leaves the unit like anybody who leaves, and no sign-on works any more. False when it had ended. The caller
    /// saves.
    /// </summary>
    internal static async Task<bool> Here(HostedGuest guest, ParticipantsDb db, Outbox outbox, Timers timers, DateTimeOffset now, CancellationToken ct)
    {
        if (!guest.End())
            return false;
        await timers.Clear(ExpireGuest.Name, guest.Id.ToString(), ct);
        if (guest.PersonId is not { } personId)
            return true;
        var person = await db.People.SingleAsync(known => known.Id == personId, ct);
        if (person.Leave(DateOnly.FromDateTime(now.UtcDateTime)) is { } left && person.KnownElsewhere)
            outbox.Publish(left);
        await EndMembership.Of(db, outbox, [personId], ct);
        await Withdraw.WhoeverWaits([personId], db, now, ct);
        await EmptyGuest(person, db, ct);
        return true;
    }

    /// <summary>The consent was for as long as it lasts: the id stays for what others remember of it, the snapshot goes.</summary>
    private static async Task EmptyGuest(Person person, ParticipantsDb db, CancellationToken ct)
    {
        person.EmptyGuest();
        db.KnownTopics.RemoveRange(await db.KnownTopics.Where(known => known.PersonId == person.Id).ToListAsync(ct));
        db.Profiles.RemoveRange(await db.Profiles.Where(profile => profile.PersonId == person.Id).ToListAsync(ct));
    }
}
