using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Calendars;

public static class CalendarRoutes
{
    public static void MapCalendars(this RouteGroupBuilder unit)
    {
        var calendars = unit.MapGroup("").WithTags("Calendars").RequireKind(CallerKind.Person);
        calendars.MapGet("/calendars", ReadCalendars.Mine).Produces<Page<CalendarView>>();
        calendars.MapPost("/calendars", AddCalendar.Handle).Produces<CalendarView>(StatusCodes.Status201Created);
        calendars.MapGet("/calendars/account", ReadAccount.Handle).Produces<ReadAccount.View>();
        calendars.MapPut("/calendars/account", ConnectAccount.Handle).Produces<CalendarView>().Produces<CalendarView>(StatusCodes.Status201Created);
        calendars.MapGet("/calendars/{id:guid}", ReadCalendars.One).Produces<CalendarView>();
        calendars.MapPost("/calendars/{id:guid}/read", AskForReading.Handle).Produces<CalendarView>(StatusCodes.Status202Accepted);
        calendars.MapDelete("/calendars/{id:guid}", RemoveCalendar.Handle).Produces(StatusCodes.Status204NoContent);
    }
}
