using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Momentum;

public static class MomentumRoutes
{
    public static void MapMomentum(this RouteGroupBuilder unit)
    {
        var momentum = unit.MapGroup("").WithTags("Momentum").RequireRole(Roles.ProgrammeManager);
        momentum.MapGet("/momentum", ReadBoard.Handle).Produces<Page<ReadBoard.View>>();
        momentum.MapGet("/momentum/{id:guid}/transitions", ReadTransitions.Handle).Produces<Page<ReadTransitions.View>>();
    }
}
