using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <param name="Grade">The organisation's own grade, 1 the lowest; null where it was not told.</param>
/// <param name="Chain">Everybody above, the nearest first.</param>
public sealed record PersonView(
    Guid Id,
    string? ExternalId,
    string Name,
    string GivenName,
    string FamilyName,
    string? Email,
    string? Title,
    string UnitPath,
    CareerStage Stage,
    int? Grade,
    string? Location,
    string TimeZone,
    IReadOnlyList<string> Languages,
    DateOnly? LeftOn,
    bool Guest,
    IReadOnlyList<Superior> Chain);

public sealed record Superior(Guid Id, string Name, string? Title);

public static class ShowPerson
{
    public static Task<IResult> Me(Caller caller, ParticipantsDb db, CancellationToken ct) => Handle(caller.PersonId, db, ct);

    public static async Task<IResult> Handle(Guid id, ParticipantsDb db, CancellationToken ct) =>
        await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && !p.Gone, ct) is { } person
            ? Precondition.Ok(await View(person, db, ct), person.Version)
            : Problems.NotFound();

    internal static async Task<PersonView> View(Person person, ParticipantsDb db, CancellationToken ct)
    {
        var superiors = await db.People.AsNoTracking().Where(p => person.Chain.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return new PersonView(
            person.Id,
            person.ExternalId,
            person.Name,
            person.GivenName,
            person.FamilyName,
            person.Email,
            person.Title,
            person.UnitPath,
            person.Stage,
            person.Grade,
            person.Location,
            person.TimeZone,
            person.Languages,
            person.LeftOn,
            person.IsGuest,
            [.. person.Chain.Where(superiors.ContainsKey).Select(above => new Superior(above, superiors[above].Name, superiors[above].Title))]);
    }
}
