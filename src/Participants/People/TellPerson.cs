using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <summary>One person, as a row of a file of people tells of them.</summary>
/// <param name="GivenName">1 to 300 characters.</param>
/// <param name="FamilyName">1 to 300 characters.</param>
/// <param name="ExternalId">The key in the human-resources system; null where it knows none.</param>
/// <param name="Email">Work address; null for those who have none.</param>
/// <param name="UnitPath">Parts joined by ` / `.</param>
/// <param name="Stage">Null: it follows from title and grade.</param>
/// <param name="Grade">The organisation's own grade, from 1, the lowest, to 99.</param>
/// <param name="TimeZone">IANA name; null: the unit's.</param>
/// <param name="Languages">BCP 47 tags, the preferred first; null: English.</param>
/// <param name="ManagerId">Somebody here; null at the top.</param>
[NamesEveryFault]
public sealed record TellPersonRequest(
    string GivenName,
    string FamilyName,
    string? ExternalId = null,
    string? Email = null,
    string? Title = null,
    string? UnitPath = null,
    CareerStage? Stage = null,
    int? Grade = null,
    string? Location = null,
    string? TimeZone = null,
    IReadOnlyList<string>? Languages = null,
    Guid? ManagerId = null);

/// <summary>Adds one person, or tells of one anew: for a correction or a late joiner no file is needed.</summary>
public static class TellPerson
{
    public static async Task<IResult> Add(TellPersonRequest request, Caller caller, ParticipantsDb db, KeepPerson keep, CancellationToken ct)
    {
        await using var change = await keep.Begin(ct);
        var details = await Details(request, db, ct);
        if (details.Faults() is { Count: > 0 } faults)
            return Problems.Invalid(faults);
        var (person, refusal) = await keep.Add(details, ct);
        if (refusal is { } taken)
            return Problem(taken);
        await change.Commit(ct);
        return Results.Created($"/api/v1/units/{caller.Unit}/people/{person!.Id}", await ShowPerson.View(person, db, ct));
    }

    public static async Task<IResult> Anew(Guid id, TellPersonRequest request, Precondition precondition, ParticipantsDb db, KeepPerson keep, CancellationToken ct)
    {
        await using var change = await keep.Begin(ct);
        if (await keep.Hold(id, ct) is not { Gone: false } person)
            return Problems.NotFound();
        if (precondition.Refusal(person.Version) is { } stale)
            return stale;
        var details = await Details(request, db, ct);
        if (details.Faults() is { Count: > 0 } faults)
            return Problems.Invalid(faults);
        if (await keep.Change(person, details, ct) is { } refusal)
            return Problem(refusal);
        await change.Commit(ct);
        return await ShowPerson.Handle(id, db, ct);
    }

    private static async Task<PersonDetails> Details(TellPersonRequest request, ParticipantsDb db, CancellationToken ct) => new(
        Text(request.ExternalId),
        request.GivenName.Trim(),
        request.FamilyName.Trim(),
        Text(request.Email)?.ToLowerInvariant(),
        Text(request.Title),
        Text(request.UnitPath) ?? "",
        request.Stage,
        request.Grade,
        Text(request.Location),
        Text(request.TimeZone) ?? await db.Units.Where(unit => unit.Id == db.Unit.UnitId).Select(unit => unit.TimeZone).SingleAsync(ct),
        request.Languages ?? ["en"],
        request.ManagerId);

    /// <summary>An empty cell is none.</summary>
    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static IResult Problem(KeepRefusal refusal) => refusal switch
    {
        KeepRefusal.ExternalIdTaken => Problems.Of(409, "external-id-taken", "Somebody else in the unit has this key."),
        KeepRefusal.EmailTaken => Problems.Of(409, "email-taken", "Somebody else in the unit has this e-mail address."),
        KeepRefusal.ManagerUnknown => Problems.Of(422, "manager-unknown", "There is no such manager in the unit, or they have left."),
        KeepRefusal.ReportingCycle => Problems.Of(422, "reporting-cycle", "Following the managers upwards would lead back to this person."),
        KeepRefusal.LineTooLong => Problems.Of(422, "line-too-long", $"With this manager somebody would have more than {Person.MostSuperiors} people above them."),
    };
}
