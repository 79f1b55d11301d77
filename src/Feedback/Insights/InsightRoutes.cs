using Mentoring.Messaging;
using Mentoring.Tenancy;

namespace Mentoring.Feedback.Insights;

internal static class InsightRoutes
{
    public static void MapInsights(this RouteGroupBuilder unit)
    {
        var insights = unit.MapGroup("/insights").WithTags("Insights");
        insights.MapPost("", RaiseInsight.Handle).LeaveNoTrace().WithSummary("Raise an insight, under your name or without");
        insights.MapGet("", ReadInsights.Handle).WithSummary("A programme's insights for its managers and sponsors; for everybody else those they own");
        insights.MapPost("/follow", FollowInsight.Handle).LeaveNoTrace().WithSummary("What became of the anonymous insight behind a secret code");
        insights.MapPost("/{id:guid}/assign", AssignInsight.Handle).RequireRole(Roles.ProgrammeManager).WithSummary("Give an insight an owner and a due date");
        insights.MapPost("/{id:guid}/answer", AnswerInsight.Handle).WithSummary("The owner's public answer");
        unit.MapGet("/board", ReadBoard.Handle).WithTags("Insights").WithSummary("You said, we did: answered insights and how many were answered in time");
    }
}
