using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>A copy of what is shown of a person.</summary>
public sealed class Person
{
    internal const string Copy = "person";

    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public string? Title { get; set; }

    internal static async Task Keep(PersonChanged fact, MatchingDb db, Inbox inbox, CancellationToken ct)
    {
        if (!await inbox.IsNewest(Copy, fact.PersonId, fact.Version, ct)) return;
        if (await db.People.FindAsync([db.Unit.UnitId, fact.PersonId], ct) is not { } person)
        {
            person = new Person { Id = fact.PersonId, Name = fact.Name };
            db.People.Add(person);
        }
        person.Name = fact.Name;
        person.Title = fact.Title;
    }

    /// <summary>Removes every copy that bears a person's name or place; no late fact revives them.</summary>
    internal static async Task Remove(Guid personId, MatchingDb db, Inbox inbox, CancellationToken ct)
    {
        await inbox.Bury(Copy, personId, ct);
        await inbox.Bury(ReportingLine.Copy, personId, ct);
        db.People.RemoveRange(await db.People.Where(person => person.Id == personId).ToListAsync(ct));
        db.ReportingLines.RemoveRange(await db.ReportingLines.Where(line => line.PersonId == personId).ToListAsync(ct));
        db.Participants.RemoveRange(await db.Participants.Where(participant => participant.PersonId == personId).ToListAsync(ct));
        db.Wishes.RemoveRange(await db.Wishes.Where(wish => wish.PersonId == personId || wish.OtherId == personId).ToListAsync(ct));
    }
}
