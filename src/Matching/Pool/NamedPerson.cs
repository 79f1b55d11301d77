using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>A person as answers show them.</summary>
/// <param name="Name">Null once the person's data is gone.</param>
public sealed record NamedPerson(Guid Id, string? Name)
{
    /// <summary>Reads the names of all at once.</summary>
    internal static async Task<Func<Guid, NamedPerson>> Read(MatchingDb db, IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(person => wanted.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
        return id => new NamedPerson(id, names.GetValueOrDefault(id));
    }
}
