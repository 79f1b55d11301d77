using Mentoring.Contracts.Participants;
using Mentoring.Participants.People;
using Mentoring.Participants.Preparation;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// Makes settings of a file: the file over its template over the platform's defaults, and every rule that needs no database. Either
/// there are settings and no problem, or problems and nothing else.
/// </summary>
public static class ProgrammeFile
{
    public const int LeastK = 5;
    public const int LeastCommentsK = 10;

    /// <summary>Rule 3: closer than this there is authority inside the pair.</summary>
    public const int LeastDistance = 3;

    private const string GradesRule = "grades";

    /// <summary>A clause is a paragraph of one page.</summary>
    private const int LongestWording = 1_000;

    private const int MostGradesApart = Person.HighestGrade - Person.LowestGrade;

    private static readonly string[] s_channels = ["video", "in-person"];
    private static readonly string[] s_places = ["neutral", "off-site", "video"];
    private static readonly string[] s_bookers = ["mentee", "platform"];
    private static readonly string[] s_sides = ["mentor", "mentee"];
    private static readonly string[] s_ways = ["up", "down"];

    private static readonly string[] s_hardRules =
        ["topic-overlap", "authority", "common-language", "overlapping-hours", "different-unit", "different-department", "different-location", GradesRule];

    private static readonly string[] s_criteria =
        ["gap", "priority", "level", "wishes", "reach", "interests", "time", "channel", "grade"];

    private static readonly string[] s_clauses =
    [
        "purpose", "gap", "topics", "goals", "cadence", "places", "not-to-be-shared", "may-become-insight", "confidentiality", "sensitivities",
        "disagreement", "review",
    ];

    // Those that Scheduling has words of its own in.
    private static readonly string[] s_languages = ["en", "de", "fr", "es"];

    private static readonly string[] s_gates =
    [
        "sessions-held", "senior-participation", "acceptance", "days-to-first-session", "measure", "insights-answered-in-time", "effect-count",
        "psychological-safety", "pair-continuation", "retention", "project-delivered", "review-held", "attested",
    ];

    // Feedback counts answered insights by these; the effect "none" is no effect.
    private static readonly string[] s_effects = ["decision", "policy", "process", "market-action"];

    // As a review has them; a figure that nobody records (continuation) cannot be asked for.
    private static readonly string[] s_figures =
        ["acceptance", "days-to-first-session", "planned", "held", "cancelled-by-side", "surveys", "insights-by-effect", "retention"];

    private static readonly string[] s_requirable = ["purpose", "measures", "cadence", "length", "preparation", "accountable", "strategicPriority", "expansion"];

    // A file that changes one of these sections keeps the rest of the template's; any other setting replaces the template's whole.
    private static readonly HashSet<string> s_mergedSections =
        ["gap", "mentors", "mentees", "matching", "safety", "preparation", "charter", "guests", "roleNames"];

    public static FileReading Read(string text, bool json, Func<string, string?> template)
    {
        var (root, broken) = FileNode.Parse(text, json);
        if (root is null)
            return new FileReading(null, [broken!]);

        var problems = new List<FileProblem>();
        if (root.Entries.GetValueOrDefault("template") is FileNode.Scalar { Value: { } name })
        {
            if (template(name) is not { } below)
                return new FileReading(null, [new FileProblem("template", "template-unknown", $"There is no template '{Cut(name)}'; GET …/programme-templates lists them.")]);
            var shipped = FileNode.Parse(below, json: false).Root!;
            root = FileNode.Over(WithoutOtherGap(shipped, root), root, s_mergedSections);
            // What a template leaves open on purpose, a file cannot waive.
            if (shipped.Entries.TryGetValue("requires", out var requires))
                root = root with { Entries = new Dictionary<string, FileNode>(root.Entries) { ["requires"] = requires } };
        }

        var settings = Settings(new FileSection(root, "", problems), problems);
        return problems.Count > 0 ? new FileReading(null, problems) : new FileReading(settings, []);
    }

    // An area and a sentence exclude one another, so naming one takes the template's other away.
    private static FileNode.Section WithoutOtherGap(FileNode.Section template, FileNode.Section file)
    {
        if (template.Entries.GetValueOrDefault("gap") is not FileNode.Section below || file.Entries.GetValueOrDefault("gap") is not FileNode.Section above)
            return template;
        var taken = above.Entries.ContainsKey("sentence") ? "area" : above.Entries.ContainsKey("area") ? "sentence" : null;
        return taken is null
            ? template
            : template with
            {
                Entries = new Dictionary<string, FileNode>(template.Entries)
                {
                    ["gap"] = below with { Entries = below.Entries.Where(entry => entry.Key != taken).ToDictionary() },
                },
            };
    }

    private static ProgrammeSettings? Settings(FileSection file, List<FileProblem> problems)
    {
        var required = file.SomeOf("requires", s_requirable);
        var name = file.Text("name");
        if (name is null)
            file.Refuse("name", "invalid", "A programme has a name.");
        var slug = file.Slug("slug") ?? Participants.Slug.Of(name ?? "");
        if (name is not null && slug.Length == 0)
            file.Refuse("slug", "invalid", "No address can be made of this name; give one: `slug: ai-at-work`.");

        var direction = file.OneOf<Direction>("direction") ?? Direction.Reverse;
        var gap = Gap(file, direction);
        var measures = Measures(file);
        if (gap.Area is null && !measures.Any(measure => measure is { Baseline: not null, Target: not null }))
            file.Refuse("measures", "measure-missing", "Name at least one measure with a baseline and a target, so that one can tell whether the gap closed.");

        var sponsor = file.Email("sponsor");
        if (sponsor is null)
            file.Refuse("sponsor", "sponsor-unknown", "Name the executive who answers for the programme and goes first, by e-mail address.");

        var mentors = SideOf(file, "mentors", direction == Direction.Traditional ? [CareerStage.Senior, CareerStage.Executive] : [CareerStage.Early, CareerStage.Established]);
        var mentees = SideOf(file, "mentees", direction == Direction.Traditional ? [CareerStage.Early, CareerStage.Established] : [CareerStage.Senior, CareerStage.Executive]);
        var waves = Waves(file, sponsor);
        var (mentorModules, menteeModules) = Modules(file);
        var matching = file.Section("matching");
        var hard = matching?.SomeOf("hard", s_hardRules) ?? [];
        var grades = Grades(matching, hard);
        // Where each pair's grades say who stands above, the career stages of the two sides may overlap.
        if (grades is not { AtLeast: >= 1 })
            RefuseWrongWay(file, direction, mentors, mentees);
        var authority = matching?.Section("authority");
        var sameChain = authority?.Whole("sameChainAtDistance", 1, 20);
        if (sameChain < LeastDistance)
            authority!.Refuse("sameChainAtDistance", "same-chain-too-near", $"Fewer than {LeastDistance} levels apart there is authority inside the pair.");
        var notUnderDirectReport = authority?.Flag("notUnderDirectReport") ?? false;
        authority?.End();
        var prefer = matching?.Pairs("prefer", (section, key) => section.Whole(key, 0, 100), s_criteria) ?? new Dictionary<string, int?>();
        var mode = matching?.OneOf<MatchingMode>("mode") ?? MatchingMode.WholePool;
        matching?.End();

        var charter = file.Section("charter");
        var clauses = charter?.SomeOf("clauses", s_clauses) is { Count: > 0 } named ? named : s_clauses;
        var charterLanguage = charter?.OneOf("language", s_languages);
        // The keys that are not among the charter's clauses are refused with those that are.
        var wording = charter?.Pairs("wording", (section, clause) => section.Pairs(clause, (words, language) => words.Text(language, LongestWording), s_languages), clauses);
        charter?.End();
        var safety = file.Section("safety");
        var k = safety?.Whole("k", 1, 1_000) ?? LeastK;
        var comments = safety?.Whole("comments", 1, 1_000) ?? Math.Max(k, LeastCommentsK);
        if (k < LeastK)
            safety!.Refuse("k", "k-too-small", $"Numbers stand for at least {LeastK} people.");
        if (comments < Math.Max(k, LeastCommentsK))
            safety!.Refuse("comments", "k-too-small", $"Comments stand for at least {LeastCommentsK} people, and never fewer than numbers.");
        safety?.End();

        var first = file.Section("enrolFirst");
        if (first is not null && !first.Has("side"))
            first.Refuse("side", "invalid", "Say which side enrols first: `mentee` or `mentor`.");
        var opens = file.Section("opens");
        var opened = opens?.Slug("programme");
        OpenByExpansion(opens, opened, waves);
        var forum = file.Section("forum");
        var guests = file.Section("guests");
        var cadence = file.Pairs("cadence", (section, key) => section.Period(key), s_channels);
        // Rule 2 leaves nothing else to say here.
        file.OneOf("participation", ["voluntary"]);
        var settings = new ProgrammeSettings
        {
            Template = file.Text("template"),
            Slug = slug,
            Name = name ?? "",
            Purpose = file.Text("purpose", 1_000),
            Gap = gap,
            Direction = direction,
            Sponsor = sponsor ?? "",
            Deputy = file.Email("deputy"),
            Managers = file.Emails("managers", 50),
            Accountable = file.Pairs("accountable", (section, key) => section.Email(key)),
            Mentors = mentors,
            Mentees = mentees,
            EnrolFirst = first is null ? null : new EnrolFirstSettings(first.OneOf<Side>("side") ?? Side.Mentee, first.Whole("atLeast", 1, 1_000) ?? k),
            Waves = waves,
            Cadence = cadence.Count > 0 ? cadence : new Dictionary<string, string> { ["video"] = "P30D" },
            Places = file.SomeOf("place", s_places) is { Count: > 0 } places ? places : s_places,
            Booking = file.OneOf("booking", s_bookers) ?? "mentee",
            Length = file.Period("length") ?? "P6M",
            SessionMinutes = file.Whole("sessionMinutes", 15, 240) ?? 60,
            Review = file.Period("review") ?? "P6M",
            Measures = measures,
            MentorModules = mentorModules,
            MenteeModules = menteeModules,
            // Rule 3 is not a programme's to leave out.
            HardRules =
            [
                .. (hard.Count > 0 ? hard : ["topic-overlap", "authority", "common-language", "overlapping-hours"])
                    .Union(grades is null ? ["authority"] : ["authority", GradesRule]),
            ],
            SameChainAtDistance = sameChain,
            NotUnderDirectReport = notUnderDirectReport,
            Grades = grades,
            Mode = mode,
            Prefer = prefer.Count > 0
                ? prefer.ToDictionary(weight => weight.Key, weight => weight.Value ?? 0)
                : new Dictionary<string, int> { ["gap"] = 50, ["wishes"] = 20, ["reach"] = 15, ["time"] = 10, ["channel"] = 5 },
            CharterClauses = clauses,
            CharterLanguage = charterLanguage,
            CharterWording = (wording ?? new Dictionary<string, IReadOnlyDictionary<string, string>>()).Where(given => given.Value.Count > 0).ToDictionary(),
            K = k,
            CommentsK = comments,
            Gates = Gates(file, measures),
            Report = file.SomeOf("report", s_figures),
            Opens = opened,
            Forum = forum is null ? null : new ForumSettings(forum.Text("name") ?? "Mentors' forum", forum.Period("every") ?? "P3M"),
            Project = file.Text("project", 500),
            AgendaStarters = file.Lines("agenda", 12),
            Guests = guests is null ? null : GuestsOf(guests),
            RoleNames = file.Pairs("roleNames", (section, key) => section.Text(key, 60), s_sides),
        };
        first?.End();
        opens?.End();
        forum?.End();
        guests?.End();
        RequireWhatTheTemplateAsksFor(file, required, settings);
        file.End();
        return problems.Count > 0 ? null : settings;
    }

    /// <summary>How far apart in grades, read from <c>matching.grades</c>; whoever gives it means it, so the rule need not be listed too.</summary>
    private static GradeSettings? Grades(FileSection? matching, IReadOnlyList<string> hard)
    {
        if (matching?.Section("grades") is not { } grades)
        {
            if (hard.Contains(GradesRule))
                matching!.Refuse("grades", "grades-missing", "Say how many grades lie between the two: `grades: { atLeast: 1, atMost: 2 }`.");
            return null;
        }
        var atLeast = grades.Whole("atLeast", 0, MostGradesApart);
        var atMost = grades.Whole("atMost", 0, MostGradesApart);
        if (atLeast > atMost)
            grades.Refuse("atLeast", "grades-contradict", "`atLeast` may not be more than `atMost`.");
        if (!grades.Has("atLeast") && !grades.Has("atMost"))
            matching.Refuse("grades", "grades-missing", "Give `atLeast`, `atMost` or both.");
        grades.End();
        return new GradeSettings(atLeast, atMost);
    }

    private static NamedGap Gap(FileSection file, Direction direction)
    {
        var gap = file.Section("gap");
        var sentence = gap?.Text("sentence", 500);
        var area = gap?.Text("area", 300);
        if (sentence is null && area is null)
            file.Refuse("gap", "gap-missing", "Name the gap it closes in a sentence (who decides on what, and who knows it from close by), or an area from which each pair names its own.");
        else if (sentence is not null && area is not null)
            file.Refuse("gap", "invalid", "Either a sentence or an area: with an area each charter names the gap.");

        IReadOnlyList<string> up = [], down = [], topics;
        if (gap is not null && gap.IsSection("topics"))
        {
            var ways = gap.Section("topics")!;
            up = ways.Slugs("up");
            down = ways.Slugs("down");
            if (direction != Direction.Reciprocal)
                gap.Refuse("topics", "invalid", "Topics up and down belong to `direction: reciprocal`.");
            ways.End();
            topics = [.. up.Union(down)];
        }
        else
        {
            topics = gap?.Slugs("topics") ?? [];
        }
        if (sentence is not null && topics.Count == 0)
            file.Refuse("gap.topics", "gap-missing", "Name the topics that close this gap, by their slugs.");
        if (direction == Direction.Reciprocal && (up.Count == 0 || down.Count == 0) && area is null)
            file.Refuse("gap.topics", "gap-missing", "A reciprocal programme names topics `up` and `down`.");

        var named = new NamedGap(sentence, area, topics, up, down, gap?.Text("strategicPriority"));
        gap?.End();
        return named;
    }

    private static SideSettings SideOf(FileSection file, string key, CareerStage[] otherwise)
    {
        var side = file.Section(key);
        var stages = side?.SomeOf<CareerStage>("stages") ?? [];
        var capacity = side?.Whole("capacity", 1, 10) ?? 1;
        var places = side?.Whole("places", 1, 1_000_000);
        side?.End();
        return new SideSettings(stages.Count > 0 ? stages : otherwise, capacity, places);
    }

    private static void RefuseWrongWay(FileSection file, Direction direction, SideSettings mentors, SideSettings mentees)
    {
        var (below, above) = direction == Direction.Traditional ? (mentees, mentors) : (mentors, mentees);
        if (direction != Direction.Reciprocal && (below.Stages.Max() >= above.Stages.Max() || below.Stages.Min() >= above.Stages.Min()))
        {
            file.Refuse("direction", "direction-mismatch", direction == Direction.Reverse
                ? "In reverse mentoring the mentors' career stages lie below the mentees'."
                : "In traditional mentoring the mentors' career stages lie above the mentees'.");
        }
    }

    private static List<WaveSettings> Waves(FileSection file, string? sponsor)
    {
        var waves = new List<WaveSettings>();
        foreach (var wave in file.Sections("waves", 20))
        {
            var name = wave.Slug("name");
            if (name is null)
                wave.Refuse("name", "invalid", "A wave has a name.");
            else if (waves.Any(other => other.Name == name))
                wave.Refuse("name", "invalid", "Two waves bear this name.");

            var mentees = wave.Section("mentees");
            UnlockSettings? unlock = null;
            if (wave.Section("unlock") is { } lock_)
            {
                unlock = new UnlockSettings(lock_.Slug("wave"), lock_.Whole("heldAtLeast", 1, 50), lock_.Flag("reviewGreen"), lock_.Day("date"));
                if (unlock is not ({ HeldAtLeast: not null, ReviewGreen: false, Date: null, Wave: not null }
                    or { HeldAtLeast: null, ReviewGreen: true, Date: null }
                    or { HeldAtLeast: null, ReviewGreen: false, Date: not null, Wave: null }))
                {
                    wave.Refuse("unlock", "invalid", "One condition: `{ wave, heldAtLeast }`, `{ wave, reviewGreen: true }` or `{ date }`.");
                }
                if (unlock.Wave is { } earlier && waves.All(other => other.Name != earlier))
                    lock_.Refuse("wave", "wave-unknown", "Name a wave that stands before this one.");
                lock_.End();
            }
            waves.Add(new WaveSettings(
                name ?? "",
                mentees?.Emails("people", sponsor: sponsor) ?? [],
                mentees?.SomeOf<CareerStage>("stages") ?? [],
                mentees?.Lines("locations") ?? [],
                unlock)
            {
                Departments = [.. (mentees?.Lines("departments") ?? []).Select(Department.Of)],
            });
            if (waves[^1].Departments.Contains(""))
                mentees!.Refuse("departments", "invalid", "A department as your people data writes it, from the top down: `Sales / Europe`.");
            mentees?.End();
            wave.End();
        }
        return waves.Count > 0 ? waves : [new WaveSettings("all", [], [], [], null)];
    }

    /// <summary>What an expansion opens: a wave, which then waits for it, or a programme.</summary>
    private static void OpenByExpansion(FileSection? opens, string? programme, List<WaveSettings> waves)
    {
        if (opens is null)
            return;
        var wave = opens.Slug("wave");
        if (wave is null == programme is null)
            opens.Refuse("wave", "invalid", "An expansion opens one thing: `{ wave: … }` or `{ programme: … }`.");
        if (wave is null)
            return;
        var at = waves.FindIndex(known => known.Name == wave);
        if (at < 0)
            opens.Refuse("wave", "wave-unknown", "Name one of the programme's waves.");
        else if (waves[at].Unlock is not null)
            opens.Refuse("wave", "invalid", "This wave has a condition of its own; what an expansion opens waits for nothing else.");
        else
            waves[at] = waves[at] with { Unlock = new UnlockSettings(null, null, ReviewGreen: false, null, Expanded: true) };
    }

    private static List<MeasureSettings> Measures(FileSection file)
    {
        var measures = new List<MeasureSettings>();
        foreach (var measure in file.Sections("measures", 20))
        {
            var name = measure.Slug("name");
            if (name is null)
                measure.Refuse("name", "invalid", "A measure has a name.");
            else if (measures.Any(other => other.Name == name))
                measure.Refuse("name", "invalid", "Two measures bear this name.");
            var instrument = measure.Slug("instrument");
            if (instrument is null)
                measure.Refuse("instrument", "invalid", "Say how it is measured: `gap-self-rating`, `count`, …");
            measures.Add(new MeasureSettings(
                name ?? "", instrument ?? "", measure.OneOf<Side>("side"), measure.Number("baseline"), measure.Number("target"), measure.OneOf("direction", s_ways)));
            measure.End();
        }
        return measures;
    }

    private static (IReadOnlyList<string> Mentor, IReadOnlyList<string> Mentee) Modules(FileSection file)
    {
        var preparation = file.Section("preparation");
        var mentor = preparation?.SomeOf("mentor", PreparationModules.NamesFor(Side.Mentor)) ?? [];
        var mentee = preparation?.SomeOf("mentee", PreparationModules.NamesFor(Side.Mentee)) ?? [];
        preparation?.End();
        return (mentor.Count > 0 ? mentor : ["mentoring-someone-senior", "safety"], mentee.Count > 0 ? mentee : ["being-mentored", "safety"]);
    }

    private static List<GateSettings> Gates(FileSection file, List<MeasureSettings> measures)
    {
        var gates = new List<GateSettings>();
        foreach (var gate in file.Sections("expansion", 20))
        {
            var name = gate.OneOf("gate", s_gates);
            if (name is null && !gate.Has("gate"))
                gate.Refuse("gate", "invalid", $"One of {string.Join(", ", s_gates)}.");
            var measure = gate.Slug("name");
            if (name == "measure" && measures.All(known => known.Name != measure))
                gate.Refuse("name", "measure-missing", "This gate reads a measure; name one of the programme's.");
            if (name == "effect-count" && measure is not null && !s_effects.Contains(measure))
                gate.Refuse("name", "invalid", $"One of {string.Join(", ", s_effects)}; without a name every effect counts.");
            var atLeast = gate.Number("atLeast");
            var atMost = gate.Number("atMost");
            if (atMost is not null && (name is not ("days-to-first-session" or "measure") || atLeast is not null))
                gate.Refuse("atMost", "invalid", "`atMost` is for `days-to-first-session` and for a measure that is to fall, where it stands instead of `atLeast`.");
            if (name == "measure" && measures.Find(known => known.Name == measure) is { } read)
                RefuseWrongBound(gate, read, atLeast, atMost);
            // What a gate reads must be there to be recorded, or it could never turn green.
            if (name == "retention" && !measures.Exists(known => known.Instrument == "retention" && (measure ?? known.Name) == known.Name))
                gate.Refuse("gate", "measure-missing", "This gate reads retention; name a measure with `instrument: retention`.");
            if (name == "project-delivered" && !file.Has("project"))
                gate.Refuse("gate", "setting-missing", "This gate reads the pairs' projects; say in `project` what each pair makes.");
            gates.Add(new GateSettings(name ?? "", measure, atLeast, atMost, gate.Flag("notBelowBaseline")));
            gate.End();
        }
        return gates;
    }

    // A bound on the wrong side is met before anything has happened.
    private static void RefuseWrongBound(FileSection gate, MeasureSettings measure, decimal? atLeast, decimal? atMost)
    {
        var falls = measure.Instrument == "perception-gap" || measure.Target < measure.Baseline;
        if (falls && atLeast is not null)
            gate.Refuse("atLeast", "invalid", "This measure is better the smaller it is; say the most there may be: `atMost`.");
        if (!falls && measure.Target > measure.Baseline && atMost is not null)
            gate.Refuse("atMost", "invalid", "This measure's target lies above its baseline; say what is to be reached: `atLeast`.");
    }

    private static GuestSettings GuestsOf(FileSection guests)
    {
        var terms = guests.Text("terms", 1_000);
        if (terms is null)
            guests.Refuse("terms", "invalid", "Guests accept terms; say which.");
        return new GuestSettings(guests.OneOf<Side>("side") ?? Side.Mentor, guests.Slug("home"), terms ?? "", guests.Period("expires") ?? "P6M");
    }

    private static void RequireWhatTheTemplateAsksFor(FileSection file, IReadOnlyList<string> required, ProgrammeSettings settings)
    {
        foreach (var key in required)
        {
            var missing = key switch
            {
                "strategicPriority" => settings.Gap.StrategicPriority is null,
                "measures" => settings.Measures.Count == 0,
                _ => !file.Has(key),
            };
            if (!missing)
                continue;
            var (at, code) = key switch
            {
                "strategicPriority" => ("gap.strategicPriority", "priority-missing"),
                "measures" => ("measures", "measure-missing"),
                _ => (key, "setting-missing"),
            };
            file.Refuse(at, code, "This template leaves it open on purpose: it must be set.");
        }
    }

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

/// <summary>Settings when there is no problem; problems otherwise, each with its path.</summary>
public sealed record FileReading(ProgrammeSettings? Settings, IReadOnlyList<FileProblem> Problems);
