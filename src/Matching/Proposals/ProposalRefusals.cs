using Mentoring.ServiceDefaults;

namespace Mentoring.Matching.Proposals;

internal static class ProposalRefusals
{
    // Says nothing of how it ended, nor whether the other has been asked.
    public static IResult NotOpen() =>
        Problems.Of(StatusCodes.Status409Conflict, "proposal-not-open", "This proposal does not wait for your answer any more.");

    public static IResult MoreWasAsked() =>
        Problems.Of(StatusCodes.Status409Conflict, "more-was-asked", "You have asked for more once already. What there is to know stands with the proposal; answer by the day it names.");

    public static IResult AuthorityConfirmationMissing() =>
        Problems.Of(StatusCodes.Status422UnprocessableEntity, "authority-confirmation-missing",
            "You stand in the mentor's reporting line. Confirm that you have no part in the mentor's pay, appraisal or promotion (confirmsNoAuthority), or decline.");
}
