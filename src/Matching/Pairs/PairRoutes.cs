using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Matching.Pairs;

internal static class PairRoutes
{
    public static void MapPairs(this RouteGroupBuilder unit)
    {
        var pairs = unit.MapGroup("/pairs").WithTags("Pairs");
        pairs.MapGet("/mine", PairReads.OfMine).RequireKind(CallerKind.Person).Produces<Page<PairReads.PairView>>();
        pairs.MapGet("/mine/export", Pool.ExportMine.Handle).RequireKind(CallerKind.Person).Produces<PersonExport<Pool.ExportedMatching>>();
        pairs.MapGet("/waiting/mine", Pool.ReadWaiting.Mine).RequireKind(CallerKind.Person).Produces<Page<Pool.ReadWaiting.MyPlace>>();
        pairs.MapGet("/waiting", Pool.ReadWaiting.Handle).RequireRole(Roles.ProgrammeManager).Produces<Page<Pool.ReadWaiting.Waiting>>();
        pairs.MapGet("/", PairReads.OfProgramme).RequireRole(Roles.ProgrammeManager).Produces<Page<PairReads.PairView>>();
    }
}
