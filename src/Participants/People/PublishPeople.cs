using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <summary>
/// A person's details leave this service only once the person is enrolled or holds a role. Whoever enrols somebody or gives a role
/// calls this in the same save; for those already known elsewhere it does nothing.
/// </summary>
public static class PublishPeople
{
    /// <summary>Enqueues the first <see cref="Contracts.Participants.PersonChanged"/> of each; the caller saves.</summary>
    public static async Task For(ParticipantsDb db, Outbox outbox, IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        // Somebody made in this very save is not in the database yet.
        var added = db.People.Local.Where(person => personIds.Contains(person.Id)).ToDictionary(person => person.Id);
        var others = personIds.Where(id => !added.ContainsKey(id)).ToArray();
        // Whoever just makes the same person known is waited for, and then there is nothing left to tell; as there is of somebody who has just left.
        var found = others.Length == 0 ? [] : await db.People.FromSql(
            $"select * from people where id = any({others}) and not known_elsewhere and not gone order by id for no key update").ToListAsync(ct);
        foreach (var person in found.Concat(added.Values))
        {
            if (person.BecomeKnownElsewhere())
                outbox.Publish(person.ToFact());
        }
    }
}
