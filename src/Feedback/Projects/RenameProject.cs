using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Mentoring.Feedback.Projects;

internal static class RenameProject
{
    public sealed record Request(string Title);

    public static async Task<IResult> Handle(
        Guid id, [FromBody] Request request, Precondition precondition, Caller caller, FeedbackDb db, CancellationToken ct)
    {
        if (await OwnProject.Find(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        if (NameProject.FaultOf(request.Title) is { } fault)
            return Problems.Invalid("title", fault);
        if (precondition.Refusal(own.Project.Version) is { } stale)
            return stale;
        return own.Programme.Closed ? OwnProject.ProgrammeClosed() : await own.Save(own.Project.Rename(request.Title.Trim()), db, ct);
    }
}
