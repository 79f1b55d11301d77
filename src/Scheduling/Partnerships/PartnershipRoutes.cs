using Mentoring.Scheduling.People;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Partnerships;

public static class PartnershipRoutes
{
    public static void MapPartnerships(this RouteGroupBuilder unit)
    {
        var partnerships = unit.MapGroup("").WithTags("Partnerships");
        partnerships.MapGet("/partnerships", ReadPartnerships.OfProgramme).RequireRole(Roles.ProgrammeManager).Produces<Page<ReadPartnerships.ManagerView>>();
        partnerships.MapGet("/partnerships/activation", ReadActivation.Handle).RequireRole(Roles.ProgrammeManager).Produces<ReadActivation.View>();
        partnerships.MapGet("/partnerships/mine", ReadPartnerships.Mine).Produces<Page<ReadPartnerships.View>>();
        partnerships.MapGet("/partnerships/mine/export", ExportMine.Handle).RequireKind(CallerKind.Person).Produces<PersonExport<ExportedMeetings>>();
        partnerships.MapGet("/partnerships/delegated", ReadDelegated.Handle).RequireKind(CallerKind.Person).Produces<Page<ReadDelegated.View>>();
        partnerships.MapGet("/partnerships/slots", ReadSlotsOfSeveral.Handle).Produces<Page<ReadSlotsOfSeveral.View>>();
        partnerships.MapGet("/partnerships/series", ReadSeriesOfSeveral.Handle).Produces<ReadSeriesOfSeveral.View>();
        partnerships.MapGet("/partnerships/{id:guid}", ReadPartnerships.One).Produces<ReadPartnerships.View>();
        partnerships.MapPost("/partnerships/{id:guid}/end", EndPartnership.Handle).Produces(StatusCodes.Status204NoContent);
        partnerships.MapPost("/partnerships/{id:guid}/continuation", AnswerContinuation.Handle).Produces<AnswerContinuation.View>();
        partnerships.MapGet("/partnerships/{id:guid}/charter", ReadCharter.Handle).Produces<ReadCharter.View>();
        partnerships.MapPut("/partnerships/{id:guid}/charter", EditCharter.Handle).Produces<ReadCharter.View>();
        partnerships.MapGet("/partnerships/{id:guid}/charter/versions", ReadCharterVersions.List).Produces<Page<ReadCharterVersions.Line>>();
        partnerships.MapGet("/partnerships/{id:guid}/charter/versions/{version:int}", ReadCharterVersions.One).Produces<ReadCharterVersions.View>();
        partnerships.MapPost("/partnerships/{id:guid}/charter/sign", SignCharter.Handle).Produces<ReadCharter.View>();
        partnerships.MapGet("/partnerships/{id:guid}/series", ReadSeries.Handle).Produces<ReadSeries.View>();
        partnerships.MapPost("/partnerships/{id:guid}/series/confirm", ConfirmSeries.Handle).Produces<ReadSeries.View>();
        partnerships.MapGet("/partnerships/{id:guid}/slots", ReadSlots.Handle).Produces<Page<ReadSeries.SlotView>>();
    }
}
