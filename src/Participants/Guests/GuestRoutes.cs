using Mentoring.Tenancy;

namespace Mentoring.Participants.Guests;

public static class GuestRoutes
{
    public static void MapGuests(this RouteGroupBuilder unit)
    {
        var mine = unit.MapGroup("guests").RequireKind(CallerKind.Person).WithTags("Guests");
        mine.MapGet("mine", AnswerGuestOffer.Mine).WithName("MyGuestOffers");
        mine.MapPost("{id:guid}/accept", AnswerGuestOffer.Accept).WithName("AcceptGuestOffer");
        mine.MapPost("{id:guid}/decline", AnswerGuestOffer.Decline).WithName("DeclineGuestOffer");

        var guests = unit.MapGroup("guests").RequireRole(Roles.UnitAdmin).WithTags("Guests");
        guests.MapPost("", OfferGuest.Handle).WithName("OfferGuest");
        guests.MapGet("", ListGuests.Handle).WithName("ListGuests");
        guests.MapPost("{id:guid}/admit", AdmitGuest.Handle).WithName("AdmitGuest");
        guests.MapPost("{id:guid}/end", EndGuest.Handle).WithName("EndGuest");
    }
}
