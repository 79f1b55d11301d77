namespace Mentoring.Scheduling.Availability;

public static class AvailabilityRoutes
{
    public static void MapAvailability(this RouteGroupBuilder unit)
    {
        var availability = unit.MapGroup("").WithTags("Availability");
        availability.MapGet("/availability/mine", GetAvailability.Handle).Produces<GetAvailability.View>();
        availability.MapPut("/availability/mine", OfferHours.Handle).Produces<GetAvailability.View>();
    }
}
