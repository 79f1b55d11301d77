using Mentoring.Tenancy;

namespace Mentoring.Participants.Enrolment;

public static class EnrolmentRoutes
{
    public static void MapEnrolments(this RouteGroupBuilder unit)
    {
        // Nobody can enrol another: every one of these acts on the caller's own part, except the managers' list and their invitations, which enrol nobody.
        var enrolments = unit.MapGroup("enrolments").RequireKind(CallerKind.Person).WithTags("Enrolment");
        enrolments.MapGet("preview", PreviewEnrolment.Handle).WithName("PreviewEnrolment");
        enrolments.MapPost("", Enrol.Handle).WithName("Enrol");
        enrolments.MapGet("mine", ReadEnrolments.Mine).WithName("MyEnrolments");
        enrolments.MapGet("", ReadEnrolments.OfProgramme).WithName("ListEnrolments");
        enrolments.MapPost("invitations", InviteParticipants.Handle).WithName("InviteParticipants");
        enrolments.MapPost("{id:guid}/withdraw", Withdraw.Handle).WithName("WithdrawEnrolment");
        enrolments.MapPost("{id:guid}/pause", PauseEnrolment.Pause).WithName("PauseEnrolment");
        enrolments.MapPost("{id:guid}/resume", PauseEnrolment.Resume).WithName("ResumeEnrolment");
    }
}
