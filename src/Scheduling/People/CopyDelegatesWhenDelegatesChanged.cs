using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.People;

/// <summary>Whole each time: who is not in the fact books no more.</summary>
public sealed class CopyDelegatesWhenDelegatesChanged(SchedulingDb db, Inbox inbox) : IConsumer<DelegatesChanged>
{
    /// <summary>Names the copy.</summary>
    internal const string Kind = "delegates";

    public async Task Consume(ConsumeContext<DelegatesChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest(Kind, fact.PersonId, fact.Version, ct))
            return;
        await db.Delegations.Where(held => held.MenteeId == fact.PersonId).ExecuteDeleteAsync(ct);
        db.Delegations.AddRange(fact.Delegates.Distinct().Select(delegateId => new Delegation { MenteeId = fact.PersonId, DelegateId = delegateId }));
        await db.SaveChangesAsync(ct);
    }
}
