using System.Text.Json.Serialization;

namespace Mentoring.Contracts.Participants;

/// <summary>A programme as other services need it. State: whole.</summary>
/// <param name="Slug">What a person reads in addresses.</param>
/// <param name="Gap">The gap it closes, or the area from which each charter names one.</param>
/// <param name="SponsorId">The executive who answers for it and goes first.</param>
/// <param name="DeputyId">Stands in where the sponsor is the mentee concerned.</param>
/// <param name="ManagerIds">The programme managers.</param>
/// <param name="Mentors">Who may mentor.</param>
/// <param name="Mentees">Who may be mentored.</param>
/// <param name="Waves">In order; at least one.</param>
/// <param name="Cadence">Rhythm per channel: <c>video</c>, <c>in-person</c> → ISO 8601 period.</param>
/// <param name="Places">Where it may happen: <c>neutral</c>, <c>off-site</c>, <c>video</c>.</param>
/// <param name="Booking"><c>mentee</c> or <c>platform</c>.</param>
/// <param name="Length">How long a pair runs, ISO 8601 period.</param>
/// <param name="SessionMinutes">How long one session takes.</param>
/// <param name="Review">When it is reviewed after opening, ISO 8601 period.</param>
/// <param name="Measures">How success is measured.</param>
/// <param name="HardRules">Names of the rules a pair may not break.</param>
/// <param name="SameChainAtDistance">Null: chains must be disjoint. Otherwise the least distance allowed in the same chain.</param>
/// <param name="Prefer">Criterion → weight in points.</param>
/// <param name="CharterClauses">What a charter must settle.</param>
/// <param name="K">Fewest people behind a number.</param>
/// <param name="CommentsK">Fewest people behind comments.</param>
/// <param name="Gates">What a review must show before expansion.</param>
/// <param name="RoleNames">What this programme calls mentor and mentee, where it has words of its own.</param>
/// <param name="Grades">How many grades lie between the two; null where the programme does not ask.</param>
/// <param name="NotUnderDirectReport">In the same chain too, the mentor may not stand under somebody who reports to the mentee.</param>
/// <param name="Mode">How pairs are found.</param>
/// <param name="AccountableIds">Region → the executive who answers for it; null where the programme names none.</param>
/// <param name="Project">What each pair makes together; null where the programme does not ask for it.</param>
/// <param name="Report">Which figures a review carries besides its gates, by name; null for all there are.</param>
/// <param name="AgendaStarters">What its pairs might talk about, in its own words; null where it says nothing.</param>
public sealed record Programme(
    string Slug,
    string Name,
    string? Purpose,
    Gap Gap,
    Direction Direction,
    Guid SponsorId,
    Guid? DeputyId,
    IReadOnlyList<Guid> ManagerIds,
    Eligibility Mentors,
    Eligibility Mentees,
    IReadOnlyList<Wave> Waves,
    IReadOnlyDictionary<string, string> Cadence,
    IReadOnlyList<string> Places,
    string Booking,
    string Length,
    int SessionMinutes,
    string Review,
    IReadOnlyList<Measure> Measures,
    IReadOnlyList<string> HardRules,
    int? SameChainAtDistance,
    IReadOnlyDictionary<string, int> Prefer,
    IReadOnlyList<string> CharterClauses,
    int K,
    int CommentsK,
    IReadOnlyList<Gate> Gates,
    IReadOnlyDictionary<string, string> RoleNames,
    GradeDistance? Grades = null,
    bool NotUnderDirectReport = false,
    MatchingMode Mode = MatchingMode.WholePool,
    IReadOnlyDictionary<string, Guid>? AccountableIds = null,
    string? Project = null,
    IReadOnlyList<string>? Report = null,
    IReadOnlyList<string>? AgendaStarters = null);

/// <summary>A sentence and topics; or an area alone, and then each charter names gap and measure.</summary>
/// <param name="Sentence">Who decides on what, and who knows it from close by.</param>
/// <param name="Area">Where each charter names its gap.</param>
/// <param name="Topics">All topics, whichever way they go.</param>
/// <param name="StrategicPriority">What it serves.</param>
/// <param name="Up">In a reciprocal programme, those that the junior brings to the senior.</param>
/// <param name="Down">In a reciprocal programme, those that the senior brings to the junior.</param>
public sealed record Gap(
    string? Sentence,
    string? Area,
    IReadOnlyList<string> Topics,
    string? StrategicPriority,
    IReadOnlyList<string>? Up = null,
    IReadOnlyList<string>? Down = null);

/// <summary>The least and the most grades between the one above and the one below; null for no bound.</summary>
public sealed record GradeDistance(int? AtLeast, int? AtMost);

/// <summary>How a programme finds its pairs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MatchingMode>))]
public enum MatchingMode
{
    /// <summary>The best pairs of everybody.</summary>
    WholePool,

    /// <summary>The best of those pairs in which at least one has asked for the other, from suggestions.</summary>
    SelfChosen,
}

/// <summary>Who may be on one side, and how many pairs one person may be in.</summary>
public sealed record Eligibility(IReadOnlyList<CareerStage> Stages, int Capacity);

/// <summary>A group of mentees that starts together; the others wait until it is unlocked.</summary>
public sealed record Wave(string Name, bool Unlocked, string? UnlockWave, int? HeldAtLeast, bool ReviewGreen, DateOnly? Date);

/// <summary>A figure with a baseline and a target.</summary>
public sealed record Measure(string Name, string Instrument, Side? Side, decimal? Baseline, decimal? Target);

/// <summary>One condition of expansion, as the programme's file states it.</summary>
public sealed record Gate(string Name, string? Measure, decimal? AtLeast, bool NotBelowBaseline, decimal? AtMost = null);
