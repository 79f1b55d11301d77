using MassTransit;
using Mentoring.Contracts.Audit;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Audit;

/// <summary>Chains an act in the order of arrival, once. One at a time in a unit: a chain has one end.</summary>
public sealed class ChainWhenActionAudited(ParticipantsDb db, UnitContext unit) : IConsumer<ActionAudited>
{
    public async Task Consume(ConsumeContext<ActionAudited> context)
    {
        var (action, ct) = (context.Message, context.CancellationToken);
        await AuditChain.Lock(db, ct);
        if (await db.AuditEntries.AnyAsync(entry => entry.ActionId == action.ActionId, ct))
            return;

        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(entry => entry.Sequence).FirstOrDefaultAsync(ct);
        db.Add(AuditEntry.After(last, unit.UnitId, action, await Alias(action.ActorId, ct)));
        await db.SaveChangesAsync(ct);
    }

    private async Task<Guid> Alias(Guid personId, CancellationToken ct)
    {
        // An operator is no person of the unit.
        if (personId == Guid.Empty)
            return Guid.Empty;
        if (await db.AuditAliases.SingleOrDefaultAsync(known => known.PersonId == personId, ct) is { } known)
            return known.Alias;
        var alias = AuditAlias.For(personId);
        // An act that arrives after its actor was erased is chained all the same, under an alias that nobody owns.
        if (await db.ErasedPeople.AnyAsync(erased => erased.PersonId == personId, ct))
            return alias.Alias;
        db.Add(alias);
        return alias.Alias;
    }
}
