using Mentoring.Messaging;
using Mentoring.Tenancy;

namespace Mentoring.Feedback.Surveys;

internal static class SurveyRoutes
{
    public static void MapSurveys(this RouteGroupBuilder unit)
    {
        var surveys = unit.MapGroup("/surveys").WithTags("Surveys");
        surveys.MapPost("", OpenSurvey.Handle).RequireRole(Roles.ProgrammeManager).WithSummary("Open a survey of a programme; questions and k are locked");
        surveys.MapGet("", ReadSurveys.OfProgramme).RequireRole(Roles.ProgrammeManager, Roles.Sponsor).WithSummary("The surveys of a programme");
        surveys.MapGet("/mine", ReadSurveys.Mine).WithSummary("Open surveys for me, with the questions put to me");
        surveys.MapPost("/{id:guid}/answers", AnswerSurvey.Handle).LeaveNoTrace().WithSummary("Answer once; the answers bear no name");
        surveys.MapGet("/{id:guid}/results", ReadResults.Handle).RequireRole(Roles.ProgrammeManager, Roles.Sponsor)
            .WithSummary("Results for at least k people; null where there are fewer");
    }
}
