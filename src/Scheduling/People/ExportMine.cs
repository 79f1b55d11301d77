using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Notes;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.People;

/// <summary>What Scheduling keeps about somebody.</summary>
/// <param name="Hours">Null until something was said.</param>
/// <param name="Rotas">As put here, and as read from calendars.</param>
/// <param name="Delegates">Who books for the person.</param>
/// <param name="BooksFor">For whom the person books; of whom nothing else is in here.</param>
/// <param name="Calendars">Without their addresses, which are secret also from whoever finds the file.</param>
public sealed record ExportedMeetings(
    string? Name,
    string? Email,
    string? TimeZone,
    string? Location,
    GetAvailability.View? Hours,
    IReadOnlyList<KeepRota.View> Rotas,
    IReadOnlyList<ExportedCalendar> Calendars,
    IReadOnlyList<Guid> Delegates,
    IReadOnlyList<Guid> BooksFor,
    IReadOnlyList<ExportedPreparation> Prepared,
    IReadOnlyList<ExportedPartnership> Partnerships);

/// <param name="Busy">What is kept of it: times, nothing else.</param>
public sealed record ExportedCalendar(CalendarView Calendar, IReadOnlyList<ExportedBusyTime> Busy);

public sealed record ExportedBusyTime(DateTimeOffset StartsAt, DateTimeOffset EndsAt);

public sealed record ExportedPreparation(Guid ProgrammeId, Side Side);

/// <param name="Charter">Null where the programme's terms never came.</param>
/// <param name="EarlierCharters">Those it replaced, the first one first.</param>
/// <param name="Written">Agendas, shared notes and one's own private ones.</param>
public sealed record ExportedPartnership(
    ReadPartnerships.View Partnership,
    DateTimeOffset? EndedAt,
    ReadCharter.View? Charter,
    IReadOnlyList<Charter> EarlierCharters,
    IReadOnlyList<SessionView> Sessions,
    IReadOnlyList<SessionText> Written);

/// <summary>
/// Everything of one's own, for oneself alone: a charter is readable by its two, so no administrator gets it either. Left out is what tells of
/// the other: whether they want to go on, and how the pair's momentum was read, which would hand the mentor an alarm about the mentee.
/// </summary>
public static class ExportMine
{
    public static async Task<IResult> Handle(Caller caller, SchedulingDb db, PairSeal seal, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var (me, now) = (caller.PersonId, clock.GetUtcNow());
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(known => known.Id == me, ct);
        var offered = await db.Hours.AsNoTracking().SingleOrDefaultAsync(hours => hours.PersonId == me, ct);
        var rotas = await db.Rotas.AsNoTracking().Where(rota => rota.PersonId == me).OrderBy(rota => rota.SourceId).ToListAsync(ct);
        var busy = (await db.BusyTimes.AsNoTracking().Where(time => time.PersonId == me).OrderBy(time => time.StartsAt).ToListAsync(ct))
            .ToLookup(time => time.FeedId, time => new ExportedBusyTime(time.StartsAt, time.EndsAt));
        var prepared = await db.Preparations.AsNoTracking().Where(done => done.PersonId == me)
            .OrderBy(done => done.ProgrammeId).ThenBy(done => done.Side)
            .Select(done => new ExportedPreparation(done.ProgrammeId, done.Side)).ToListAsync(ct);
        var delegations = await db.Delegations.AsNoTracking().Where(held => held.MenteeId == me || held.DelegateId == me).ToListAsync(ct);
        var views = await ReadPartnerships.OfPerson(me, after: null, int.MaxValue, db, now, ct);
        var pairs = await db.Partnerships.AsNoTracking().Where(pair => pair.MentorId == me || pair.MenteeId == me).ToDictionaryAsync(pair => pair.Id, ct);
        var sessions = await db.SessionsOf(me).AsNoTracking()
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).ToListAsync(ct);
        var closing = await db.Closing(sessions.ConvertAll(session => session.Id), ct);
        var ofPair = sessions.ToLookup(session => session.PartnershipId, session => SessionView.Of(session, closing.Contains(session.Id)));
        var ids = pairs.Keys.ToArray();
        var earlier = (await db.EarlierCharters.AsNoTracking().Where(version => ids.Contains(version.PartnershipId)).OrderBy(version => version.Version).ToListAsync(ct))
            .ToLookup(version => version.PartnershipId, version => version.Charter);
        var partnerships = new List<ExportedPartnership>();
        foreach (var view in views)
        {
            var pair = pairs[view.Id];
            var charter = await db.WithCharter(pair, now, ct);
            partnerships.Add(new ExportedPartnership(
                view,
                pair.EndedAt,
                charter is null ? null : ReadCharter.Show(charter, view.As, pair.ReviewAt),
                [.. earlier[view.Id]],
                [.. ofPair[view.Id]],
                await db.TextsOf(pair.Id, me, seal, ct)));
        }

        return new PersonExport<ExportedMeetings>("scheduling", me, now, new ExportedMeetings(
            person?.Name,
            person?.Email,
            person?.TimeZone,
            person?.Location,
            offered is null ? null : GetAvailability.Show(offered),
            rotas.ConvertAll(KeepRota.Show),
            (await ReadCalendars.Of(me, db, now, ct)).ConvertAll(calendar => new ExportedCalendar(calendar, [.. busy[calendar.Id]])),
            [.. delegations.Where(held => held.MenteeId == me).Select(held => held.DelegateId).Order()],
            [.. delegations.Where(held => held.DelegateId == me).Select(held => held.MenteeId).Order()],
            prepared,
            partnerships)).AsFile(response);
    }
}
