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
        return Page.Of([.. found.Select(row => EnrolmentView.Of(row.participant, row.programme))], page, view => Cursor.Of(view.Id));
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
                return Problems.Invalid("state", "must be active, paused or withdrawn");
            participants = participants.Where(participant => participant.State == wanted);
        }

        var after = page.AfterId ?? Guid.Empty;
        var rows = await (
            from participant in participants
            join person in db.People on participant.PersonId equals person.Id
            where participant.Id > after
            orderby participant.Id
            select new { participant, person }).Take(page.Take).ToListAsync(ct);
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
                row.participant.EnrolledAt))],
            page,
            line => Cursor.Of(line.Id)));
    }
}

public sealed record EnrolmentLine(
    Guid Id, Guid PersonId, string Name, Side Side, ParticipantState State, string? Wave, bool Prepared, bool Ready, DateTimeOffset EnrolledAt);
