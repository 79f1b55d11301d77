using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Circle;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Guests;
using Mentoring.Participants.Knowledge;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <summary>What Participants keeps about somebody; other people stand in it as ids only.</summary>
/// <param name="Membership">Roles and sign-ons; null for whoever never signed on and holds no role.</param>
/// <param name="Consents">The whole log, the oldest first.</param>
/// <param name="Provisioned">How an identity provider knows the person; null where none does.</param>
/// <param name="Delegates">Who books for the person.</param>
/// <param name="BooksFor">For whom the person books.</param>
/// <param name="Acts">What the person did that others may ask about.</param>
public sealed record ExportedData(
    ExportedPerson Person,
    MyKnowledge Knowledge,
    ExportedMembership? Membership,
    ExportedAccount? Provisioned,
    IReadOnlyList<ExportedEnrolment> Enrolments,
    IReadOnlyList<ConsentView> Consents,
    IReadOnlyList<ExportedVisit> GuestElsewhere,
    ExportedStay? GuestHere,
    IReadOnlyList<ExportedCircle> Circles,
    IReadOnlyList<ExportedCompany> Company,
    IReadOnlyList<Guid> Delegates,
    IReadOnlyList<Guid> BooksFor,
    IReadOnlyList<ExportedAct> Acts);

/// <param name="Chain">Everybody above, the nearest first.</param>
public sealed record ExportedPerson(
    string? ExternalId,
    string GivenName,
    string FamilyName,
    string? Email,
    string? Title,
    string UnitPath,
    string? Location,
    string TimeZone,
    IReadOnlyList<string> Languages,
    CareerStage Stage,
    int? Grade,
    IReadOnlyList<Guid> Chain,
    DateOnly? LeftOn,
    bool Gone,
    bool Guest);

public sealed record ExportedMembership(IReadOnlyList<string> Roles, IReadOnlyList<ExportedRole> ProgrammeRoles, IReadOnlyList<SignOn> SignOns, bool Ended);

/// <param name="ExternalId">The provider's own id.</param>
public sealed record ExportedAccount(string UserName, string? ExternalId);

public sealed record ExportedRole(Guid ProgrammeId, string Role);

public sealed record ExportedEnrolment(
    Guid Id,
    string Programme,
    Side Side,
    ParticipantState State,
    string? Wave,
    Sharing Sharing,
    ParticipantSnapshot Snapshot,
    IReadOnlyList<Proof> Proofs,
    DateTimeOffset? PreparedAt,
    DateTimeOffset EnrolledAt,
    DateTimeOffset? WithdrawnAt);

/// <summary>A stay that home offered, asked for or ended.</summary>
public sealed record ExportedVisit(
    Guid Id, GuestState State, string Host, string Terms, GuestSnapshot? Shared, DateTimeOffset Expires, DateTimeOffset OfferedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? EndedAt);

/// <summary>What the host got of its guest.</summary>
public sealed record ExportedStay(GuestState State, GuestOffered? Offer, DateTimeOffset Expires);

/// <summary>A mentors' circle that the person belongs to.</summary>
public sealed record ExportedCircle(Guid ProgrammeId, DateTimeOffset JoinedAt);

/// <summary>Company asked for as a new mentor, or given to one.</summary>
public sealed record ExportedCompany(Guid Id, Guid ProgrammeId, bool Given, AccompanimentState State, DateTimeOffset AskedAt);

public sealed record ExportedAct(long Sequence, string Code, Guid SubjectId, DateTimeOffset At);

/// <summary>For oneself at any time; for somebody else by an administrator, as for whoever has left and cannot sign in: that is audited.</summary>
public static class ExportPerson
{
    public static async Task<IResult> Me(Caller caller, ParticipantsDb db, TimeProvider clock, HttpResponse response, CancellationToken ct) =>
        await Of(caller.PersonId, db, clock, ct) is { } export ? export.AsFile(response) : Problems.NotFound();

    public static async Task<IResult> Handle(
        Guid id, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        if (await Of(id, db, clock, ct) is not { } export)
            return Problems.NotFound();
        // The chain outlives the person, so it does not say whose data it was.
        outbox.Publish(new ActionAudited(
            Guid.CreateVersion7(export.ExportedAt), caller.Kind == CallerKind.Person ? caller.PersonId : Guid.Empty, "person-exported", db.Unit.UnitId, export.ExportedAt));
        await db.SaveChangesAsync(ct);
        return export.AsFile(response);
    }

    /// <summary>Null where there is nobody of this id; those who left are still here until erased.</summary>
    private static async Task<PersonExport<ExportedData>?> Of(Guid id, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.People.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct) is not { } person)
            return null;
        var profile = await db.Profiles.AsNoTracking().SingleOrDefaultAsync(known => known.PersonId == id, ct) ?? Profile.Empty(id);
        var membership = await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.UnitId == db.Unit.UnitId && m.PersonId == id, ct);
        var provisioned = await db.ProvisionedAccounts.Where(account => account.PersonId == id)
            .Select(account => new ExportedAccount(account.UserName, account.ExternalId)).SingleOrDefaultAsync(ct);
        var enrolments = await (
            from participant in db.Participants.AsNoTracking()
            join programme in db.Programmes on participant.ProgrammeId equals programme.Id
            where participant.PersonId == id
            orderby participant.Id
            select new { participant, programme.Slug }).ToListAsync(ct);
        var consents = await ReadConsents.Of(id, Guid.Empty, int.MaxValue, db, ct);
        var visits = await (
            from offer in db.GuestOffers.AsNoTracking()
            join host in db.Units on offer.HostUnitId equals host.Id
            where offer.PersonId == id
            orderby offer.Id
            select new { offer, host.Name }).ToListAsync(ct);
        var stay = await db.HostedGuests.AsNoTracking().SingleOrDefaultAsync(guest => guest.PersonId == id, ct);
        var circles = await db.CircleMembers.AsNoTracking().Where(member => member.PersonId == id).OrderBy(member => member.JoinedAt)
            .Select(member => new ExportedCircle(member.ProgrammeId, member.JoinedAt)).ToListAsync(ct);
        var company = await db.Accompaniments.AsNoTracking().Where(known => known.MentorId == id || known.AlumnusId == id).OrderBy(known => known.Id)
            .Select(known => new ExportedCompany(known.Id, known.ProgrammeId, known.AlumnusId == id, known.State, known.AskedAt)).ToListAsync(ct);
        var delegates = await db.Delegates.AsNoTracking().SingleOrDefaultAsync(list => list.PersonId == id, ct);
        var booksFor = await db.Delegates.AsNoTracking().Where(list => list.DelegateIds.Contains(id)).OrderBy(list => list.PersonId).Select(list => list.PersonId).ToListAsync(ct);
        var acts = await (
            from entry in db.AuditEntries.AsNoTracking()
            join alias in db.AuditAliases on entry.Actor equals alias.Alias
            where alias.PersonId == id
            orderby entry.Sequence
            select new ExportedAct(entry.Sequence, entry.Code, entry.SubjectId, entry.At)).ToListAsync(ct);

        return new PersonExport<ExportedData>("participants", id, clock.GetUtcNow(), new ExportedData(
            new ExportedPerson(
                person.ExternalId,
                person.GivenName,
                person.FamilyName,
                person.Email,
                person.Title,
                person.UnitPath,
                person.Location,
                person.TimeZone,
                person.Languages,
                person.Stage,
                person.Grade,
                person.Chain,
                person.LeftOn,
                person.Gone,
                person.IsGuest),
            await ShowMyKnowledge.View(profile, db, ct),
            membership is null
                ? null
                : new ExportedMembership(
                    membership.Roles,
                    [.. membership.ProgrammeRoles.Select(held => new ExportedRole(held.ProgrammeId, held.Role))],
                    [.. membership.SignOns.Select(link => new SignOn(link.Issuer, link.Subject))],
                    membership.Ended),
            provisioned,
            [.. enrolments.Select(row => new ExportedEnrolment(
                row.participant.Id,
                row.Slug,
                row.participant.Side,
                row.participant.State,
                row.participant.Wave,
                row.participant.Sharing,
                row.participant.Snapshot,
                row.participant.Proofs,
                row.participant.PreparedAt,
                row.participant.EnrolledAt,
                row.participant.WithdrawnAt))],
            consents,
            [.. visits.Select(row => new ExportedVisit(
                row.offer.Id,
                row.offer.State,
                row.Name,
                row.offer.Terms,
                row.offer.Shared,
                row.offer.Expires,
                row.offer.OfferedAt,
                row.offer.AcceptedAt,
                row.offer.EndedAt))],
            stay is null ? null : new ExportedStay(stay.State, stay.Offer, stay.Expires),
            circles,
            company,
            delegates?.DelegateIds ?? [],
            booksFor,
            acts));
    }
}
