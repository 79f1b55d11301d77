using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <param name="Grade">The organisation's own grade, 1 the lowest; null where it was not told.</param>
/// <param name="ManagerId">Null at the top, and for those who are no part of the tree (guests).</param>
public sealed record PersonItem(
    Guid Id, string? ExternalId, string Name, string? Email, string? Title, string UnitPath, CareerStage Stage, int? Grade, string? Location, bool Guest, Guid? ManagerId);

/// <summary>
/// People by the start of either name, address or key, in the order of their family names; with <c>gone=true</c> those who have left and are not
/// erased yet.
/// </summary>
public static class FindPeople
{
    public static async Task<Page<PersonItem>> Handle(string? search, string? stage, bool? gone, PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        var people = db.People.AsNoTracking().Where(person => person.Gone == (gone ?? false));
        if (stage is not null)
        {
            if (!Kebab.TryParse<CareerStage>(stage, out var wanted))
                throw new InvalidRequestException("stage", $"must be one of {string.Join(", ", Enum.GetValues<CareerStage>().Select(Kebab.Of))}");
            people = people.Where(person => person.Stage == wanted);
        }
        if (!string.IsNullOrWhiteSpace(search))
        {
            var key = search.Trim();
            var start = SearchText.Of(key);
            // Ranges in C collation and not LIKE: row-level security lets only leak-proof operators near an index.
            var end = start + SearchText.End;
            people = people.Where(person =>
                (string.Compare(person.FamilyFirst, start) >= 0 && string.Compare(person.FamilyFirst, end) < 0)
                || (string.Compare(person.GivenFirst, start) >= 0 && string.Compare(person.GivenFirst, end) < 0)
                || (string.Compare(person.Email, start) >= 0 && string.Compare(person.Email, end) < 0)
                || person.ExternalId == key);
        }
        if (page.AfterKeyAndId is { } after)
        {
            people = people.Where(person => string.Compare(person.FamilyFirst, after.Key) > 0
                || (person.FamilyFirst == after.Key && person.Id > after.Id));
        }
        var found = await people.OrderBy(person => person.FamilyFirst).ThenBy(person => person.Id).Take(page.Take).ToListAsync(ct);
        var shown = Page.Of(found, page, person => Cursor.Of(person.FamilyFirst, person.Id));
        return Page.Of<PersonItem>(
            [.. shown.Items.Select(p => new PersonItem(p.Id, p.ExternalId, p.Name, p.Email, p.Title, p.UnitPath, p.Stage, p.Grade, p.Location, p.IsGuest, p.ManagerId))],
            shown.Next);
    }
}
