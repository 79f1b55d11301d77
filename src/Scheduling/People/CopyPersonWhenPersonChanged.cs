using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Partnerships;

namespace Mentoring.Scheduling.People;

public sealed class CopyPersonWhenPersonChanged(SchedulingDb db, Inbox inbox, SeriesProposal proposal) : IConsumer<PersonChanged>
{
    public async Task Consume(ConsumeContext<PersonChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("person", fact.PersonId, fact.Version, ct))
            return;
        if (await db.People.FindAsync([db.Unit.UnitId, fact.PersonId], ct) is { } person)
        {
            // Whoever has offered no hours of their own has the default ones of their zone, and everybody has the holidays of their place.
            if (person.TimeZone != fact.TimeZone || person.Location != fact.Location)
                await proposal.TryAgainFor(fact.PersonId, ct);
            (person.Name, person.Email, person.TimeZone, person.Location, person.Languages) = (fact.Name, fact.Email, fact.TimeZone, fact.Location, fact.Languages);
        }
        else
        {
            db.People.Add(new Person { Id = fact.PersonId, Name = fact.Name, Email = fact.Email, TimeZone = fact.TimeZone, Location = fact.Location, Languages = fact.Languages });
        }
        await db.SaveChangesAsync(ct);
    }
}
