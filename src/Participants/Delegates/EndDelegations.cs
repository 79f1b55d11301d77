using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Delegates;

/// <summary>Whoever is gone books for nobody, and nobody books for them. The caller saves.</summary>
public static class EndDelegations
{
    public static async Task Of(ParticipantsDb db, Outbox outbox, Guid personId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from delegates where person_id = {personId} or {personId} = any (delegate_ids) order by person_id for update", ct);
        foreach (var list in await db.Delegates.Where(list => list.PersonId == personId || list.DelegateIds.Contains(personId)).ToListAsync(ct))
        {
            if (list.Without(personId) is { } changed)
                outbox.Publish(changed);
        }
    }
}
