using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Knowledge;
using Mentoring.Participants.People;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Guests;

/// <param name="Sponsor">Who answers for the guest here: somebody of this unit, by work e-mail.</param>
public sealed record AdmitGuestRequest(string Sponsor);

/// <summary>The host admits a guest: a person and a membership are made from the consented snapshot and nothing else.</summary>
public static class AdmitGuest
{
    public static async Task<IResult> Handle(
        Guid id, AdmitGuestRequest request, Caller caller, ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (!MailAddressText.IsValid(request.Sponsor))
            return Problems.Invalid("sponsor", "must be an e-mail address");
        if (await db.HostedGuests.SingleOrDefaultAsync(known => known.Id == id, ct) is not { Offer: { } offer } guest)
            return Problems.NotFound();
        var email = request.Sponsor.Trim().ToLowerInvariant();
        if (await db.People.SingleOrDefaultAsync(known => known.Email == email && !known.Gone && !known.IsGuest, ct) is not { } sponsor)
            return Problems.Of(422, "sponsor-unknown", "Nobody of this unit's own people has that e-mail address.");

        var now = clock.GetUtcNow();
        var person = Person.Guest(offer.Name, offer.Email, offer.TimeZone, offer.Languages, offer.Stage, offer.Grade, offer.HomeUnitName, now);
        if (guest.Admit(person.Id, sponsor.Id, now) is { } refusal)
            return Problem(refusal);

        db.People.Add(person);
        var membership = Membership.Open(caller.UnitId, person.Id, now, guest.HomeUnitId);
        db.Memberships.Add(membership);
        // Units name their topics themselves; what the host has no word for cannot be matched here.
        var brought = offer.Offers.Select(offered => offered.Topic).ToArray();
        var topics = await db.Topics.Where(topic => brought.Contains(topic.Slug)).Select(topic => topic.Slug).ToListAsync(ct);
        db.KnownTopics.AddRange(offer.Offers.Where(offered => topics.Contains(offered.Topic))
            .Select(offered => KnownTopic.Offer(person.Id, offered.Topic, offered.Level, evidence: null)));
        await timers.Set(ExpireGuest.Name, guest.Id.ToString(), guest.Expires, ct: ct);
        outbox.Publish(membership.ToFact());
        outbox.Publish(new GuestAdmitted(guest.Id, guest.Version, caller.UnitId, sponsor.Name, guest.Expires), concerning: guest.HomeUnitId);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "guest-admitted", guest.Id, now));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "ux_people_email" })
        {
            return Problems.Of(409, "person-exists", "Somebody in this unit has the guest's e-mail address already.");
        }
        return Results.Ok(GuestView.Of(guest, sponsor.Name));
    }

    private static IResult Problem(AdmitRefusal refusal) => refusal switch
    {
        AdmitRefusal.NotOpen => Problems.Of(409, "guest-not-open", "This guest is admitted already, or the offer has ended."),
        AdmitRefusal.Expired => Problems.Of(409, "guest-expired", "The offer has expired; ask the home unit for a new one."),
    };
}
