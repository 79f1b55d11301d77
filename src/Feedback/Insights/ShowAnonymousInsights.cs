using System.Diagnostics;
using Mentoring.Contracts.Feedback;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

/// <summary>
/// Once a day, at midnight UTC and whether anything was raised or not, shows what waits if at least k different people stand behind it.
/// A beat of its own: shown by the request of the last raiser, time and trace would say who that was.
/// </summary>
public sealed class ShowAnonymousInsights(FeedbackDb db, Outbox outbox, Timers timers, TimeProvider clock) : Messaging.ITimer
{
    public static string Name => "anonymous-insights";

    public static async Task Next(Guid programmeId, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        var midnight = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        await timers.Set(Name, programmeId.ToString(), midnight, ct: ct);
    }

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        // Each day's facts start a trace of their own instead of the one in which the programme was opened.
        Activity.Current = null;
        var id = Guid.Parse(timer.Key);
        if (await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && !p.Closed, ct) is not { } programme)
            return;
        await Next(id, timers, clock, ct);
        // Whoever raises meanwhile waits, and belongs to the next batch as a whole, the insight and its count.
        await db.ProgrammeKeys.FromSql($"select * from programme_keys where programme_id = {id} for update").AsNoTracking().SingleAsync(ct);
        var raisers = await db.AnonymousRaisers.Where(raiser => raiser.ProgrammeId == id).ToListAsync(ct);
        if (raisers.Count >= programme.K)
        {
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            foreach (var insight in await db.Insights.Where(i => i.ProgrammeId == id && i.RaisedOn == null).OrderBy(i => i.Id).ToListAsync(ct))
            {
                insight.Show(today);
                outbox.Publish(new InsightRaised(insight.Id, insight.Version, id, insight.Title, OwnerId: null, DueOn: null));
            }
            db.RemoveRange(raisers);
        }
        await db.SaveChangesAsync(ct);
    }
}
