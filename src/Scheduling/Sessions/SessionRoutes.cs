using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Sessions;

public static class SessionRoutes
{
    public static void MapSessions(this RouteGroupBuilder unit)
    {
        var sessions = unit.MapGroup("").WithTags("Sessions");
        sessions.MapPost("/sessions", BookSession.Handle).Produces<SessionView>(StatusCodes.Status201Created);
        sessions.MapGet("/sessions/mine", ReadSessions.Mine).Produces<Page<SessionView>>();
        // The answer holds the secret: a repeated request must not find it kept.
        sessions.MapPost("/sessions/feed", OpenFeed.Handle).RequireKind(CallerKind.Person).LeaveNoTrace().Produces<OpenFeed.Opened>(StatusCodes.Status201Created);
        sessions.MapGet("/sessions/feed", OpenFeed.Mine).RequireKind(CallerKind.Person).Produces<OpenFeed.View>();
        sessions.MapDelete("/sessions/feed", CloseFeed.Handle).RequireKind(CallerKind.Person).Produces(StatusCodes.Status204NoContent);
        sessions.MapGet("/sessions/{id:guid}", ReadSessions.One).Produces<SessionView>();
        sessions.MapPost("/sessions/{id:guid}/move", MoveSession.Handle).Produces<SessionView>();
        sessions.MapPost("/sessions/{id:guid}/cancel", CancelSession.Handle).Produces<SessionView>();
        sessions.MapPost("/sessions/{id:guid}/held", SayHeld.Handle).Produces<SessionView>();
        sessions.MapPost("/sessions/{id:guid}/not-held", SayNotHeld.Handle).Produces<SessionView>();
    }

    /// <summary>Outside units: whoever has a link need not sign on.</summary>
    public static void MapSessionLinks(this IEndpointRouteBuilder routes) => routes
        .MapGet("/l/{unit}/sessions/{token}", ReadFeed.Handle)
        .WithTags("Sessions")
        .RequireKind(CallerKind.Link)
        .LeaveNoTrace()
        .Produces(StatusCodes.Status200OK, contentType: "text/calendar")
        .Produces(StatusCodes.Status304NotModified);
}
