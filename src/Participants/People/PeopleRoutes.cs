using Mentoring.Participants.Imports;
using Mentoring.Tenancy;

namespace Mentoring.Participants.People;

public static class PeopleRoutes
{
    public static void MapPeople(this RouteGroupBuilder unit)
    {
        var people = unit.MapGroup("/people").WithTags("People");
        people.MapGet("/me", ShowPerson.Me).WithName("ShowMyself").RequireKind(CallerKind.Person);
        people.MapGet("/", FindPeople.Handle).WithName("FindPeople").RequireRole(Roles.UnitAdmin, Roles.ProgrammeManager);
        people.MapGet("/{id:guid}", ShowPerson.Handle).WithName("ShowPerson").RequireRole(Roles.UnitAdmin, Roles.ProgrammeManager);
        people.MapDelete("/{id:guid}", RemovePerson.Handle).WithName("RemovePerson").RequireRole(Roles.UnitAdmin);

        people.MapGet("/stage-mapping", MapStages.Show).WithName("ShowStageMapping").RequireRole(Roles.UnitAdmin);
        people.MapPost("/stage-mapping/preview", MapStages.Preview).WithName("PreviewStageMapping").RequireRole(Roles.UnitAdmin);
        people.MapPut("/stage-mapping", MapStages.Replace).WithName("ReplaceStageMapping").RequireRole(Roles.UnitAdmin);

        people.MapImports(ImportKind.People, LoadPeople.Columns);
    }
}
