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
    IReadOnlyDictionary<string, string> RoleNames);

/// <summary>A sentence and topics; or an area alone, and then each charter names gap and measure.</summary>
public sealed record Gap(string? Sentence, string? Area, IReadOnlyList<string> Topics, string? StrategicPriority);

/// <summary>Who may be on one side, and how many pairs one person may be in.</summary>
public sealed record Eligibility(IReadOnlyList<CareerStage> Stages, int Capacity);

/// <summary>A group of mentees that starts together; the others wait until it is unlocked.</summary>
public sealed record Wave(string Name, bool Unlocked, string? UnlockWave, int? HeldAtLeast, bool ReviewGreen, DateOnly? Date);

/// <summary>A figure with a baseline and a target.</summary>
public sealed record Measure(string Name, string Instrument, Side? Side, decimal? Baseline, decimal? Target);

/// <summary>One condition of expansion, as the programme's file states it.</summary>
public sealed record Gate(string Name, string? Measure, decimal? AtLeast, bool NotBelowBaseline, decimal? AtMost = null);
