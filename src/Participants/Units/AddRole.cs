using Mentoring.Messaging;
using Mentoring.Participants.People;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Units;

/// <param name="Email">Somebody of the unit, by work e-mail.</param>
/// <param name="Role"><c>unit-admin</c>, <c>safeguarding</c>, or with a programme <c>programme-manager</c>, <c>sponsor</c>.</param>
/// <param name="Programme">Slug, for a role in a programme.</param>
/// <param name="Name">For somebody whom the import does not bring, such as an external safeguarding contact: then the person is added.</param>
public sealed record AddRoleRequest(string Email, string Role, string? Programme = null, string? Name = null);

/// <summary>An administrator gives somebody a role.</summary>
public static class AddRole
{
    private const int LongestName = 200;

    public enum Refusal
    {
        PersonUnknown,
        ProgrammeUnknown,
        MembershipEnded,
    }

    public static async Task<IResult> Handle(
        AddRoleRequest request, HttpContext http, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);

        Guid? programmeId = null;
        if (request.Programme is { } slug)
        {
            programmeId = await db.Set<Programme>().Where(programme => programme.Slug == slug).Select(programme => (Guid?)programme.Id).SingleOrDefaultAsync(ct);
            if (programmeId is null)
                return Problem(Refusal.ProgrammeUnknown);
        }

        var email = request.Email.ToLowerInvariant();
        await using var change = await Atomically.Begin(db, ct);
        // Whoever just leaves, or becomes known elsewhere, is waited for.
        var person = await db.People.FromSql($"select * from people where email = {email} and not gone for no key update").SingleOrDefaultAsync(ct);
        if (person is null)
        {
            if (request.Name is not { } name)
                return Problem(Refusal.PersonUnknown);
            var zone = await db.Units.Where(unit => unit.Id == db.Unit.UnitId).Select(unit => unit.TimeZone).SingleAsync(ct);
            db.People.Add(person = Person.Named(name, email, zone, clock.GetUtcNow()));
        }

        if (await GiveRole.To(db, outbox, clock, person.Id, request.Role, programmeId, ct) is not { } membership)
            return Problem(Refusal.MembershipEnded);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Created($"{http.Request.Path}/{membership.Id}", (await ListMembers.Show(db, [membership], ct))[0]);
    }

    private static IResult Problem(Refusal refusal) => refusal switch
    {
        Refusal.PersonUnknown => Problems.Of(422, "person-unknown", "Nobody in this unit has that e-mail address. Import the person first, or give a name to add somebody from outside."),
        Refusal.ProgrammeUnknown => Problems.Of(422, "programme-unknown", "There is no such programme in this unit."),
        Refusal.MembershipEnded => Problems.Of(409, "membership-ended", "This person's membership has ended."),
    };

    private static Dictionary<string, string[]> Validate(AddRoleRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (!MailAddressText.IsValid(request.Email))
            errors["email"] = ["must be an e-mail address"];
        if (request.Name is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > LongestName))
            errors["name"] = [$"must have 1 to {LongestName} characters"];
        if (Membership.RolesInProgrammes.Contains(request.Role))
        {
            if (request.Programme is null)
                errors["programme"] = ["is required for a role in a programme"];
        }
        else if (!Membership.UnitRoles.Contains(request.Role))
        {
            errors["role"] = [$"must be one of {string.Join(", ", Membership.UnitRoles.Concat(Membership.RolesInProgrammes))}"];
        }
        else if (request.Programme is not null)
        {
            errors["programme"] = ["is only for a role in a programme"];
        }
        return errors;
    }
}
