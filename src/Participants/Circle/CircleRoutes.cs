using Mentoring.Tenancy;

namespace Mentoring.Participants.Circle;

public static class CircleRoutes
{
    public static void MapCircle(this RouteGroupBuilder unit)
    {
        // Nothing here reads a pair: whoever supports a mentor learns what the mentor tells, and no more.
        var circle = unit.MapGroup("circle").RequireKind(CallerKind.Person).WithTags("Circle");
        circle.MapGet("", ShowCircle.Handle).WithName("ShowCircle");
        circle.MapGet("members", ShowCircle.Members).WithName("ListCircleMembers");
        circle.MapPost("join", JoinCircle.Join).WithName("JoinCircle");
        circle.MapPost("leave", JoinCircle.Leave).WithName("LeaveCircle");
        circle.MapGet("meetings", ReadMeetings.List).WithName("ListCircleMeetings");
        circle.MapGet("meetings/{id:guid}", ReadMeetings.One).WithName("ShowCircleMeeting");
        circle.MapPost("meetings", ArrangeMeeting.Call).WithName("CallCircleMeeting");
        circle.MapPut("meetings/{id:guid}", ArrangeMeeting.Change).WithName("ChangeCircleMeeting");
        circle.MapPost("meetings/{id:guid}/cancel", ArrangeMeeting.Cancel).WithName("CancelCircleMeeting");
        circle.MapGet("accompaniments", ReadAccompaniments.List).WithName("ListAccompaniments");
        circle.MapPost("accompaniments", AccompanyMentor.Ask).WithName("AskForCompany");
        circle.MapPost("accompaniments/{id:guid}/take-up", AccompanyMentor.TakeUp).WithName("TakeUpAccompaniment");
        circle.MapPost("accompaniments/{id:guid}/end", AccompanyMentor.End).WithName("EndAccompaniment");
    }
}
