using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// The meeting of the mentors comes round. Who runs the programme names the time; the mentors know that it is due. Where the circle has met since
/// the last time, or has called its next meeting already, nobody is told.
/// </summary>
public sealed class RemindOfForum(ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock) : ITimer
{
    public static string Name => "programme-forum";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = timer.Payload<Guid>();
        if (await db.Programmes.SingleOrDefaultAsync(known => known.Id == id && known.State == ProgrammeState.Open, ct) is not { Settings.Forum: { } forum } programme)
            return;
        var now = clock.GetUtcNow();
        var since = programme.LastBefore(forum.Every, now);
        if (!await db.CircleMeetings.AnyAsync(meeting => meeting.ProgrammeId == id && !meeting.Cancelled && meeting.StartsAt > since, ct))
        {
            var mentors = await db.Participants
                .Where(one => one.ProgrammeId == id && one.Side == Side.Mentor && (one.State == ParticipantState.Active || one.State == ParticipantState.Paused))
                .Select(one => one.PersonId).Order().ToListAsync(ct);
            outbox.Publish(new ForumFellDue(programme.Id, programme.Version, forum.Name, DateOnly.FromDateTime(now.UtcDateTime), mentors));
        }
        await Rhythms.Set(programme, timers, now, ct);
        await db.SaveChangesAsync(ct);
    }
}
