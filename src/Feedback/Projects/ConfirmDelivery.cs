using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Feedback.Projects;

/// <summary>The word of the other, of what was read: the result may have been put differently since, and it is shown to others from now on.</summary>
internal static class ConfirmDelivery
{
    public static async Task<IResult> Handle(Guid id, Precondition precondition, Caller caller, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await OwnProject.Find(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        if (precondition.Refusal(own.Project.Version) is { } stale)
            return stale;
        return own.Programme.Closed
            ? OwnProject.ProgrammeClosed()
            : await own.Save(own.Project.Confirm(own.Side, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)), db, ct);
    }
}
