using Mentoring.Contracts.Participants;
using NodaTime;
using NodaTime.Text;

namespace Mentoring.Scheduling.Programmes;

/// <summary>What a charter is prefilled from.</summary>
/// <param name="Purpose">What the programme is for.</param>
/// <param name="GapSentence">Null where the programme has only an area: then the charter names the gap.</param>
/// <param name="GapArea">Where the gap lies.</param>
/// <param name="Measures">How success is measured, in words.</param>
/// <param name="Cadence">Channel → ISO 8601 period.</param>
/// <param name="Places">Where it may happen.</param>
/// <param name="Clauses">What a charter settles, by name.</param>
/// <param name="Project">What the pair makes together; null where the programme does not ask for it.</param>
public sealed record CharterTerms(
    string? Purpose,
    string? GapSentence,
    string? GapArea,
    IReadOnlyList<string> Measures,
    IReadOnlyDictionary<string, string> Cadence,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> Clauses,
    string? Project = null);

/// <summary>A programme as its pairs meet it: a copy, fed by Participants.</summary>
public sealed class ProgrammeTerms
{
    public Guid Id { get; init; }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>The platform books the series by itself; otherwise the mentee confirms.</summary>
    public bool PlatformBooks { get; private set; }

    /// <summary>How long a pair runs, ISO 8601 period.</summary>
    public string Length { get; private set; } = "";

    public int SessionMinutes { get; private set; }

    /// <summary>What the programme suggests to talk about; null where it says nothing.</summary>
    public IReadOnlyList<string>? AgendaStarters { get; private set; }

    /// <summary>The fewest a number may stand for that is shown beyond the programme's managers.</summary>
    public int K { get; private set; } = 5;

    public bool Closed { get; set; }

    public CharterTerms Charter { get; private set; } = null!;

    public void Take(Programme programme)
    {
        Slug = programme.Slug;
        Name = programme.Name;
        PlatformBooks = programme.Booking == "platform";
        Length = programme.Length;
        SessionMinutes = programme.SessionMinutes;
        AgendaStarters = programme.AgendaStarters;
        K = programme.K;
        Charter = new CharterTerms(
            programme.Purpose,
            programme.Gap.Sentence,
            programme.Gap.Area,
            [.. programme.Measures.Select(InWords)],
            programme.Cadence,
            programme.Places,
            programme.CharterClauses,
            programme.Project);
    }

    /// <summary>When a pair that begins now is over by plan: the same time of day in that zone.</summary>
    public Instant EndOf(Instant begins, DateTimeZone zone) =>
        zone.AtLeniently(begins.InZone(zone).LocalDateTime + PeriodPattern.Roundtrip.Parse(Length).GetValueOrThrow()).ToInstant();

    private static string InWords(Measure measure) => (measure.Baseline, measure.Target) switch
    {
        ({ } baseline, { } target) => FormattableString.Invariant($"{measure.Name} ({measure.Instrument}), from {baseline} to {target}"),
        (null, { } target) => FormattableString.Invariant($"{measure.Name} ({measure.Instrument}), to {target}"),
        _ => $"{measure.Name} ({measure.Instrument})",
    };
}
