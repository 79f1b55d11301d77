using Mentoring.Messaging;
using Mentoring.Tenancy;

namespace Mentoring.Feedback.Concerns;

internal static class ConcernRoutes
{
    public static void MapConcerns(this RouteGroupBuilder unit)
    {
        var concerns = unit.MapGroup("/concerns").WithTags("Concerns");
        concerns.MapPost("", RaiseConcern.Handle).LeaveNoTrace().WithSummary("Tell the safeguarding contacts, and nobody else");
        concerns.MapPost("/follow", FollowConcern.Handle).LeaveNoTrace().WithSummary("What safeguarding replied to the concern behind a secret code");
        concerns.MapGet("", ReadConcerns.Handle).RequireRole(Roles.Safeguarding).LeaveNoTrace().WithSummary("Concerns, for safeguarding contacts");
        concerns.MapPost("/{id:guid}/reply", ReplyToConcern.Handle).RequireRole(Roles.Safeguarding).LeaveNoTrace().WithSummary("Reply to whoever holds the code");
    }
}
