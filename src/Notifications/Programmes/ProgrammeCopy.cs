namespace Mentoring.Notifications.Programmes;

/// <summary>Opened and changed carry the same state under one version counter.</summary>
internal static class ProgrammeCopy
{
    public static async Task Take(NotificationsDb db, Messaging.Inbox inbox, Guid id, long version, Contracts.Participants.Programme state, CancellationToken ct)
    {
        if (!await inbox.IsNewest("programme", id, version, ct))
            return;
        if (await db.Programmes.FindAsync([db.Unit.UnitId, id], ct) is not { } programme)
        {
            programme = new Programme { Id = id, Slug = state.Slug, Name = state.Name, SponsorId = state.SponsorId, ManagerIds = [] };
            db.Add(programme);
        }
        programme.Slug = state.Slug;
        programme.Name = state.Name;
        programme.SponsorId = state.SponsorId;
        programme.DeputyId = state.DeputyId;
        programme.ManagerIds = [.. state.ManagerIds];
        await db.SaveChangesAsync(ct);
    }
}
