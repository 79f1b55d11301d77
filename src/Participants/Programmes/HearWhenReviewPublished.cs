using MassTransit;
using Mentoring.Contracts.Feedback;
using Mentoring.Messaging;

namespace Mentoring.Participants.Programmes;

/// <summary>Keeps the newest review: expansion is decided by it, and waves may wait for a green one.</summary>
public sealed class HearWhenReviewPublished(ParticipantsDb db, Outbox outbox, TimeProvider clock) : IConsumer<ReviewPublished>
{
    public async Task Consume(ConsumeContext<ReviewPublished> context)
    {
        var (review, ct) = (context.Message, context.CancellationToken);
        if (await UnlockWaves.Locked(db, review.ProgrammeId, ct) is not { } programme
            || !programme.Hear(new Review(
                review.ReviewId, review.Version, review.Green, [.. review.Gates.Select(gate => new ReviewGate(gate.Gate, gate.Green, gate.Words))])))
        {
            return;
        }
        UnlockWaves.Tell(programme, programme.Weigh(await UnlockWaves.Progress(db, programme.Id, ct), clock.GetUtcNow()), outbox);
        await db.SaveChangesAsync(ct);
    }
}
