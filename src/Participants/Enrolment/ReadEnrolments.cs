using Mentoring.Contracts.Participants;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>One's own parts; and for a programme's makers who takes part, without what each consented to share.</summary>
public static class ReadEnrolments
{
    public static async Task<Page<EnrolmentView>> Mine(PageRequest page, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var after = page.AfterId ?? Guid.Empty;
        var found = await (
            from participant in db.Participants.AsNoTracking()
            join programme in db.Programmes on participant.ProgrammeId equals programme.Id
            where participant.PersonId == caller.PersonId && participant.Id > after
            orderby participant.Id
            select new { participant, programme }).Take(page.Take).ToListAsync(ct);
        var shown = new List<EnrolmentView>(found.Count);
        foreach (var row in found)
        {
            // Somebody waits in a few programmes at most.
            var waiting = row.participant.State == ParticipantState.Waiting ? await WaitingView.Of(row.participant, row.programme, db, ct) : null;
            shown.Add(EnrolmentView.Of(row.participant, row.programme, waiting));
        }
        return Page.Of(shown, page, view => Cursor.Of(view.Id));
    }

    public static async Task<IResult> OfProgramme(
        string programme, string? side, string? state, PageRequest page, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (await ReadProgrammes.Find(programme, caller, db.Programmes.AsNoTracking(), ct) is not { } found)
            return Problems.NotFound();
        if (!ReadProgrammes.MakesIt(caller, found))
            return Problems.RoleMissing();

        var participants = db.Participants.AsNoTracking().Where(participant => participant.ProgrammeId == found.Id);
        if (side is not null)
        {
            if (!Kebab.TryParse<Side>(side, out var wanted))
                return Problems.Invalid("side", "must be mentor or mentee");
            participants = participants.Where(participant => participant.Side == wanted);
        }
        if (state is not null)
        {
            if (!Kebab.TryParse<ParticipantState>(state, out var wanted))
                return Problems.Invalid("state", "must be active, waiting, paused or withdrawn");
            participants = participants.Where(participant => participant.State == wanted);
        }

        var after = page.AfterId ?? Guid.Empty;
        var rows = await (
            from participant in participants
            join person in db.People on participant.PersonId equals person.Id
            where participant.Id > after
            orderby participant.Id
            select new
            {
                participant,
                person,
                position = participant.State == ParticipantState.Waiting
                    ? db.Participants.Count(other => other.ProgrammeId == participant.ProgrammeId && other.Side == participant.Side
                        && other.State == ParticipantState.Waiting && other.Id <= participant.Id)
                    : (int?)null,
            }).Take(page.Take).ToListAsync(ct);
        return Results.Ok(Page.Of(
            [.. rows.Select(row => new EnrolmentLine(
                row.participant.Id,
                row.participant.PersonId,
                row.person.Name,
                row.participant.Side,
                row.participant.State,
                row.participant.Wave,
                row.participant.PreparedAt is not null,
                row.participant.Ready,
                row.participant.EnrolledAt,
                row.position))],
            page,
            line => Cursor.Of(line.Id)));
    }
}

/// <param name="Position">On the waiting list of this side, from 1; null for whoever does not wait.</param>
public sealed record EnrolmentLine(
    Guid Id, Guid PersonId, string Name, Side Side, ParticipantState State, string? Wave, bool Prepared, bool Ready, DateTimeOffset EnrolledAt, int? Position);
