using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

public sealed class RepublishPeople(ParticipantsDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        await foreach (var person in db.People.AsNoTracking().Where(person => person.KnownElsewhere).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (person.Gone)
                outbox.Publish(new PersonLeft(person.Id, person.Version));
            else
                outbox.Publish(person.ToFact());
        }
        await db.SaveChangesAsync(ct);
    }
}
