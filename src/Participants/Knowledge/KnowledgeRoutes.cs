using Mentoring.Participants.Imports;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Knowledge;

public static class KnowledgeRoutes
{
    public static void MapKnowledge(this RouteGroupBuilder unit)
    {
        var knowledge = unit.MapGroup("/knowledge").WithTags("Knowledge");
        knowledge.MapGet("/mine", ShowMyKnowledge.Handle).WithName("ShowMyKnowledge").RequireKind(CallerKind.Person);
        knowledge.MapPut("/mine", TellMyKnowledge.Handle).WithName("TellMyKnowledge").RequireKind(CallerKind.Person);
        knowledge.MapImports(ImportKind.Knowledge, LoadKnowledge.Columns);
    }
}
