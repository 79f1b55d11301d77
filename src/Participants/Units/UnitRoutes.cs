using Mentoring.Tenancy;

namespace Mentoring.Participants.Units;

public static class UnitRoutes
{
    /// <summary>Outside any one unit.</summary>
    public static void MapUnits(this IEndpointRouteBuilder routes)
    {
        var units = routes.MapOperator("/api/v1/units").WithTags("Units");
        units.MapPost("/", CreateUnit.Handle).WithName("CreateUnit");
        units.MapGet("/", ListUnits.Handle).WithName("ListUnits");

        routes.MapGet("/api/v1/me", ShowMe.Handle).WithName("ShowMe").WithTags("Units").RequireKind(CallerKind.Person);

        // Inside the network: the gateway exposes no such address.
        routes.MapPost("/gateway/memberships", FindMemberships.Handle).WithName("FindMemberships").RequireKind(CallerKind.Gateway).ExcludeFromDescription();
    }

    public static void MapMembers(this RouteGroupBuilder unit)
    {
        var members = unit.MapGroup("/members").WithTags("Members").RequireRole(Roles.UnitAdmin);
        members.MapPost("/", AddRole.Handle).WithName("AddRole");
        members.MapGet("/", ListMembers.Handle).WithName("ListMembers");
        members.MapGet("/{id:guid}", ShowMember.Handle).WithName("ShowMember");
        members.MapDelete("/{id:guid}/roles/{role}", RemoveRole.Handle).WithName("RemoveRole");
    }
}
