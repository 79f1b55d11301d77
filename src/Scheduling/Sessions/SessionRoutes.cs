using Mentoring.ServiceDefaults;

namespace Mentoring.Scheduling.Sessions;

public static class SessionRoutes
{
    public static void MapSessions(this RouteGroupBuilder unit)
    {
        var sessions = unit.MapGroup("").WithTags("Sessions");
        sessions.MapPost("/sessions", BookSession.Handle).Produces<SessionView>(StatusCodes.Status201Created);
        sessions.MapGet("/sessions/mine", ReadSessions.Mine).Produces<Page<SessionView>>();
        sessions.MapGet("/sessions/{id:guid}", ReadSessions.One).Produces<SessionView>();
        sessions.MapPost("/sessions/{id:guid}/move", MoveSession.Handle).Produces<SessionView>();
        sessions.MapPost("/sessions/{id:guid}/cancel", CancelSession.Handle).Produces<SessionView>();
        sessions.MapPost("/sessions/{id:guid}/held", SayHeld.Handle).Produces<SessionView>();
        sessions.MapPost("/sessions/{id:guid}/not-held", SayNotHeld.Handle).Produces<SessionView>();
    }
}
