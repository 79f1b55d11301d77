using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Circle;

/// <summary>Whoever has left the unit belongs to no circle, and accompanies nobody.</summary>
public sealed class LeaveCirclesWhenPersonLeft(ParticipantsDb db) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        var (personId, ct) = (context.Message.PersonId, context.CancellationToken);
        await db.CircleMembers.Where(known => known.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.Alumni.Where(known => known.PersonId == personId).ExecuteDeleteAsync(ct);
        await db.Accompaniments.Where(known => known.MentorId == personId || known.AlumnusId == personId).ExecuteDeleteAsync(ct);
    }
}
