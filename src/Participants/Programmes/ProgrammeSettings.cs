using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// What a programme's file says once the template's and the platform's defaults are filled in. People are e-mail addresses here,
/// as in the file; <see cref="Programme"/> knows whom they name.
/// </summary>
public sealed record ProgrammeSettings
{
    public string? Template { get; init; }

    /// <summary>What a person reads in addresses; made from the name unless the file gives one.</summary>
    public required string Slug { get; init; }

    public required string Name { get; init; }
    public string? Purpose { get; init; }
    public required NamedGap Gap { get; init; }
    public Direction Direction { get; init; } = Direction.Reverse;
    public required string Sponsor { get; init; }

    /// <summary>Stands in where the sponsor is the mentee concerned.</summary>
    public string? Deputy { get; init; }

    public IReadOnlyList<string> Managers { get; init; } = [];

    /// <summary>Region → the executive who answers for it.</summary>
    public IReadOnlyDictionary<string, string> Accountable { get; init; } = new Dictionary<string, string>();

    public required SideSettings Mentors { get; init; }
    public required SideSettings Mentees { get; init; }

    /// <summary>One side waits with enrolling until so many of the other have; null where both may at once.</summary>
    public EnrolFirstSettings? EnrolFirst { get; init; }

    /// <summary>In order; at least one.</summary>
    public required IReadOnlyList<WaveSettings> Waves { get; init; }

    /// <summary>Channel → ISO 8601 period.</summary>
    public required IReadOnlyDictionary<string, string> Cadence { get; init; }

    public required IReadOnlyList<string> Places { get; init; }

    /// <summary><c>mentee</c> or <c>platform</c>.</summary>
    public required string Booking { get; init; }

    /// <summary>How long a pair runs, ISO 8601 period.</summary>
    public required string Length { get; init; }

    public required int SessionMinutes { get; init; }

    /// <summary>When it is reviewed after opening, ISO 8601 period.</summary>
    public required string Review { get; init; }

    public IReadOnlyList<MeasureSettings> Measures { get; init; } = [];
    public required IReadOnlyList<string> MentorModules { get; init; }
    public required IReadOnlyList<string> MenteeModules { get; init; }
    public required IReadOnlyList<string> HardRules { get; init; }

    /// <summary>Null: chains must be disjoint. Otherwise three or more.</summary>
    public int? SameChainAtDistance { get; init; }

    /// <summary>In the same chain too, the mentor may not stand under somebody who reports to the mentee.</summary>
    public bool NotUnderDirectReport { get; init; }

    /// <summary>How many grades lie between the two; null where the programme does not ask.</summary>
    public GradeSettings? Grades { get; init; }

    /// <summary>How pairs are found.</summary>
    public MatchingMode Mode { get; init; } = MatchingMode.WholePool;

    /// <summary>Criterion → weight in points.</summary>
    public required IReadOnlyDictionary<string, int> Prefer { get; init; }

    public required IReadOnlyList<string> CharterClauses { get; init; }

    /// <summary>The language of charters whose two people share none; null where the file says nothing.</summary>
    public string? CharterLanguage { get; init; }

    /// <summary>Clause → language → the programme's own words for it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> CharterWording { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Fewest people behind a number.</summary>
    public required int K { get; init; }

    /// <summary>Fewest people behind comments.</summary>
    public required int CommentsK { get; init; }

    /// <summary>Which figures a review carries besides its gates; empty for all there are.</summary>
    public IReadOnlyList<string> Report { get; init; } = [];

    public IReadOnlyList<GateSettings> Gates { get; init; } = [];

    /// <summary>The slug of the programme that an expansion opens; null where it opens a wave, or nothing.</summary>
    public string? Opens { get; init; }

    /// <summary>A meeting of the mentors, where the programme has one.</summary>
    public ForumSettings? Forum { get; init; }

    /// <summary>What each pair makes together, where the programme asks for it.</summary>
    public string? Project { get; init; }

    /// <summary>What pairs might talk about, in the programme's words; the platform adds its own.</summary>
    public IReadOnlyList<string> AgendaStarters { get; init; } = [];

    public GuestSettings? Guests { get; init; }

    /// <summary><c>mentor</c>, <c>mentee</c> → this programme's word for them.</summary>
    public IReadOnlyDictionary<string, string> RoleNames { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// A sentence with topics, or an area from which each charter names gap and measure. <paramref name="Up"/> and <paramref name="Down"/>
/// split the topics of a reciprocal programme by direction.
/// </summary>
public sealed record NamedGap(
    string? Sentence,
    string? Area,
    IReadOnlyList<string> Topics,
    IReadOnlyList<string> Up,
    IReadOnlyList<string> Down,
    string? StrategicPriority)
{
    /// <summary>The same with one topic in the place of another.</summary>
    public NamedGap Merged(string slug, string into)
    {
        return this with { Topics = Rewritten(Topics), Up = Rewritten(Up), Down = Rewritten(Down) };

        IReadOnlyList<string> Rewritten(IReadOnlyList<string> topics) => [.. topics.Select(topic => topic == slug ? into : topic).Distinct()];
    }
}

/// <summary>
/// The least and the most grades between the one above and the one below; null for no bound, and not both are. From <c>AtLeast</c> one the
/// grades of the two, and no longer the stages of the two sides, say who stands above.
/// </summary>
public sealed record GradeSettings(int? AtLeast, int? AtMost);

/// <summary>Who may be on one side, in how many pairs one person may be, and how many people may take part at once; null for any number.</summary>
public sealed record SideSettings(IReadOnlyList<CareerStage> Stages, int Capacity, int? Places = null);

/// <summary>
/// A group of mentees that starts together: named people, or everybody of these stages, locations and departments, or everybody else.
/// </summary>
public sealed record WaveSettings(
    string Name,
    IReadOnlyList<string> People,
    IReadOnlyList<CareerStage> Stages,
    IReadOnlyList<string> Locations,
    UnlockSettings? Unlock)
{
    /// <summary>As <see cref="Department.Of"/> writes them.</summary>
    public IReadOnlyList<string> Departments { get; init; } = [];
}

/// <summary>
/// One condition: an earlier wave's pairs have each met so often, or a review after they met is green, or a day has come, or the programme has
/// been expanded.
/// </summary>
public sealed record UnlockSettings(string? Wave, int? HeldAtLeast, bool ReviewGreen, DateOnly? Date, bool Expanded = false);

/// <summary>A figure with a baseline and a target.</summary>
public sealed record MeasureSettings(string Name, string Instrument, Side? Side, decimal? Baseline, decimal? Target, string? Direction);

/// <summary>One condition of expansion.</summary>
public sealed record GateSettings(string Name, string? Measure, decimal? AtLeast, decimal? AtMost, bool NotBelowBaseline);

/// <summary>Which side goes first, and how many of it must have enrolled before the other may.</summary>
public sealed record EnrolFirstSettings(Side Side, int AtLeast);

/// <summary>A meeting of the mentors and its rhythm.</summary>
public sealed record ForumSettings(string Name, string Every);

/// <summary>One side comes from elsewhere: which side, on what terms, for how long.</summary>
public sealed record GuestSettings(Side Side, string? Home, string Terms, string Expires);
