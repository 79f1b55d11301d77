using Mentoring.Tenancy;

namespace Mentoring.Participants.Guests;

public static class GuestRoutes
{
    public static void MapGuests(this RouteGroupBuilder unit)
    {
        var guests = unit.MapGroup("guests").RequireRole(Roles.UnitAdmin).WithTags("Guests");
        guests.MapPost("", OfferGuest.Handle).WithName("OfferGuest");
        guests.MapGet("", ListGuests.Handle).WithName("ListGuests");
        guests.MapPost("{id:guid}/admit", AdmitGuest.Handle).WithName("AdmitGuest");
        guests.MapPost("{id:guid}/end", EndGuest.Handle).WithName("EndGuest");
    }
}
