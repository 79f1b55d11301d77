using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Pairs;
using Mentoring.Feedback.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Projects;

/// <summary>A project as one of its two reaches for it; for everybody else there is none.</summary>
internal sealed record OwnProject(Project Project, Pair Pair, KnownProgramme Programme, Side Side)
{
    public static async Task<OwnProject?> Find(Guid id, Caller caller, FeedbackDb db, CancellationToken ct)
    {
        var found = await (
            from project in db.Projects
            join pair in db.Pairs on project.PairId equals pair.Id
            join programme in db.Programmes on project.ProgrammeId equals programme.Id
            where project.Id == id
            select new { Project = project, Pair = pair, Programme = programme }).SingleOrDefaultAsync(ct);
        return found?.Pair.SideOf(caller.PersonId) is { } side ? new(found.Project, found.Pair, found.Programme, side) : null;
    }

    /// <summary>Saves what has changed and shows it; or says why nothing has.</summary>
    public async Task<IResult> Save(ProjectRefusal? refusal, FeedbackDb db, CancellationToken ct)
    {
        if (refusal is { } why)
            return Refuse(why);
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(ReadProjects.Shown(Project, Programme.Slug, Side), Project.Version);
    }

    public static IResult ProgrammeClosed() => Problems.Of(409, "programme-closed", "The programme has ended; its projects stay as they are.");

    private static IResult Refuse(ProjectRefusal why) => why switch
    {
        ProjectRefusal.Delivered => Problems.Of(409, "project-delivered", "Both of you have said that it is delivered; it stays as it is."),
        ProjectRefusal.SaidDelivered => Problems.Of(409, "project-said-delivered",
            "One of you has said that it is delivered, under this title. Confirm it; or say that it is not delivered yet, and change it then."),
        ProjectRefusal.NotSaidDelivered => Problems.Of(409, "project-not-said-delivered", "Neither of you has said that it is delivered. Say so, with what came of it; the other of you confirms."),
        ProjectRefusal.SaidByTheOther => Problems.Of(409, "project-awaits-you", "The other of you has said so already. Read it and confirm; or say that it is not delivered yet."),
        ProjectRefusal.OwnWord => Problems.Of(409, "project-awaits-the-other", "You have said so yourself; it counts once the other of you confirms."),
    };
}
