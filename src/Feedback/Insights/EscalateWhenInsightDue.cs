using Mentoring.Contracts.Feedback;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

/// <summary>The due date has passed: escalates once, whoever owns the insight by then.</summary>
public sealed class EscalateWhenInsightDue(FeedbackDb db, Outbox outbox, TimeProvider clock) : Messaging.ITimer
{
    public static string Name => "insight-due";

    /// <summary>The first instant that is too late.</summary>
    public static DateTimeOffset After(DateOnly dueOn) => new(dueOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.Insights.SingleOrDefaultAsync(i => i.Id == id, ct) is not { OwnerId: { } owner, DueOn: { } due } insight
            || !insight.MarkOverdue(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)))
            return;
        outbox.Publish(new InsightOverdue(id, insight.Version, insight.ProgrammeId, insight.Title, owner, due));
        await db.SaveChangesAsync(ct);
    }
}
