using Mentoring.Contracts.Feedback;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

/// <summary>What is shown, as it stands. Overdue is an event that has had its effect; it is not told again.</summary>
public sealed class RepublishInsights(FeedbackDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        foreach (var insight in await db.Insights.AsNoTracking().Where(insight => insight.RaisedOn != null).ToListAsync(ct))
        {
            outbox.Publish(new InsightRaised(insight.Id, insight.Version, insight.ProgrammeId, insight.Title, insight.OwnerId, insight.DueOn));
            if (insight is { Answer: { } answer, Effect: { } effect, OwnerId: { } owner })
            {
                outbox.Publish(new InsightAnswered(
                    insight.Id, insight.Version, insight.ProgrammeId, insight.Title, owner, answer.Kebab(), effect.Kebab(), insight.InTime));
            }
        }
        await db.SaveChangesAsync(ct);
    }
}
