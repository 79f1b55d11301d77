using Mentoring.Participants.Programmes;

namespace Mentoring.Participants.Tests.Programmes;

/// <summary>Programmes named by their state.</summary>
internal static class Drafts
{
    public static readonly Guid SponsorId = Guid.CreateVersion7();

    public static Programme Of(string more = "")
    {
        var file = $"template: general-electric-1999\nsponsor: sponsor@example.org\n{more}";
        var settings = ProgrammeFile.Read(file, json: false, ProgrammeTemplates.Find).Settings!;
        return Programme.Draft(
            Guid.CreateVersion7(), settings, file, new Dictionary<string, Guid> { ["sponsor@example.org"] = SponsorId }, creatorId: null, DateTimeOffset.UnixEpoch);
    }

    public static Programme Opened(DateTimeOffset now, string more = "")
    {
        var programme = Of(more);
        programme.Open(byId: null, now);
        return programme;
    }
}
