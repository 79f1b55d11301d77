using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Availability;

public static class AvailabilityRoutes
{
    public static void MapAvailability(this RouteGroupBuilder unit)
    {
        var availability = unit.MapGroup("").WithTags("Availability");
        availability.MapGet("/availability/mine", GetAvailability.Handle).Produces<GetAvailability.View>();
        availability.MapPut("/availability/mine", OfferHours.Handle).Produces<GetAvailability.View>();
        availability.MapGet("/availability/mine/rota", KeepRota.Read).Produces<KeepRota.View>();
        availability.MapPut("/availability/mine/rota", KeepRota.Handle).Accepts<string>("text/csv").Produces<KeepRota.View>()
            .WithDescription(
                "A CSV file with the columns date, from and to, a row a shift, on the clock of one's own zone. From its first day to its last the shifts stand for the "
                + "weekly hours. A shift that ends before it begins ends on the next day; to 24:00 or 00:00 is to the end of the day. All of it is taken, or nothing.");
        availability.MapDelete("/availability/mine/rota", KeepRota.Remove).Produces(StatusCodes.Status204NoContent);
        availability.MapGet("/availability/holidays/{location}", SetHolidays.Read).Produces<SetHolidays.View>();
        availability.MapPut("/availability/holidays/{location}", SetHolidays.Handle).RequireRole(Roles.UnitAdmin).Produces<SetHolidays.View>();
    }
}
