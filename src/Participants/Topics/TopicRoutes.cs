using Mentoring.Tenancy;

namespace Mentoring.Participants.Topics;

public static class TopicRoutes
{
    public static void MapTopics(this RouteGroupBuilder unit)
    {
        var topics = unit.MapGroup("/topics").WithTags("Topics");
        topics.MapGet("/", FindTopics.Handle).WithName("FindTopics")
            .WithDescription("`broader=` lists what is directly below a topic, `broader=-` the top of the tree.");
        topics.MapGet("/{slug}", FindTopic.Handle).WithName("FindTopic");
        topics.MapPost("/", AddTopic.Handle).WithName("AddTopic").RequireRole(Roles.UnitAdmin);
        topics.MapPost("/{slug}/merge", MergeTopic.Handle).WithName("MergeTopic").RequireRole(Roles.UnitAdmin);
        topics.MapPost("/{slug}/retire", RetireTopic.Handle).WithName("RetireTopic").RequireRole(Roles.UnitAdmin);
    }
}
