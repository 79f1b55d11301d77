using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// The planned end of a partnership: where both have said that they want to, it goes on for another term of the programme's length;
/// whatever else was said or not said, it ends, and which it was is kept nowhere.
/// </summary>
public sealed class EndWhenTimeIsOver(
    SchedulingDb db, Attendees attendees, Endings endings, SeriesProposal proposal, Outbox outbox, Timers timers) : ITimer
{
    public static string Name => "partnership-end";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        // Locked, so that no answer comes in while they are counted.
        var pair = await db.Partnerships.FromSql($"select * from partnerships where id = {id} for update").SingleOrDefaultAsync(ct);
        if (pair is not { Ended: false, EndsAt: { } ends })
            return;
        var answers = await db.ContinuationAnswers.Where(answer => answer.PartnershipId == id).ToListAsync(ct);
        var terms = await db.Programmes.SingleAsync(terms => terms.Id == pair.ProgrammeId, ct);
        if (!terms.Closed && answers.Count(answer => answer.GoesOn) == 2)
        {
            db.ContinuationAnswers.RemoveRange(answers);
            await GoOn(pair, terms.EndOf(Instant.FromDateTimeOffset(ends), (await attendees.HoursOf(pair.MenteeId, ct)).Zone), ct);
            await proposal.Propose(pair, terms, ct);
        }
        else
        {
            await endings.EndAsPlanned(pair, ct);
        }
        outbox.Publish(pair.ToPlannedEndReached());
        await db.SaveChangesAsync(ct);
    }

    private async Task GoOn(Partnership pair, Instant until, CancellationToken ct)
    {
        pair.GoOn(until.ToDateTimeOffset());
        await timers.Set(Name, pair.Id.ToString(), until.ToDateTimeOffset(), ct: ct);
        await timers.Set(AskToContinue.Name, pair.Id.ToString(), pair.QuestionAt!.Value, ct: ct);
    }
}
