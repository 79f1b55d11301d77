using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Preparation;

/// <summary>
/// The modules of one side in a programme, in the reader's language, with which the caller has done and when, here or in another programme. Anybody
/// may read them before deciding to enrol.
/// </summary>
public static class ReadModules
{
    public static async Task<IResult> Handle(string programme, string side, HttpRequest request, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (!Kebab.TryParse<Side>(side, out var which))
            return Problems.Invalid("side", "must be mentor or mentee");
        if (await Programmes.ReadProgrammes.Find(programme, caller, db.Programmes.AsNoTracking(), ct) is not { } found)
            return Problems.NotFound();
        var done = (await Proving.Of(caller.PersonId, db, ct)).ToDictionary(proof => proof.Module, proof => proof.At);
        var own = await db.People.Where(person => person.Id == caller.PersonId).Select(person => person.Languages).SingleOrDefaultAsync(ct) ?? [];
        var wishes = Reading.Wishes(request, own);
        return Results.Ok(Page.Of<ModuleView>(
            [.. found.ModulesFor(which).Select(name => PreparationModules.Find(name, wishes)).OfType<PreparationModule>().Select(module => new ModuleView(
                module.Name,
                module.Language,
                module.Title,
                module.Minutes,
                module.Html,
                [.. module.Check.Select(asked => new QuestionView(asked.Question, asked.Options))],
                done.ContainsKey(module.Name),
                done.TryGetValue(module.Name, out var at) ? at : null))],
            next: null));
    }
}

/// <param name="Language">It is written in: what was asked for, where it is there in that.</param>
/// <param name="DoneAt">When its check was first passed, in whichever programme; null before.</param>
public sealed record ModuleView(
    string Name, string Language, string Title, int Minutes, string Html, IReadOnlyList<QuestionView> Check, bool Done, DateTimeOffset? DoneAt);

public sealed record QuestionView(string Question, IReadOnlyList<string> Options);
