using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Feedback.Figures;

internal static class FigureRoutes
{
    public static void MapFigures(this RouteGroupBuilder unit)
    {
        var figures = unit.MapGroup("/figures").RequireRole(Roles.ProgrammeManager, Roles.Sponsor).WithTags("Figures");
        figures.MapPost("", RecordFigure.Handle).Produces<ReadFigures.Item>(StatusCodes.Status201Created)
            .WithSummary("Record a measure's figure from elsewhere: a count, a rate, a business figure, retention; a correction is another figure of the same day");
        figures.MapGet("", ReadFigures.Handle).Produces<Page<ReadFigures.Item>>()
            .WithSummary("A programme's recorded figures, the last recorded first; what reviews read is marked");
    }
}
