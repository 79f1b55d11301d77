using Mentoring.Notifications.People;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Inbox;

/// <summary>The people and programmes behind the ids of some notices.</summary>
public sealed record Names(IReadOnlyDictionary<Guid, Person> People, IReadOnlyDictionary<Guid, string> Programmes)
{
    /// <summary>Everybody named has arrived here, be it as a tombstone.</summary>
    public bool Know(Notice notice) => (notice.ProgrammeId == Guid.Empty || Programmes.ContainsKey(notice.ProgrammeId)) && notice.Named().All(People.ContainsKey);

    public static async Task<Names> Of(NotificationsDb db, IReadOnlyCollection<Notice> notices, IEnumerable<Guid> readers, CancellationToken ct)
    {
        var people = notices.SelectMany(notice => notice.Named()).Concat(readers).Distinct().ToArray();
        var programmes = notices.Select(notice => notice.ProgrammeId).Distinct().ToArray();
        return new Names(
            await db.People.AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct),
            await db.Programmes.Where(p => programmes.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct));
    }
}
