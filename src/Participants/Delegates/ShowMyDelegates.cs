using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Delegates;

public sealed record MyDelegates(IReadOnlyList<MyDelegate> Delegates);

/// <param name="Email">Null where the person's address was taken away since.</param>
public sealed record MyDelegate(string Name, string? Email);

/// <summary>Who books for oneself; nobody else reads it here.</summary>
public static class ShowMyDelegates
{
    public static async Task<IResult> Handle(Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var list = await db.Delegates.AsNoTracking().SingleOrDefaultAsync(l => l.PersonId == caller.PersonId, ct) ?? DelegateList.Empty(caller.PersonId);
        return Precondition.Ok(await View(list, db, ct), list.Version);
    }

    internal static async Task<MyDelegates> View(DelegateList list, ParticipantsDb db, CancellationToken ct)
    {
        var people = await db.People.AsNoTracking().Where(person => list.DelegateIds.Contains(person.Id)).OrderBy(person => person.FamilyFirst).ThenBy(person => person.Id).ToListAsync(ct);
        return new MyDelegates(people.ConvertAll(person => new MyDelegate(person.Name, person.Email)));
    }
}
