using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Units;

public static class ShowMember
{
    public static async Task<IResult> Handle(Guid id, ParticipantsDb db, CancellationToken ct) =>
        await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.UnitId == db.Unit.UnitId && m.Id == id && !m.Ended, ct) is { } membership
            ? Precondition.Ok((await ListMembers.Show(db, [membership], ct))[0], membership.Version)
            : Problems.NotFound();
}
