using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Feedback;
using Mentoring.Testing;

namespace Mentoring.Feedback.Tests.Reviews;

public sealed class RepublishingFeedback(FeedbackService feedback)
{
    [Fact]
    public async Task What_is_shown_is_told_again_and_what_is_hidden_is_not()
    {
        var cohort = await feedback.Running(pairs: 2);
        await cohort.OpenSurvey();
        var insight = await cohort.RaiseInsight(cohort.Pairs[0].Mentor);
        await cohort.RaiseAnonymously(cohort.Pairs[0].Mentor, "Untold");
        await cohort.Assign(insight, cohort.Sponsor);
        using var sponsor = cohort.AsSponsor();
        await sponsor.PostAsJsonAsync(cohort.Unit.At($"insights/{insight}/answer"), new { answer = "planned", text = "Next quarter." });
        using var manager = cohort.AsManager();
        await manager.PostAsJsonAsync(cohort.Unit.At("reviews"), new { programme = Cohort.Slug });
        await feedback.Bus.Of<ReviewPublished>(cohort.Unit);

        using var operations = feedback.AsOperator();
        var answer = await operations.PostAsJsonAsync(new Uri("/api/v1/operations/feedback/republish", UriKind.Relative), new { unitId = cohort.Unit.Id });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await Eventually.Holds(() =>
        {
            Assert.Equal(2, feedback.Bus.All<SurveyOpened>(cohort.Unit).Count);
            Assert.Equal(2, feedback.Bus.All<InsightAnswered>(cohort.Unit).Count);
            Assert.Equal(2, feedback.Bus.All<ReviewPublished>(cohort.Unit).Count);
            Assert.Equal([1L, 2L, 3L], feedback.Bus.All<InsightRaised>(cohort.Unit).Select(fact => fact.Version).Order());
            return Task.CompletedTask;
        });
    }
}
