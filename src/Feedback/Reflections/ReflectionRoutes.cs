using Mentoring.Feedback.People;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Feedback.Reflections;

internal static class ReflectionRoutes
{
    public static void MapReflections(this RouteGroupBuilder unit)
    {
        var reflections = unit.MapGroup("/reflections").WithTags("Reflections");
        reflections.MapPost("", WriteReflection.Handle).WithSummary("Reflect on a session; only you ever read it");
        reflections.MapGet("/mine", ReadReflections.Mine).WithSummary("My reflections, the newest first");
        reflections.MapGet("/mine/export", ExportMine.Handle).RequireKind(CallerKind.Person).Produces<PersonExport<ExportedFeedback>>()
            .WithSummary("Everything that this part keeps under my name");
    }
}
