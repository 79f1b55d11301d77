using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Units;

public sealed record Member(
    Guid Id, MemberPerson Person, bool Guest, bool SignedOn, IReadOnlyList<string> Roles, IReadOnlyList<MyProgrammeRole> ProgrammeRoles);

public sealed record MemberPerson(Guid Id, string Name, string? Email);

/// <summary>Who may do what in the unit.</summary>
public static class ListMembers
{
    public static async Task<Page<Member>> Handle(PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        var after = page.AfterId ?? Guid.Empty;
        var memberships = await db.Memberships.AsNoTracking()
            .Where(m => m.UnitId == db.Unit.UnitId && !m.Ended && m.Id > after)
            .OrderBy(m => m.Id)
            .Take(page.Take)
            .ToListAsync(ct);
        var shown = Page.Of(memberships, page, m => Cursor.Of(m.Id));
        return Page.Of(await Show(db, shown.Items, ct), shown.Next);
    }

    internal static async Task<IReadOnlyList<Member>> Show(ParticipantsDb db, IReadOnlyCollection<Membership> memberships, CancellationToken ct)
    {
        var ids = memberships.Select(m => m.PersonId).ToArray();
        var people = await db.People.AsNoTracking().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, ct);
        var programmes = await ProgrammeNames.Of(db, [.. memberships.SelectMany(m => m.ProgrammeRoles).Select(held => held.ProgrammeId).Distinct()], ct);
        return [.. memberships.Select(m => new Member(
            m.Id,
            new MemberPerson(m.PersonId, people[m.PersonId].Name, people[m.PersonId].Email),
            m.IsGuest,
            m.SignOns.Count > 0,
            m.Roles,
            [.. m.ProgrammeRoles.Where(held => programmes.ContainsKey(held.ProgrammeId))
                .Select(held => new MyProgrammeRole(programmes[held.ProgrammeId].Slug, programmes[held.ProgrammeId].Name, held.Role))]))];
    }
}
