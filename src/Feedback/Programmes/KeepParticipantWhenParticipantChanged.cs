using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Programmes;

public sealed class KeepParticipantWhenParticipantChanged(FeedbackDb db, Inbox inbox) : IConsumer<ParticipantChanged>
{
    internal const string Kind = "participant";

    public async Task Consume(ConsumeContext<ParticipantChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest(Kind, fact.ParticipantId, fact.Version, ct) || await db.FindInUnit<Participant>(fact.ParticipantId, ct) is not null)
            return;
        db.Add(new Participant { Id = fact.ParticipantId, ProgrammeId = fact.ProgrammeId, PersonId = fact.PersonId, Side = fact.Side });
        await db.SaveChangesAsync(ct);
    }
}
