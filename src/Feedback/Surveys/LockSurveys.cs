using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Surveys;

internal static class LockSurveys
{
    /// <summary>The survey, for this transaction alone until it ends: batches are made one after the other.</summary>
    public static Task<Survey?> LockSurvey(this FeedbackDb db, Guid id, CancellationToken ct) =>
        db.Surveys.FromSql($"select * from surveys where id = {id} for update").SingleOrDefaultAsync(ct);
}
