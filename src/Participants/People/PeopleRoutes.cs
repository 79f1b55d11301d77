using Mentoring.Participants.Delegates;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Imports;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.People;

public static class PeopleRoutes
{
    public static void MapPeople(this RouteGroupBuilder unit)
    {
        var people = unit.MapGroup("/people").WithTags("People");
        people.MapGet("/me", ShowPerson.Me).WithName("ShowMyself").RequireKind(CallerKind.Person);
        people.MapGet("/me/export", ExportPerson.Me).WithName("ExportMyself").RequireKind(CallerKind.Person).Produces<PersonExport<ExportedData>>();
        people.MapGet("/me/consents", ReadConsents.Mine).WithName("MyConsents").RequireKind(CallerKind.Person);
        people.MapGet("/me/delegates", ShowMyDelegates.Handle).WithName("ShowMyDelegates").RequireKind(CallerKind.Person).Produces<MyDelegates>();
        people.MapPut("/me/delegates", NameDelegates.Handle).WithName("NameDelegates").RequireKind(CallerKind.Person).Produces<MyDelegates>();
        people.MapGet("/", FindPeople.Handle).WithName("FindPeople").RequireRole(Roles.UnitAdmin, Roles.ProgrammeManager, Roles.Provisioning);
        people.MapPost("/", TellPerson.Add).WithName("AddPerson").RequireRole(Roles.UnitAdmin, Roles.Provisioning).Produces<PersonView>(StatusCodes.Status201Created)
            .WithDescription("One person, as a row of a file of people tells of them: what it leaves out is nothing, and not as it was.");
        people.MapPut("/{id:guid}", TellPerson.Anew).WithName("TellPersonAnew").RequireRole(Roles.UnitAdmin, Roles.Provisioning).Produces<PersonView>()
            .WithDescription("All of one person. The stage follows from title and grade where it is not told; whoever it concerns elsewhere hears of it.");
        people.MapGet("/{id:guid}", ShowPerson.Handle).WithName("ShowPerson").RequireRole(Roles.UnitAdmin, Roles.ProgrammeManager, Roles.Provisioning);
        people.MapPost("/{id:guid}/erase", ErasePerson.Handle).WithName("ErasePerson").RequireRole(Roles.UnitAdmin);
        people.MapGet("/erased", ErasePersonLedger.Read).WithName("ListErasedPeople").RequireRole(Roles.UnitAdmin);
        people.MapGet("/{id:guid}/export", ExportPerson.Handle).WithName("ExportPerson").RequireRole(Roles.UnitAdmin).Produces<PersonExport<ExportedData>>();
        people.MapDelete("/{id:guid}", RemovePerson.Handle).WithName("RemovePerson").RequireRole(Roles.UnitAdmin, Roles.Provisioning);

        people.MapGet("/stage-mapping", MapStages.Show).WithName("ShowStageMapping").RequireRole(Roles.UnitAdmin);
        people.MapPost("/stage-mapping/preview", MapStages.Preview).WithName("PreviewStageMapping").RequireRole(Roles.UnitAdmin);
        people.MapPut("/stage-mapping", MapStages.Replace).WithName("ReplaceStageMapping").RequireRole(Roles.UnitAdmin);

        people.MapImports(ImportKind.People, LoadPeople.Columns);
    }
}
