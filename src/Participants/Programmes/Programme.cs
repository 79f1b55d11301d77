using System.Globalization;
using Mentoring.Contracts.Participants;
using Facts = Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Programmes;

public enum ProgrammeState
{
    /// <summary>Being designed; only its makers see it.</summary>
    Draft,

    /// <summary>Takes people, is matched and held.</summary>
    Open,

    /// <summary>Over; stays readable.</summary>
    Closed,
}

/// <summary>
/// A programme and the rules it holds to. Invariants: it is opened once and closed once; a wave, once unlocked, stays unlocked, and why
/// is kept; it is expanded only by a review, and an override stays readable with it. <see cref="Version"/> rises with every change.
/// </summary>
public sealed class Programme
{
    private Programme()
    {
    }

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";
    public ProgrammeState State { get; private set; }
    public long Version { get; private set; }

    public ProgrammeSettings Settings { get; private set; } = null!;

    /// <summary>The file as it was handed in; export gives exactly this back.</summary>
    public string File { get; private set; } = "";

    public Guid SponsorId { get; private set; }
    public Guid? DeputyId { get; private set; }
    public IReadOnlyList<Guid> ManagerIds { get; private set; } = [];

    public IReadOnlyList<ProgrammeWave> Waves { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The newest review heard of; null before the first.</summary>
    public Review? LatestReview { get; private set; }

    public IReadOnlyList<Expansion> Expansions { get; private set; } = [];

    /// <param name="id">Of the new programme.</param>
    /// <param name="settings">From <see cref="ProgrammeFile"/>, without a problem.</param>
    /// <param name="file">As handed in.</param>
    /// <param name="people">Whom the settings' e-mail addresses name, by address without regard to case.</param>
    /// <param name="creatorId">Becomes programme manager; null when no person but a machine created it.</param>
    /// <param name="now">UTC.</param>
    public static Programme Draft(
        Guid id, ProgrammeSettings settings, string file, IReadOnlyDictionary<string, Guid> people, Guid? creatorId, DateTimeOffset now) => new()
        {
            Id = id,
            Slug = settings.Slug,
            State = ProgrammeState.Draft,
            Version = 1,
            Settings = settings,
            File = file,
            SponsorId = people[settings.Sponsor],
            DeputyId = settings.Deputy is { } deputy ? people[deputy] : null,
            ManagerIds = [.. settings.Managers.Select(email => people[email]).Concat(creatorId is { } creator ? [creator] : []).Distinct()],
            Waves = [.. settings.Waves.Select(wave => new ProgrammeWave(
                wave.Name, [.. wave.People.Select(email => people[email])], wave.Stages, wave.Locations, wave.Unlock, null, null))],
            CreatedAt = now,
        };

    /// <summary>Takes people from now on. Waves without a condition are unlocked; the others wait.</summary>
    public OpenRefusal? Open(DateTimeOffset now)
    {
        if (State != ProgrammeState.Draft)
            return OpenRefusal.NotDraft;
        State = ProgrammeState.Open;
        OpenedAt = now;
        Waves = [.. Waves.Select(wave => wave.Unlock is null ? wave with { UnlockedAt = now, Why = "It has no condition." } : wave)];
        Version++;
        return null;
    }

    public CloseRefusal? Close(DateTimeOffset now)
    {
        if (State != ProgrammeState.Open)
            return CloseRefusal.NotOpen;
        State = ProgrammeState.Closed;
        ClosedAt = now;
        Version++;
        return null;
    }

    /// <summary>
    /// Unlocks every locked wave whose condition the facts now meet. A wave that another one waits for may unlock in the same step only
    /// by its own facts, so order does not matter.
    /// </summary>
    /// <returns>The waves unlocked now, in order; empty when nothing changed.</returns>
    public IReadOnlyList<ProgrammeWave> Weigh(IReadOnlyCollection<PairProgress> pairs, DateTimeOffset now)
    {
        if (State != ProgrammeState.Open)
            return [];
        var unlocked = new List<ProgrammeWave>();
        Waves =
        [
            .. Waves.Select(wave =>
            {
                if (wave.UnlockedAt is not null || Met(wave.Unlock!, pairs, now) is not { } why)
                    return wave;
                unlocked.Add(wave with { UnlockedAt = now, Why = why });
                return unlocked[^1];
            }),
        ];
        Version += unlocked.Count > 0 ? 1 : 0;
        return unlocked;
    }

    /// <summary>Why a wave is still locked, with how far it has come; null once unlocked.</summary>
    public string? LockedBecause(ProgrammeWave wave, IReadOnlyCollection<PairProgress> pairs)
    {
        if (wave.UnlockedAt is not null)
            return null;
        if (State == ProgrammeState.Draft)
            return "The programme is not open yet.";
        return wave.Unlock switch
        {
            { HeldAtLeast: { } times, Wave: { } first } => pairs.Where(pair => pair.Wave == first && !pair.Ended).Select(pair => pair.Held).ToArray() is { Length: > 0 } held
                ? $"It waits until every pair of wave '{first}' has met {Times(times)}; the one that met least has met {Times(held.Min())}."
                : $"It waits until every pair of wave '{first}' has met {Times(times)}; there is no pair yet.",
            { ReviewGreen: true } => "It waits for a review with every gate green.",
            { Date: { } day } => $"It waits for {day:yyyy-MM-dd}.",
            _ => null,
        };
    }

    /// <summary>
    /// The wave a mentee belongs to: the one that names the person; else the first that names nobody and takes this stage and location.
    /// Null when none does.
    /// </summary>
    public string? WaveOf(Guid personId, CareerStage stage, string? location) =>
        (Waves.FirstOrDefault(wave => wave.PeopleIds.Contains(personId))
            ?? Waves.FirstOrDefault(wave => wave.PeopleIds.Count == 0
                && (wave.Stages.Count == 0 || wave.Stages.Contains(stage))
                && (wave.Locations.Count == 0 || wave.Locations.Contains(location, StringComparer.OrdinalIgnoreCase))))?.Name;

    /// <summary>Who may take a side: by career stage, and as a guest where the programme says that a side comes from elsewhere.</summary>
    public bool IsEligible(Side side, CareerStage stage, bool guest) =>
        (side == Side.Mentor ? Settings.Mentors : Settings.Mentees).Stages.Contains(stage)
        && (Settings.Guests is { } guests && guests.Side == side) == guest;

    public IReadOnlyList<string> ModulesFor(Side side) => side == Side.Mentor ? Settings.MentorModules : Settings.MenteeModules;

    /// <summary>The managers as their memberships say now. Returns whether that is a change.</summary>
    public bool IsManagedBy(Guid personId, bool manages)
    {
        if (ManagerIds.Contains(personId) == manages)
            return false;
        ManagerIds = manages ? [.. ManagerIds, personId] : [.. ManagerIds.Where(id => id != personId)];
        Version++;
        return true;
    }

    /// <summary>A topic now stands for another one as well. Returns whether the gap named that one.</summary>
    public bool TopicMerged(string slug, string into)
    {
        if (!Settings.Gap.Topics.Contains(slug))
            return false;
        Settings = Settings with { Gap = Settings.Gap.Merged(slug, into) };
        Version++;
        return true;
    }

    /// <summary>Keeps the newest review; facts may arrive in any order. Returns whether it is the newest.</summary>
    public bool Hear(Review review)
    {
        if (LatestReview is { } known && (known.ReviewId == review.ReviewId ? known.Version >= review.Version : review.ReviewId.CompareTo(known.ReviewId) < 0))
            return false;
        LatestReview = review;
        Version++;
        return true;
    }

    /// <summary>
    /// Expansion is refused unless the newest review is green, or a sponsor says in writing why it goes ahead (rule 10). The sponsor's
    /// words are kept only where they overrode something.
    /// </summary>
    public ExpandRefusal? Expand(Guid? reviewId, string? overrideReason, bool bySponsor, Guid personId, DateTimeOffset now)
    {
        if (State != ProgrammeState.Open)
            return ExpandRefusal.NotOpen;
        if (LatestReview is not { } review || (reviewId is { } named && named != review.ReviewId))
            return ExpandRefusal.ReviewMissing;
        if (Expansions.Any(done => done.ReviewId == review.ReviewId))
            return ExpandRefusal.AlreadyExpanded;
        if (!review.Green && overrideReason is not null && !bySponsor)
            return ExpandRefusal.OnlyTheSponsorOverrides;
        if (!review.Green && overrideReason is null)
            return ExpandRefusal.GateRed;
        Expansions = [.. Expansions, new Expansion(review.ReviewId, now, personId, review.Green ? null : overrideReason)];
        Version++;
        return null;
    }

    /// <summary>As the other services need it.</summary>
    public Facts.Programme ToFact() => new(
        Slug,
        Settings.Name,
        Settings.Purpose,
        GapToFact(),
        Settings.Direction,
        SponsorId,
        DeputyId,
        ManagerIds,
        new Eligibility(Settings.Mentors.Stages, Settings.Mentors.Capacity),
        new Eligibility(Settings.Mentees.Stages, Settings.Mentees.Capacity),
        [.. Waves.Select(wave => new Wave(
            wave.Name, wave.UnlockedAt is not null, wave.Unlock?.Wave, wave.Unlock?.HeldAtLeast, wave.Unlock?.ReviewGreen ?? false, wave.Unlock?.Date))],
        Settings.Cadence,
        Settings.Places,
        Settings.Booking,
        Settings.Length,
        Settings.SessionMinutes,
        Settings.Review,
        [.. Settings.Measures.Select(measure => new Measure(measure.Name, measure.Instrument, measure.Side, measure.Baseline, measure.Target))],
        Settings.HardRules,
        Settings.SameChainAtDistance,
        Settings.Prefer,
        Settings.CharterClauses,
        Settings.K,
        Settings.CommentsK,
        // A delay's threshold is the most there may be; readers that know one threshold find it where thresholds stand.
        [.. Settings.Gates.Select(gate => new Gate(gate.Name, gate.Measure, gate.AtLeast ?? gate.AtMost, gate.NotBelowBaseline, gate.AtMost))],
        Settings.RoleNames,
        Settings.Grades is { } grades ? new GradeDistance(grades.AtLeast, grades.AtMost) : null,
        Settings.NotUnderDirectReport,
        Settings.Mode);

    /// <summary>As the other services need it; each way's topics only where a programme goes both ways and names them.</summary>
    public Gap GapToFact()
    {
        var gap = Settings.Gap;
        return new Gap(gap.Sentence, gap.Area, gap.Topics, gap.StrategicPriority, Named(gap.Up), Named(gap.Down));

        IReadOnlyList<string>? Named(IReadOnlyList<string> topics) => Settings.Direction == Direction.Reciprocal && topics.Count > 0 ? topics : null;
    }

    private string? Met(UnlockSettings unlock, IReadOnlyCollection<PairProgress> pairs, DateTimeOffset now)
    {
        if (unlock.Date is { } day)
            return DateOnly.FromDateTime(now.UtcDateTime) >= day ? $"The day has come: {day:yyyy-MM-dd}." : null;
        if (unlock.ReviewGreen)
        {
            return LatestReview is { Green: true }
                ? "The review shows every gate green."
                : Expansions is [.., { OverrideReason: { } words }] ? $"The sponsor expanded the programme although a gate was red: {words}" : null;
        }

        // A pair that ended before it met often enough has nothing more to say; one that did meet still counts.
        var times = unlock.HeldAtLeast!.Value;
        var counted = pairs.Where(pair => pair.Wave == unlock.Wave && (!pair.Ended || pair.Held >= times)).ToArray();
        return counted.Length > 0 && counted.All(pair => pair.Held >= times)
            ? $"Every pair of wave '{unlock.Wave}' has met {Times(times)} or more ({counted.Length} {(counted.Length == 1 ? "pair" : "pairs")})."
            : null;
    }

    private static string Times(int times) => times == 1 ? "once" : times == 0 ? "not at all" : string.Create(CultureInfo.InvariantCulture, $"{times} times");
}

/// <summary>A wave with whom it names and since when, and why, it is unlocked.</summary>
public sealed record ProgrammeWave(
    string Name,
    IReadOnlyList<Guid> PeopleIds,
    IReadOnlyList<CareerStage> Stages,
    IReadOnlyList<string> Locations,
    UnlockSettings? Unlock,
    DateTimeOffset? UnlockedAt,
    string? Why);

/// <summary>How often a pair has met.</summary>
public sealed record PairProgress(string Wave, int Held, bool Ended);

/// <summary>A review as read from Feedback. Its id is a version 7 UUID, so ids order by time.</summary>
public sealed record Review(Guid ReviewId, long Version, bool Green, IReadOnlyList<ReviewGate> Gates);

public sealed record ReviewGate(string Gate, bool Green, string Words);

/// <summary>An expansion, by which review, by whom; with the sponsor's words where a gate was red.</summary>
public sealed record Expansion(Guid ReviewId, DateTimeOffset At, Guid ById, string? OverrideReason);

public enum OpenRefusal
{
    NotDraft,
}

public enum CloseRefusal
{
    NotOpen,
}

public enum ExpandRefusal
{
    NotOpen,
    ReviewMissing,
    AlreadyExpanded,
    OnlyTheSponsorOverrides,
    GateRed,
}
