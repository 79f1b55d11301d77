using Mentoring.Contracts.Feedback;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Surveys;

public sealed class RepublishSurveys(FeedbackDb db, Outbox outbox, TimeProvider clock) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var survey in await db.Surveys.AsNoTracking().Where(survey => survey.ClosesAt > now).ToListAsync(ct))
            outbox.Publish(new SurveyOpened(survey.Id, survey.Version, survey.ProgrammeId, survey.Kind.Kebab(), survey.ClosesAt, survey.K));
        await db.SaveChangesAsync(ct);
    }
}
