using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.MachineClients;

public static class MachineClientRoutes
{
    public static void MapMachineClients(this RouteGroupBuilder unit)
    {
        var clients = unit.MapGroup("/machine-clients").WithTags("Machine clients").RequireKind(CallerKind.Person).RequireRole(Roles.UnitAdmin);
        clients.MapPost("/", CreateMachineClient.Handle).WithName("CreateMachineClient").AnswersOnce()
            .Produces<MachineClientWithToken>(StatusCodes.Status201Created)
            .WithDescription("Lets a program of the enterprise, such as its HR system or identity provider, bring people in. The answer shows its secret token, this once.");
        clients.MapGet("/", ListMachineClients.Handle).WithName("ListMachineClients").Produces<Page<MachineClientView>>();
        clients.MapGet("/{id:guid}", ShowMachineClient.Handle).WithName("ShowMachineClient").Produces<MachineClientView>();
        clients.MapPost("/{id:guid}/rotate", RotateMachineClient.Handle).WithName("RotateMachineClient").AnswersOnce()
            .Produces<MachineClientWithToken>()
            .WithDescription("Another secret token, shown this once. The one before works for another 24 hours, the one before that no more.");
        clients.MapDelete("/{id:guid}", RevokeMachineClient.Handle).WithName("RevokeMachineClient").Produces(StatusCodes.Status204NoContent)
            .WithDescription("Its tokens work no more, at once and for good.");
    }
}
