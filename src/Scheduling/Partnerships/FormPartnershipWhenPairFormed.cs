using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

public sealed class FormPartnershipWhenPairFormed(SchedulingDb db, Inbox inbox, Endings endings, TimeProvider clock) : IConsumer<PairFormed>
{
    public async Task Consume(ConsumeContext<PairFormed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("pair", fact.PairId, fact.Version, ct) || await db.Partnerships.AnyAsync(pair => pair.Id == fact.PairId, ct))
            return;
        var pair = Partnership.Form(fact, clock.GetUtcNow());
        db.Partnerships.Add(pair);
        var terms = await db.Programmes.SingleOrDefaultAsync(terms => terms.Id == fact.ProgrammeId, ct);
        if (terms is not null)
            pair.PrefillCharter(terms, await db.WordingFor(pair, terms, ct), clock.GetUtcNow());
        // Somebody left while the fact was on its way: the places are freed at once.
        if (await db.People.AnyAsync(person => person.Left && (person.Id == fact.MentorId || person.Id == fact.MenteeId), ct))
            await endings.End(pair, early: true, ct);
        else if (terms is { Closed: true })
            await endings.End(pair, early: false, ct);
        await db.SaveChangesAsync(ct);
    }
}
