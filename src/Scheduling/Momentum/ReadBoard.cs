using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Momentum;

/// <summary>The momentum board: active pairs of a programme, for its manager.</summary>
public static class ReadBoard
{
    /// <param name="Reasons">In words.</param>
    /// <param name="Planned">Sessions still to come.</param>
    /// <param name="Alarm">The last step taken; null where no alarm stands.</param>
    /// <param name="SeriesUnconfirmed">A whole series is proposed to the mentee and not booked.</param>
    /// <param name="FirstHeldAt">When its first held session started; null while none was held.</param>
    public sealed record View(
        Guid PartnershipId,
        PersonView Mentor,
        PersonView Mentee,
        Level Momentum,
        IReadOnlyList<string> Reasons,
        int Planned,
        int Held,
        int CancelledByMentee,
        int CancelledByMentor,
        int MissedByMentee,
        int MissedByMentor,
        AlarmStep? Alarm,
        string Wave,
        DateTimeOffset FormedAt,
        bool SeriesUnconfirmed,
        DateTimeOffset? FirstHeldAt)
    {
        /// <summary>Whole days from the pair's forming to its first held session; null while none was held.</summary>
        public int? DaysToFirstSession => FirstHeldAt is { } held ? (int)(held - FormedAt).TotalDays : null;
    }

    public static async Task<IResult> Handle(
        string programme, string? momentum, string? alarm, string? wave, PageRequest page, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        Level? level = null;
        if (momentum is not null)
        {
            // Names alone: a number would parse as well.
            if (!Enum.TryParse<Level>(momentum, ignoreCase: true, out var wanted) || !Enum.GetNames<Level>().Contains(momentum, StringComparer.OrdinalIgnoreCase))
                return Problems.Invalid("momentum", "must be thriving, steady, slipping or stalled");
            level = wanted;
        }
        AlarmStep? step = alarm switch
        {
            "mentee" => AlarmStep.Mentee,
            "programme-manager" => AlarmStep.ProgrammeManager,
            "sponsor" => AlarmStep.Sponsor,
            _ => null,
        };
        if (alarm is not null && step is null)
            return Problems.Invalid("alarm", "must be mentee, programme-manager or sponsor");
        if (await db.Programmes.Where(terms => terms.Slug == programme).Select(terms => (Guid?)terms.Id).FirstOrDefaultAsync(ct) is not { } id)
            return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, id))
            return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        var weighed =
            from weighing in db.Momentum.AsNoTracking()
            join pair in db.Partnerships on weighing.PartnershipId equals pair.Id
            where pair.ProgrammeId == id && pair.EndedAt == null
            select new { Pair = pair, Weighing = weighing };
        if (level is not null)
            weighed = weighed.Where(row => row.Weighing.Level == level);
        if (step is not null)
            weighed = weighed.Where(row => row.Weighing.Alarm == step);
        if (wave is not null)
            weighed = weighed.Where(row => row.Pair.Wave == wave);
        if (page.AfterId is { } after)
            weighed = weighed.Where(row => row.Pair.Id > after);
        var rows = await (
            from row in weighed.OrderBy(row => row.Pair.Id).Take(page.Take)
            from mentor in db.People.Where(person => person.Id == row.Pair.MentorId).DefaultIfEmpty()
            from mentee in db.People.Where(person => person.Id == row.Pair.MenteeId).DefaultIfEmpty()
            orderby row.Pair.Id
            select new View(
                row.Pair.Id,
                new PersonView(row.Pair.MentorId, mentor == null ? "" : mentor.Name),
                new PersonView(row.Pair.MenteeId, mentee == null ? "" : mentee.Name),
                row.Weighing.Level,
                row.Weighing.Reasons,
                db.Sessions.Count(session => session.PartnershipId == row.Pair.Id && session.State == SessionState.Booked && session.StartsAt > now),
                db.Sessions.Count(session => session.PartnershipId == row.Pair.Id && session.State == SessionState.Held),
                db.Sessions.Count(session => session.PartnershipId == row.Pair.Id && session.State == SessionState.Cancelled && session.BySide == Side.Mentee),
                db.Sessions.Count(session => session.PartnershipId == row.Pair.Id && session.State == SessionState.Cancelled && session.BySide == Side.Mentor),
                db.Sessions.Count(session => session.PartnershipId == row.Pair.Id && session.State == SessionState.Missed && session.BySide == Side.Mentee),
                db.Sessions.Count(session => session.PartnershipId == row.Pair.Id && session.State == SessionState.Missed && session.BySide == Side.Mentor),
                row.Weighing.Alarm,
                row.Pair.Wave,
                row.Pair.FormedAt,
                IsUnconfirmed(row.Pair.Series),
                db.Sessions.Where(session => session.PartnershipId == row.Pair.Id && session.State == SessionState.Held).Min(session => (DateTimeOffset?)session.StartsAt)))
            .ToListAsync(ct);
        return Results.Ok(Page.Of(rows, page, last => Cursor.Of(last.PartnershipId)));
    }

    private static bool IsUnconfirmed(Series? series) => series is { Booked: false, Slots.Count: > 0 };
}
