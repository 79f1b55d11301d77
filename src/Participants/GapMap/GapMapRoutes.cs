using Mentoring.Tenancy;

namespace Mentoring.Participants.GapMap;

public static class GapMapRoutes
{
    private const string HowToRead =
        "Counts only, each for at least five people; null is fewer, or hidden so that fewer cannot be worked out. Whoever offers a topic at level 3 or above "
        + "holds it; the stages senior and executive have authority.";

    public static void MapGapMap(this RouteGroupBuilder unit)
    {
        var map = unit.MapGroup("/gap-map").WithTags("Gap map").RequireRole(Roles.UnitAdmin, Roles.ProgrammeManager);
        map.MapGet("/", ReadGapMap.List).WithName("ReadGapMap").WithDescription(HowToRead);
        map.MapGet("/{topic}", ReadGap.Handle).WithName("ReadGap").WithDescription(HowToRead);
        map.MapGet("/{topic}/units", ReadGap.Units).WithName("ReadGapByUnit").WithDescription(HowToRead);
    }

    public static IServiceCollection AddGapMap(this IServiceCollection services) => services.AddHostedService<CountGaps>();
}
