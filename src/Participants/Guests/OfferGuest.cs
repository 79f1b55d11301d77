using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Knowledge;
using Mentoring.Participants.People;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Guests;

/// <param name="PersonEmail">One of this unit's own people.</param>
/// <param name="HostUnit">The host's slug.</param>
/// <param name="Terms">What the guest is asked to accept, in words or by name.</param>
/// <param name="Expires">When it ends by itself, two years ahead at most.</param>
public sealed record OfferGuestRequest(string PersonEmail, string HostUnit, string Terms, DateTimeOffset Expires);

/// <summary>
/// The home unit would offer one of its people to a host. Nothing leaves home yet: the person is shown the terms and exactly what would be
/// shared, and says yes or no (<see cref="AnswerGuestOffer"/>).
/// </summary>
public static class OfferGuest
{
    private const int LongestTerms = 2_000;

    public enum Refusal
    {
        PersonUnknown,
        HostUnknown,
        AlreadyOffered,
    }

    public static async Task<IResult> Handle(
        OfferGuestRequest request, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Validate(request, caller, now) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        var email = request.PersonEmail.Trim().ToLowerInvariant();
        await using var change = await Atomically.Begin(db, ct);
        // Before they are read: whoever just leaves is waited for. An offer of somebody who has left would be ended by nothing.
        await db.Database.ExecuteSqlAsync($"select from people where email = {email} for no key update", ct);
        if (await db.People.SingleOrDefaultAsync(known => known.Email == email && !known.Gone && !known.IsGuest, ct) is not { } person)
            return Problem(Refusal.PersonUnknown);
        if (await db.Units.SingleOrDefaultAsync(unit => unit.Slug == request.HostUnit, ct) is not { } host)
            return Problem(Refusal.HostUnknown);
        var offers = await (
            from known in db.KnownTopics
            join topic in db.Topics on known.Topic equals topic.Slug
            where known.PersonId == person.Id && known.Kind == KnowledgeKind.Offer
            orderby known.Topic
            select new TopicLevel(known.Topic, topic.Label, known.Level, false)).ToListAsync(ct);
        var shared = new GuestSnapshot(person.Name, person.Email!, person.TimeZone, person.Languages, person.Stage, offers, person.Grade);
        var offer = GuestOffer.To(host.Id, person.Id, request.Terms.Trim(), shared, request.Expires.ToUniversalTime(), now);
        db.GuestOffers.Add(offer);
        // Where the question goes; and so that the host hears when the person leaves.
        await PublishPeople.For(db, outbox, [person.Id], ct);
        outbox.Publish(new GuestAsked(offer.Id, offer.Version, person.Id, host.Name));
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "guest-offered", offer.Id, now));
        try
        {
            await db.SaveChangesAsync(ct);
            await change.Commit(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: GuestMapping.OfferedBefore })
        {
            return Problem(Refusal.AlreadyOffered);
        }
        return Results.Created($"/api/v1/units/{caller.Unit}/guests/{offer.Id}", GuestView.Of(offer, person.Name, host.Name));
    }

    private static IResult Problem(Refusal refusal) => refusal switch
    {
        Refusal.PersonUnknown => Problems.Of(422, "person-unknown", "Nobody of this unit's own people has that e-mail address."),
        Refusal.HostUnknown => Problems.Of(422, "host-unknown", "There is no such unit on this platform."),
        Refusal.AlreadyOffered => Problems.Of(409, "already-offered", "This person is offered to that unit already; end that offer first."),
    };

    private static Dictionary<string, string[]> Validate(OfferGuestRequest request, Caller caller, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        if (!MailAddressText.IsValid(request.PersonEmail))
            errors["personEmail"] = ["must be an e-mail address"];
        if (!Slug.IsValid(request.HostUnit) || request.HostUnit == caller.Unit)
            errors["hostUnit"] = ["must be the slug of another unit"];
        if (string.IsNullOrWhiteSpace(request.Terms) || request.Terms.Length > LongestTerms)
            errors["terms"] = [$"must have 1 to {LongestTerms} characters"];
        if (request.Expires <= now || request.Expires > now.AddYears(2))
            errors["expires"] = ["must lie ahead, by two years at most"];
        return errors;
    }
}
