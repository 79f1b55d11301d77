using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Feedback.People;

public sealed class KeepPersonWhenPersonChanged(FeedbackDb db, Inbox inbox) : IConsumer<PersonChanged>
{
    internal const string Kind = "person";

    public async Task Consume(ConsumeContext<PersonChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest(Kind, fact.PersonId, fact.Version, ct))
            return;
        if (await db.FindInUnit<KnownPerson>(fact.PersonId, ct) is { } known)
            (known.Name, known.Stage) = (fact.Name, fact.Stage);
        else
            db.Add(new KnownPerson { Id = fact.PersonId, Name = fact.Name, Stage = fact.Stage });
        await db.SaveChangesAsync(ct);
    }
}
