using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>Tells again of every programme that others know of.</summary>
public sealed class RepublishProgrammes(ParticipantsDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        foreach (var programme in await db.Programmes.AsNoTracking().Where(programme => programme.State != ProgrammeState.Draft).ToListAsync(ct))
        {
            if (programme.State == ProgrammeState.Closed)
                outbox.Publish(new ProgrammeClosed(programme.Id, programme.Version));
            else
                outbox.Publish(new ProgrammeChanged(programme.Id, programme.Version, programme.ToFact()));
        }
        await db.SaveChangesAsync(ct);
    }
}
