using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.People;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants.Enrolment;

/// <param name="Programme">Slug.</param>
/// <param name="Side">As what.</param>
/// <param name="Consent">True, after <c>GET …/enrolments/preview</c> has shown what is shared.</param>
/// <param name="Snapshot">Choices about what is shared beyond what matching cannot do without.</param>
/// <param name="ConsentsToSameChain">Agrees to a pair in the same chain where the programme allows one at a distance.</param>
public sealed record EnrolRequest(string Programme, Side Side, bool Consent = false, SnapshotChoices? Snapshot = null, bool ConsentsToSameChain = false);

/// <param name="ShareLocation">The place of work; default yes.</param>
/// <param name="ShareInterests">Self-chosen interests and working style; default yes.</param>
/// <param name="ShareLivedExperience">As a mentor, one's lived experience in one's own words, for whoever a pair is proposed to; default no.</param>
public sealed record SnapshotChoices(bool ShareLocation = true, bool ShareInterests = true, bool ShareLivedExperience = false)
{
    internal static Sharing With(SnapshotChoices? choices, bool sameChain, Side side)
    {
        var (location, interests, experience) = choices ?? new SnapshotChoices();
        // It is offered, so only a mentor's side of an exchange has a place for it.
        return new Sharing(location, interests, sameChain, experience && side == Side.Mentor);
    }
}

/// <summary>
/// Somebody opts in, for oneself only, and consents to sharing exactly the snapshot, and showing it to exactly those, that the answer names; the
/// consent is logged.
/// </summary>
public static class Enrol
{
    public static async Task<IResult> Handle(EnrolRequest request, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (!request.Consent)
            return Problem(EnrolRefusal.ConsentMissing);
        var sharing = SnapshotChoices.With(request.Snapshot, request.ConsentsToSameChain, request.Side);
        var (candidate, refusal) = await Candidate.Find(request.Programme, request.Side, caller.PersonId, sharing, db, ct);
        if (candidate is null)
            return Problem(refusal!.Value);

        var now = clock.GetUtcNow();
        var participant = Participant.Enrol(
            Guid.CreateVersion7(now), candidate.Programme.Id, caller.PersonId, request.Side, candidate.Wave, sharing, candidate.Snapshot, now);
        db.Participants.Add(participant);
        db.Consents.Add(Consent.To(participant, candidate.ShownTo, now));
        await PublishPeople.For(db, outbox, [caller.PersonId], ct);
        outbox.Publish(participant.ToFact());
        if (participant.Ready)
            outbox.Publish(new ParticipantReady(participant.Id, participant.Version, participant.ProgrammeId, participant.PersonId, participant.Side));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: ParticipantMapping.AlreadyEnrolled })
        {
            return Problem(EnrolRefusal.AlreadyEnrolled);
        }
        return Results.Created($"/api/v1/units/{caller.Unit}/enrolments/{participant.Id}", EnrolmentView.Of(participant, candidate.Programme));
    }

    internal static IResult Problem(EnrolRefusal refusal) => refusal switch
    {
        EnrolRefusal.ProgrammeUnknown => Problems.NotFound(),
        EnrolRefusal.ProgrammeNotOpen => Problems.Of(422, "programme-not-open", "The programme takes nobody any more."),
        EnrolRefusal.NotEligible => Problems.Of(422, "not-eligible", "The programme is for other career stages on this side, or for guests. GET …/programmes/{slug} says for whom."),
        EnrolRefusal.ConsentMissing => Problems.Of(422, "consent-missing", "Look at GET …/enrolments/preview and send `consent: true` if you agree to share that."),
        EnrolRefusal.AlreadyEnrolled => Problems.Of(409, "already-enrolled", "You take part on this side already; GET …/enrolments/mine shows it."),
    };
}

/// <summary>One's own part in a programme.</summary>
/// <param name="Ready">May be matched.</param>
/// <param name="ShownTo">What is shown to whom, in words.</param>
/// <param name="Remaining">Modules of the preparation that are still to be done.</param>
public sealed record EnrolmentView(
    Guid Id,
    string Programme,
    string ProgrammeName,
    Side Side,
    ParticipantState State,
    string? Wave,
    bool Prepared,
    bool Ready,
    IReadOnlyList<string> Remaining,
    DateTimeOffset EnrolledAt,
    ParticipantSnapshot Snapshot,
    IReadOnlyList<Disclosure> ShownTo)
{
    internal static EnrolmentView Of(Participant participant, Programme programme) => new(
        participant.Id,
        programme.Slug,
        programme.Settings.Name,
        participant.Side,
        participant.State,
        participant.Wave,
        participant.PreparedAt is not null,
        participant.Ready,
        participant.Remaining(programme.ModulesFor(participant.Side)),
        participant.EnrolledAt,
        participant.Snapshot,
        Disclosure.Of(programme, participant.Side));
}
