using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Momentum;

public static class MomentumRoutes
{
    public static void MapMomentum(this RouteGroupBuilder unit)
    {
        var momentum = unit.MapGroup("").WithTags("Momentum");
        momentum.MapGet("/momentum", ReadBoard.Handle).RequireRole(Roles.ProgrammeManager).Produces<Page<ReadBoard.View>>();
        momentum.MapGet("/momentum/trend", ReadTrend.Handle).RequireRole(Roles.ProgrammeManager, Roles.Sponsor).Produces<ReadTrend.View>();
        momentum.MapGet("/momentum/{id:guid}/transitions", ReadTransitions.Handle).RequireRole(Roles.ProgrammeManager).Produces<Page<ReadTransitions.View>>();
    }
}
