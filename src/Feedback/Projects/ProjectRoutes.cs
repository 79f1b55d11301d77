using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Feedback.Projects;

internal static class ProjectRoutes
{
    public static void MapProjects(this RouteGroupBuilder unit)
    {
        var projects = unit.MapGroup("/projects").WithTags("Projects");
        projects.MapGet("", ReadProjects.OfProgramme).RequireRole(Roles.ProgrammeManager, Roles.Sponsor).Produces<ReadProjects.Overview>()
            .WithSummary("For the programme's managers and sponsor: titles and results of delivered projects, and how many pairs have chosen and delivered one");
        projects.MapGet("/mine", ReadProjects.Mine).Produces<Page<ReadProjects.OfPair>>()
            .WithSummary("My pairs in programmes that ask each pair for a project, with what is asked and what the pair has chosen");
        projects.MapGet("/{id:guid}", ReadProjects.One).Produces<ReadProjects.View>().WithSummary("One project, for the two of its pair");
        projects.MapPost("", NameProject.Handle).Produces<ReadProjects.View>(StatusCodes.Status201Created)
            .WithSummary("Either of a pair names its project. Once delivered, title and result are shown to the programme's sponsor and managers");
        projects.MapPut("/{id:guid}", RenameProject.Handle).Produces<ReadProjects.View>().WithSummary("Change the title, until one of you says that it is delivered");
        projects.MapPost("/{id:guid}/deliver", SayDelivered.Handle).Produces<ReadProjects.View>()
            .WithSummary("Say that it is delivered and what came of it. Once the other confirms, title and result are shown to the programme's sponsor and managers");
        projects.MapPost("/{id:guid}/not-yet", SayNotYet.Handle).Produces<ReadProjects.View>().WithSummary("Take back, or object to, that it is delivered");
        projects.MapPost("/{id:guid}/confirm", ConfirmDelivery.Handle).Produces<ReadProjects.View>()
            .WithSummary("The other of the two confirms what they have read (If-Match). Title and result are then shown to the programme's sponsor and managers");
    }
}
