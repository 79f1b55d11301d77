using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// A file becomes a draft. Its sponsor and managers, and whoever creates it, get their roles in it. The wording check warns but never
/// refuses.
/// </summary>
public static class CreateProgramme
{
    // What a designer looks for first; anything else is told by the errors' paths.
    private static readonly string[] s_named = ["gap-missing", "measure-missing", "priority-missing", "sponsor-unknown", "topic-unknown"];

    public static async Task<IResult> Handle(
        ProgrammeBody body, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        // The topics it names stay held until it is written: a merge at this moment rewrites it or comes before it.
        await using var change = await Atomically.Begin(db, ct);
        var check = await ProgrammeCheck.Of(body, db, ct);
        if (check.Settings is not { } settings)
            return Refused(check.Problems);

        var now = clock.GetUtcNow();
        var creator = caller.Kind == CallerKind.Person ? caller.PersonId : (Guid?)null;
        var programme = Programme.Draft(Guid.CreateVersion7(now), settings, body.Text, check.People, creator, now);
        db.Programmes.Add(programme);
        db.ProgrammeFiles.Add(await ApplyProgramme.Next(programme, body, [], creator, now, db, ct));
        await GiveRole.To(db, outbox, clock, programme.SponsorId, Roles.Sponsor, programme.Id, ct);
        foreach (var manager in programme.ManagerIds)
            await GiveRole.To(db, outbox, clock, manager, Roles.ProgrammeManager, programme.Id, ct);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), creator ?? Guid.Empty, "programme-created", programme.Id, now));
        try
        {
            await db.SaveChangesAsync(ct);
            await change.Commit(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: ProgrammeMapping.SlugIsTaken })
        {
            return Problems.Of(409, "programme-exists", $"There is a programme '{settings.Slug}' already; give another name, or a `slug:` of its own.");
        }
        return Results.Created($"/api/v1/units/{caller.Unit}/programmes/{programme.Slug}", await ReadProgrammes.View(programme, db, ct) with { Warnings = WordingCheck.Of(settings) });
    }

    internal static IResult Refused(IReadOnlyList<FileProblem> problems)
    {
        var errors = problems
            .GroupBy(problem => problem.Path.Length == 0 ? "file" : problem.Path)
            .ToDictionary(group => group.Key, group => group.Select(problem => problem.Detail).ToArray());
        if (problems is [{ Code: "malformed" } broken])
            return Problems.Of(400, "malformed", broken.Detail);
        var code = s_named.FirstOrDefault(named => problems.Any(problem => problem.Code == named));
        return code is not null && problems.All(problem => s_named.Contains(problem.Code))
            ? Problems.Of(422, code, problems.First(problem => problem.Code == code).Detail, errors)
            : Problems.Of(422, "programme-invalid", "Correct the named settings; POST …/programmes/validate checks a file without creating it.", errors);
    }
}
