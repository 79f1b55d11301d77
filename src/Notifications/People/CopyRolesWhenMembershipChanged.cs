using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.People;

/// <summary>Whole each time: roles that are not in the fact are no longer held.</summary>
public sealed class CopyRolesWhenMembershipChanged(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<MembershipChanged>
{
    public async Task Consume(ConsumeContext<MembershipChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("membership", fact.MembershipId, fact.Version, ct))
            return;
        if (await db.Members.FindAsync([db.Unit.UnitId, fact.PersonId], ct) is { } member)
            member.Ended = fact.Ended;
        else
            db.Add(new Member { PersonId = fact.PersonId, Ended = fact.Ended });
        await db.ProgrammeRoles.Where(r => r.PersonId == fact.PersonId).ExecuteDeleteAsync(ct);
        if (!fact.Ended)
            db.AddRange(fact.ProgrammeRoles.Distinct().Select(held => new ProgrammeRoleHeld { ProgrammeId = held.ProgrammeId, PersonId = fact.PersonId, Role = held.Role }));
        await db.SaveChangesAsync(ct);
    }
}
