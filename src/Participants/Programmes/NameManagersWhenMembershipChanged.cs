using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// Other services learn of a programme's managers from the programme. The fact only says that something changed: what holds now is read
/// from the membership itself, so order does not matter.
/// </summary>
public sealed class NameManagersWhenMembershipChanged(ParticipantsDb db, Outbox outbox) : IConsumer<MembershipChanged>
{
    public async Task Consume(ConsumeContext<MembershipChanged> context)
    {
        var (changed, ct) = (context.Message, context.CancellationToken);
        var membership = await db.Memberships.AsNoTracking().SingleOrDefaultAsync(known => known.Id == changed.MembershipId, ct);
        if (membership is null)
            return;
        var manages = membership.ProgrammeRoles.Where(held => held.Role == Roles.ProgrammeManager).Select(held => held.ProgrammeId).ToHashSet();
        // A unit has a few dozen programmes.
        foreach (var programme in await db.Programmes.Where(programme => programme.State != ProgrammeState.Closed).ToListAsync(ct))
        {
            if (programme.IsManagedBy(membership.PersonId, manages.Contains(programme.Id)) && programme.State == ProgrammeState.Open)
                outbox.Publish(new ProgrammeChanged(programme.Id, programme.Version, programme.ToFact()));
        }
        await db.SaveChangesAsync(ct);
    }
}
