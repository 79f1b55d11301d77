using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.People;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

public sealed class EndPartnershipsWhenPersonLeft(SchedulingDb db, Inbox inbox, Endings endings) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await inbox.Bury("person", fact.PersonId, ct);
        if (await db.People.FindAsync([db.Unit.UnitId, fact.PersonId], ct) is not { } person)
            db.People.Add(person = new Person { Id = fact.PersonId, Name = "", TimeZone = "" });
        (person.Name, person.Email, person.TimeZone, person.Languages, person.Left) = ("", null, "", [], true);
        await db.Feeds.Where(feed => feed.PersonId == fact.PersonId).ExecuteDeleteAsync(ct);
        foreach (var pair in await db.Partnerships
            .Where(pair => pair.EndedAt == null && (pair.MentorId == fact.PersonId || pair.MenteeId == fact.PersonId)).ToListAsync(ct))
            await endings.End(pair, early: true, ct);
        await db.SaveChangesAsync(ct);
    }
}
