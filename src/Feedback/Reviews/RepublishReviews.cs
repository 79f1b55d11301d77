using Mentoring.Contracts.Feedback;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Reviews;

public sealed class RepublishReviews(FeedbackDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        foreach (var review in await db.Reviews.AsNoTracking().OrderBy(review => review.Id).ToListAsync(ct))
            outbox.Publish(new ReviewPublished(review.Id, 1, review.ProgrammeId, review.Green, review.Gates));
        await db.SaveChangesAsync(ct);
    }
}
