using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Feedback.Projects;

internal static class SayNotYet
{
    public static async Task<IResult> Handle(Guid id, Caller caller, FeedbackDb db, CancellationToken ct)
    {
        if (await OwnProject.Find(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        return own.Programme.Closed ? OwnProject.ProgrammeClosed() : await own.Save(own.Project.SayNotYet(), db, ct);
    }
}
