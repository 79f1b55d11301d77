using Mentoring.Contracts.Participants;
using Mentoring.Participants.Enrolment;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Preparation;

/// <summary>The modules of one side in a programme, with which the caller has done. Anybody may read them before deciding to enrol.</summary>
public static class ReadModules
{
    public static async Task<IResult> Handle(string programme, string side, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (!Kebab.TryParse<Side>(side, out var which))
            return Problems.Invalid("side", "must be mentor or mentee");
        if (await Programmes.ReadProgrammes.Find(programme, caller, db.Programmes.AsNoTracking(), ct) is not { } found)
            return Problems.NotFound();
        var mine = await db.Participants.AsNoTracking().SingleOrDefaultAsync(
            known => known.ProgrammeId == found.Id && known.PersonId == caller.PersonId && known.Side == which && known.State != ParticipantState.Withdrawn, ct);
        var done = mine?.Proofs.Select(proof => proof.Module).ToHashSet() ?? [];
        return Results.Ok(Page.Of<ModuleView>(
            [.. found.ModulesFor(which).Select(PreparationModules.Find).OfType<PreparationModule>().Select(module => new ModuleView(
                module.Name,
                module.Title,
                module.Minutes,
                module.Html,
                [.. module.Check.Select(asked => new QuestionView(asked.Question, asked.Options))],
                done.Contains(module.Name)))],
            next: null));
    }
}

public sealed record ModuleView(string Name, string Title, int Minutes, string Html, IReadOnlyList<QuestionView> Check, bool Done);

public sealed record QuestionView(string Question, IReadOnlyList<string> Options);
