using Mentoring.Tenancy;

namespace Mentoring.Participants.Topics;

public static class TopicRoutes
{
    public static void MapTopics(this RouteGroupBuilder unit)
    {
        var topics = unit.MapGroup("/topics").WithTags("Topics");
        topics.MapGet("/", FindTopics.Handle).WithName("FindTopics");
        topics.MapPost("/", AddTopic.Handle).WithName("AddTopic").RequireRole(Roles.UnitAdmin);
    }
}
