using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Momentum;

public static class MomentumRoutes
{
    public static void MapMomentum(this RouteGroupBuilder unit) => unit
        .MapGet("/momentum", ReadBoard.Handle)
        .WithTags("Momentum")
        .RequireRole(Roles.ProgrammeManager)
        .Produces<Page<ReadBoard.View>>();
}
