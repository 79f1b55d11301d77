using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.People;
using Mentoring.Participants.Preparation;
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
/// <param name="BriefManager">Agrees that the line manager is told, once, that one takes part and how much time it takes. Default yes, as the preview says.</param>
/// <param name="AcceptsTerms">As a guest: accepts the terms that the preview shows. Means nothing for the unit's own people.</param>
/// <param name="Shown">
/// The preview's <c>shown</c>: the consent is to that. Where something of it has changed since, the answer is 409 <c>preview-changed</c> and nobody is
/// enrolled. Without it the consent is to what the answer names.
/// </param>
public sealed record EnrolRequest(
    string Programme, Side Side, bool Consent = false, SnapshotChoices? Snapshot = null, bool ConsentsToSameChain = false, bool BriefManager = true,
    bool AcceptsTerms = false, string? Shown = null);

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
    public static async Task<IResult> Handle(EnrolRequest request, Caller caller, ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (!request.Consent)
            return Problem(EnrolRefusal.ConsentMissing);
        await using var change = await Atomically.Begin(db, ct);
        // Before they are read: a change of the programme, somebody else who takes the last place, and whatever just tells of the person
        // (an import, the brief of a line manager) are waited for.
        await db.Database.ExecuteSqlAsync($"select from programmes where slug = {request.Programme} for update", ct);
        await db.Database.ExecuteSqlAsync($"select from people where id = {caller.PersonId} for no key update", ct);
        var sharing = SnapshotChoices.With(request.Snapshot, request.ConsentsToSameChain, request.Side);
        var now = clock.GetUtcNow();
        var (candidate, refusal) = await Candidate.Find(request.Programme, request.Side, caller.PersonId, sharing, request.BriefManager, db, now, ct);
        if (candidate is null)
            return Problem(refusal!.Value);
        if (candidate.Guest is not null && !request.AcceptsTerms)
            return Problem(EnrolRefusal.TermsNotAccepted);
        if (request.Shown is not null && request.Shown != candidate.Shown)
            return Problem(EnrolRefusal.PreviewChanged);

        if (await WaitsForOthers(candidate.Programme, request.Side, db, ct))
            return Problem(EnrolRefusal.OthersFirst);

        var waits = await MoveUp.Free(candidate.Programme, request.Side, db, ct) <= 0;
        var participant = Participant.Enrol(
            Guid.CreateVersion7(now), candidate.Programme.Id, caller.PersonId, request.Side, candidate.Wave, sharing, candidate.Snapshot, waits, now);
        Proving.Take(participant, candidate.Programme, await Proving.Of(caller.PersonId, db, ct), now, outbox);
        db.Participants.Add(participant);
        db.Consents.Add(Consent.To(participant, candidate.ShownTo, candidate.Guest?.Terms, now));
        if (candidate.Guest is { Until: var until })
            await timers.Set(EndGuestsPart.Name, participant.Id.ToString(), until, ct: ct);
        if (!waits)
        {
            await PublishPeople.For(db, outbox, [caller.PersonId], ct);
            MoveUp.Tell(participant, outbox);
            if (request.BriefManager)
                Enrolment.BriefManager.Once(participant, candidate.Person, candidate.Programme, outbox);
        }
        try
        {
            await db.SaveChangesAsync(ct);
            await change.Commit(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: ParticipantMapping.AlreadyEnrolled })
        {
            return Problem(EnrolRefusal.AlreadyEnrolled);
        }
        return Results.Created($"/api/v1/units/{caller.Unit}/enrolments/{participant.Id}", EnrolmentView.Of(
            participant, candidate.Programme, waits ? await WaitingView.Of(participant, candidate.Programme, db, ct) : null));
    }

    private static async Task<bool> WaitsForOthers(Programme programme, Side side, ParticipantsDb db, CancellationToken ct) =>
        programme.Settings.EnrolFirst is { } first && first.Side != side
        && await db.Participants.CountAsync(
            one => one.ProgrammeId == programme.Id && one.Side == first.Side && one.State != ParticipantState.Withdrawn, ct) < first.AtLeast;

    internal static IResult Problem(EnrolRefusal refusal) => refusal switch
    {
        EnrolRefusal.ProgrammeUnknown => Problems.NotFound(),
        EnrolRefusal.ProgrammeNotOpen => Problems.Of(422, "programme-not-open", "The programme takes nobody any more."),
        EnrolRefusal.NotEligible => Problems.Of(422, "not-eligible", "The programme is for other career stages on this side, or for guests. GET …/programmes/{slug} says for whom."),
        EnrolRefusal.ConsentMissing => Problems.Of(422, "consent-missing", "Look at GET …/enrolments/preview and send `consent: true` if you agree to share that."),
        EnrolRefusal.TermsNotAccepted => Problems.Of(
            422, "terms-not-accepted", "You would take part as a guest. Look at the terms in GET …/enrolments/preview and send `acceptsTerms: true` if you accept them."),
        EnrolRefusal.PreviewChanged => Problems.Of(
            409, "preview-changed", "What would be shared, with whom or on what terms has changed since you looked. Look at GET …/enrolments/preview again and send its `shown`."),
        EnrolRefusal.OthersFirst => Problems.Of(
            422, "others-first", "In this programme the other side enrols first, and too few have yet. GET …/programmes/{slug} says how many; come back then."),
        EnrolRefusal.AlreadyEnrolled => Problems.Of(409, "already-enrolled", "You take part on this side already; GET …/enrolments/mine shows it."),
    };
}

/// <summary>One's own part in a programme.</summary>
/// <param name="Ready">May be matched.</param>
/// <param name="ShownTo">What is shown to whom, in words.</param>
/// <param name="Remaining">Modules of the preparation that are still to be done.</param>
/// <param name="As">This programme's word for the side: <c>learning partner</c>; else the side itself.</param>
/// <param name="Waiting">The place on the waiting list; null for whoever takes part.</param>
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
    IReadOnlyList<Disclosure> ShownTo,
    string As,
    WaitingView? Waiting)
{
    internal static EnrolmentView Of(Participant participant, Programme programme, WaitingView? waiting) => new(
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
        // The line manager was told when it began, or never is.
        Disclosure.Of(programme, participant.Side, manager: false),
        programme.NameOf(participant.Side),
        waiting);
}

/// <summary>Where somebody stands on the waiting list of a programme that is full.</summary>
/// <param name="Position">1: next.</param>
/// <param name="Words">What for.</param>
public sealed record WaitingView(int Position, string Words)
{
    internal static async Task<WaitingView> Of(Participant participant, Programme programme, ParticipantsDb db, CancellationToken ct)
    {
        var position = await db.Participants.CountAsync(
            one => one.ProgrammeId == participant.ProgrammeId && one.Side == participant.Side && one.State == ParticipantState.Waiting && one.Id <= participant.Id, ct);
        var places = (participant.Side == Side.Mentor ? programme.Settings.Mentors : programme.Settings.Mentees).Places;
        return new WaitingView(position, $"The programme takes {places} on this side at a time, and all places are taken. The next free place goes to whoever has waited longest.");
    }
}
