using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Availability;

public static class AvailabilityRoutes
{
    public static void MapAvailability(this RouteGroupBuilder unit)
    {
        var availability = unit.MapGroup("").WithTags("Availability");
        availability.MapGet("/availability/mine", GetAvailability.Handle).Produces<GetAvailability.View>();
        availability.MapPut("/availability/mine", OfferHours.Handle).Produces<GetAvailability.View>();
        availability.MapGet("/availability/holidays/{location}", SetHolidays.Read).Produces<SetHolidays.View>();
        availability.MapPut("/availability/holidays/{location}", SetHolidays.Handle).RequireRole(Roles.UnitAdmin).Produces<SetHolidays.View>();
    }
}
