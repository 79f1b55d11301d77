using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Notes;

public static class NoteRoutes
{
    public static void MapNotes(this RouteGroupBuilder unit)
    {
        var notes = unit.MapGroup("").WithTags("Notes");
        notes.MapGet("/sessions/{id:guid}/agenda", ReadAgenda.Handle).Produces<ReadAgenda.View>();
        notes.MapPut("/sessions/{id:guid}/agenda", WriteAgenda.Handle).Produces<ReadAgenda.View>();
        notes.MapPost("/sessions/{id:guid}/agenda/agree", AgreeToAgenda.Handle).Produces(StatusCodes.Status204NoContent);
        notes.MapGet("/sessions/{id:guid}/notes/shared", ReadNote.Shared).Produces<ReadNote.View>();
        notes.MapPut("/sessions/{id:guid}/notes/shared", WriteNote.Shared).Produces<ReadNote.View>();
        notes.MapGet("/sessions/{id:guid}/notes/mine", ReadNote.Mine).Produces<ReadNote.View>();
        notes.MapPut("/sessions/{id:guid}/notes/mine", WriteNote.Mine).Produces<ReadNote.View>();
        notes.MapPost("/partnerships/{id:guid}/glass", BreakGlass.Ask).RequireRole(Roles.Safeguarding).Produces<ReadGlass.View>(StatusCodes.Status201Created);
        notes.MapGet("/partnerships/glass", ReadGlass.All).RequireRole(Roles.Safeguarding).Produces<Page<ReadGlass.View>>();
        notes.MapGet("/partnerships/glass/pairs", ReadGlass.PairsOf).RequireRole(Roles.Safeguarding).Produces<Page<ReadGlass.PairView>>();
        notes.MapPost("/partnerships/glass/{glassId:guid}/open", BreakGlass.Open).RequireRole(Roles.Safeguarding).Produces<ReadGlass.View>();
        notes.MapGet("/partnerships/glass/{glassId:guid}/notes", ReadGlass.Notes).RequireRole(Roles.Safeguarding).Produces<Page<ReadGlass.TextView>>();
    }
}
