using Mentoring.Contracts.Scheduling;

namespace Mentoring.Notifications.Alarms;

/// <summary>
/// Who hears that a mentee keeps cancelling: the mentee, then the programme's managers, then its sponsor, and never anybody else. The mentor
/// is never among them (the alarm is not the mentor's), and neither is the mentor's direct manager, whatever other role that person holds:
/// nothing about a pair may reach an appraisal.
/// </summary>
/// <param name="MentorId">Of the pair.</param>
/// <param name="MentorsManagerId">The mentor's direct manager, if there is one.</param>
/// <param name="MenteeId">Of the pair.</param>
/// <param name="ManagerIds">The programme's managers.</param>
/// <param name="SponsorId">The programme's sponsor.</param>
/// <param name="DeputyId">Stands in where the sponsor is in the pair, or is the mentor's manager.</param>
public sealed record AlarmLadder(Guid MentorId, Guid? MentorsManagerId, Guid MenteeId, IReadOnlyList<Guid> ManagerIds, Guid SponsorId, Guid? DeputyId)
{
    public IReadOnlyList<Guid> Recipients(AlarmStep step) => step switch
    {
        AlarmStep.Mentee => MenteeId == MentorsManagerId ? [] : [MenteeId],
        AlarmStep.ProgrammeManager => [.. ManagerIds.Where(MayKnow).Distinct()],
        AlarmStep.Sponsor => MayKnow(SponsorId) ? [SponsorId] : DeputyId is { } deputy && MayKnow(deputy) ? [deputy] : [],
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    private bool MayKnow(Guid person) => person != MentorId && person != MenteeId && person != MentorsManagerId;
}
