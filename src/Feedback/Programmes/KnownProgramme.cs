using Mentoring.Contracts.Participants;

namespace Mentoring.Feedback.Programmes;

/// <summary>What Feedback needs of a programme; a copy, fed by Participants' facts.</summary>
public sealed class KnownProgramme
{
    /// <summary>
    /// Fewest people behind a number, whatever a programme's file says: of two people each knows the other's answer by taking away
    /// the own one.
    /// </summary>
    public const int SmallestK = 3;

    public required Guid Id { get; init; }
    public required string Slug { get; set; }
    public required string Name { get; set; }

    /// <summary>The gap in words, or the area from which each charter names one.</summary>
    public required string Gap { get; set; }
    public required Guid SponsorId { get; set; }
    public required Guid? DeputyId { get; set; }
    public required int K { get; set; }
    public required IReadOnlyList<Measure> Measures { get; set; }
    public required IReadOnlyList<Gate> Gates { get; set; }

    /// <summary>Which figures a review carries besides its gates; null for all there are.</summary>
    public string[]? Report { get; set; }

    /// <summary>What each pair makes together; null where the programme does not ask for it.</summary>
    public string? Project { get; set; }
    public bool Closed { get; set; }

    public static KnownProgramme From(Guid id, Programme programme) => new()
    {
        Id = id,
        Slug = programme.Slug,
        Name = programme.Name,
        Gap = GapOf(programme),
        SponsorId = programme.SponsorId,
        DeputyId = programme.DeputyId,
        K = KOf(programme),
        Measures = programme.Measures,
        Gates = programme.Gates,
        Report = programme.Report?.ToArray(),
        Project = programme.Project,
    };

    public void Take(Programme programme)
    {
        Slug = programme.Slug;
        Name = programme.Name;
        Gap = GapOf(programme);
        SponsorId = programme.SponsorId;
        DeputyId = programme.DeputyId;
        K = KOf(programme);
        Measures = programme.Measures;
        Gates = programme.Gates;
        Report = programme.Report?.ToArray();
        Project = programme.Project;
    }

    private static string GapOf(Programme programme) => programme.Gap.Sentence ?? programme.Gap.Area ?? programme.Name;

    private static int KOf(Programme programme) => Math.Max(SmallestK, programme.K);
}
