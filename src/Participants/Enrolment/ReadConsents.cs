using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>One line of the consent log: what was agreed to or taken back, when, for which programme.</summary>
/// <param name="Given">False: taken back.</param>
/// <param name="Snapshot">What was shown when it was given; null when taken back.</param>
/// <param name="ShownTo">What was said to be shown to whom.</param>
/// <param name="Terms">Those that a guest accepted with it.</param>
public sealed record ConsentView(
    Guid Id, Guid EnrolmentId, string Programme, Side Side, bool Given, ParticipantSnapshot? Snapshot, IReadOnlyList<Disclosure>? ShownTo, DateTimeOffset At, string? Terms = null);

/// <summary>One's own consent log, the oldest first. Nobody else reads it here; an administrator gets it with an export, which is audited.</summary>
public static class ReadConsents
{
    public static async Task<Page<ConsentView>> Mine(PageRequest page, Caller caller, ParticipantsDb db, CancellationToken ct) =>
        Page.Of(await Of(caller.PersonId, page.AfterId ?? Guid.Empty, page.Take, db, ct), page, view => Cursor.Of(view.Id));

    internal static async Task<IReadOnlyList<ConsentView>> Of(Guid personId, Guid after, int most, ParticipantsDb db, CancellationToken ct) => await (
        from consent in db.Consents.AsNoTracking()
        join participant in db.Participants on consent.ParticipantId equals participant.Id
        join programme in db.Programmes on participant.ProgrammeId equals programme.Id
        where consent.PersonId == personId && consent.Id > after
        orderby consent.Id
        select new ConsentView(consent.Id, participant.Id, programme.Slug, participant.Side, consent.Given, consent.Snapshot, consent.ShownTo, consent.At, consent.Terms))
        .Take(most).ToListAsync(ct);
}
