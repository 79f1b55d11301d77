using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Preparation;

public static class PreparationRoutes
{
    public static void MapPreparation(this RouteGroupBuilder unit)
    {
        var modules = unit.MapGroup("preparation/modules").RequireKind(CallerKind.Person).WithTags("Preparation");
        modules.MapGet("", ReadModules.Handle).WithName("ListModules");
        unit.MapGet("preparation/cards", ConversationCards.Handle).RequireKind(CallerKind.Person).WithTags("Preparation").WithName("ListConversationCards").Produces<Page<ConversationCard>>();
        modules.MapPost("{name}/complete", CompleteModule.Handle).WithName("CompleteModule");
    }
}
