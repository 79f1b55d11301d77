using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Surveys;

/// <summary>No more answers will come: what waits of all groups is released together, if it is enough, and otherwise never.</summary>
public sealed class ReleaseRestWhenSurveyCloses(FeedbackDb db, TimeProvider clock) : Messaging.ITimer
{
    public static string Name => "survey-closes";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.LockSurvey(id, ct) is not { } survey)
            return;
        var waiting = await db.AnswerSheets.Where(sheet => sheet.SurveyId == id && sheet.Batch == null).ToListAsync(ct);
        db.AddRange(survey.Release(waiting, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }
}
