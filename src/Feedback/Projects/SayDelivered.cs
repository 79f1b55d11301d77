using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Mentoring.Feedback.Projects;

/// <summary>The word of one. Also after the pair has ended: what was chosen may be finished in its last days.</summary>
internal static class SayDelivered
{
    /// <param name="Result">What came of it, in a sentence; shown to the programme's sponsor and managers once the other confirms.</param>
    public sealed record Request(string Result);

    public static async Task<IResult> Handle(Guid id, [FromBody] Request request, Caller caller, FeedbackDb db, CancellationToken ct)
    {
        if (await OwnProject.Find(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        if (string.IsNullOrWhiteSpace(request.Result) || request.Result.Length > Project.LongestResult || request.Result.Contains('\0', StringComparison.Ordinal))
            return Problems.Invalid("result", $"must say in 1 to {Project.LongestResult} characters what came of it");
        return own.Programme.Closed ? OwnProject.ProgrammeClosed() : await own.Save(own.Project.SayDelivered(own.Side, request.Result.Trim()), db, ct);
    }
}
