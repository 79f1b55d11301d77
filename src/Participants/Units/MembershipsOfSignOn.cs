using Mentoring.Participants.Programmes;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Units;

/// <summary>What one sign-on may do in one unit.</summary>
/// <param name="UnitId">The unit.</param>
/// <param name="Unit">Its slug.</param>
/// <param name="UnitName">Its name.</param>
/// <param name="PersonId">The person there.</param>
/// <param name="Name">Of the person there.</param>
/// <param name="Roles">In the unit.</param>
/// <param name="ProgrammeRoles">In single programmes.</param>
/// <param name="IsGuest">Belongs to another unit.</param>
public sealed record HeldMembership(
    Guid UnitId,
    string Unit,
    string UnitName,
    Guid PersonId,
    string Name,
    IReadOnlyList<string> Roles,
    IReadOnlyList<HeldProgrammeRole> ProgrammeRoles,
    bool IsGuest);

public sealed record HeldProgrammeRole(Guid ProgrammeId, string Programme, string ProgrammeName, string Role);

/// <summary>Reads the memberships of a sign-on in all units: those from the platform's tables, the names in a scope per unit.</summary>
public static class MembershipsOfSignOn
{
    public static async Task<IReadOnlyList<HeldMembership>> Read(
        string issuer, string subject, TenantDatabase database, IServiceScopeFactory scopes, CancellationToken ct)
    {
        var rows = new List<(Guid UnitId, string Slug, string UnitName, Guid PersonId, string[] Roles, Guid[] Programmes, string[] ProgrammeRoles, bool Guest)>();
        await using (var command = database.Source.CreateCommand("""
            select m.unit_id, u.slug, u.name, m.person_id, m.given_roles,
                   array(select programme_id from platform.programme_roles r where r.membership_id = m.id order by programme_id, role),
                   array(select role from platform.programme_roles r where r.membership_id = m.id order by programme_id, role),
                   m.home_unit_id is not null
            from platform.sign_ons s
            join platform.memberships m on m.id = s.membership_id
            join platform.units u on u.id = m.unit_id
            where s.issuer = $1 and s.subject = $2 and not m.ended
            order by u.slug
            """))
        {
            command.Parameters.Add(new() { Value = issuer });
            command.Parameters.Add(new() { Value = subject });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add((
                    reader.GetGuid(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetGuid(3),
                    await reader.GetFieldValueAsync<string[]>(4, ct),
                    await reader.GetFieldValueAsync<Guid[]>(5, ct),
                    await reader.GetFieldValueAsync<string[]>(6, ct),
                    reader.GetBoolean(7)));
            }
        }

        var held = new List<HeldMembership>(rows.Count);
        foreach (var row in rows)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(row.UnitId);
            var db = scope.ServiceProvider.GetRequiredService<ParticipantsDb>();
            if (await db.People.AsNoTracking().SingleOrDefaultAsync(person => person.Id == row.PersonId && !person.Gone, ct) is not { } person)
                continue;
            var programmes = await ProgrammeNames.Of(db, row.Programmes, ct);
            held.Add(new HeldMembership(
                row.UnitId,
                row.Slug,
                row.UnitName,
                row.PersonId,
                person.Name,
                [Roles.Participant, .. row.Roles],
                [.. row.Programmes.Zip(row.ProgrammeRoles)
                    .Where(role => programmes.ContainsKey(role.First))
                    .Select(role => new HeldProgrammeRole(role.First, programmes[role.First].Slug, programmes[role.First].Name, role.Second))],
                row.Guest));
        }
        return held;
    }
}

/// <summary>Slug and name of programmes, for views that show roles.</summary>
internal static class ProgrammeNames
{
    public static async Task<IReadOnlyDictionary<Guid, (string Slug, string Name)>> Of(ParticipantsDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? new Dictionary<Guid, (string, string)>() : await db.Set<Programme>().AsNoTracking().Where(programme => ids.Contains(programme.Id))
            .ToDictionaryAsync(programme => programme.Id, programme => (programme.Slug, programme.Settings.Name), ct);
}
