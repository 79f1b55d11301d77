using Mentoring.Tenancy;

namespace Mentoring.Participants.Programmes;

public static class ProgrammeRoutes
{
    public static void MapProgrammes(this RouteGroupBuilder unit)
    {
        var templates = unit.MapGroup("programme-templates").WithTags("Programmes");
        templates.MapGet("", ReadTemplates.List).WithName("ListProgrammeTemplates");
        templates.MapGet("{name}", ReadTemplates.One).WithName("GetProgrammeTemplate");

        var programmes = unit.MapGroup("programmes").WithTags("Programmes");
        programmes.MapPost("validate", PlanProgramme.Validate).WithName("ValidateProgramme").RequireRole(Roles.UnitAdmin, Roles.ProgrammeManager).AcceptsFile();
        programmes.MapPost("plan", PlanProgramme.Handle).WithName("PlanProgramme").RequireRole(Roles.UnitAdmin, Roles.ProgrammeManager).AcceptsFile();
        programmes.MapPost("", CreateProgramme.Handle).WithName("CreateProgramme").RequireRole(Roles.UnitAdmin, Roles.ProgrammeManager).AcceptsFile();
        programmes.MapGet("", ReadProgrammes.List).WithName("ListProgrammes");
        programmes.MapGet("{slug}", ReadProgrammes.One).WithName("GetProgramme");
        programmes.MapGet("{slug}/file", ReadProgrammeFiles.Newest).WithName("GetProgrammeFile");
        programmes.MapGet("{slug}/files", ReadProgrammeFiles.List).WithName("ListProgrammeFiles");
        programmes.MapGet("{slug}/files/{number:int}", ReadProgrammeFiles.One).WithName("GetProgrammeFileVersion");
        programmes.MapPost("{slug}/plan", PlanProgramme.ForExisting).WithName("PlanProgrammeChange").AcceptsFile();
        programmes.MapPost("{slug}/apply", ApplyProgramme.Handle).WithName("ApplyProgramme").AcceptsFile();
        programmes.MapPost("{slug}/open", OpenProgramme.Handle).WithName("OpenProgramme");
        programmes.MapPost("{slug}/close", CloseProgramme.Handle).WithName("CloseProgramme");
        programmes.MapPost("{slug}/expand", ExpandProgramme.Handle).WithName("ExpandProgramme");
    }

    private static void AcceptsFile(this RouteHandlerBuilder route) =>
        route.Accepts<string>(ProgrammeBody.MediaTypes[0], ProgrammeBody.MediaTypes[1..])
            .WithDescription($"A programme's file, YAML or JSON of the same shape:\n\n```yaml\n{ProgrammeTemplates.EverySetting}```");
}
