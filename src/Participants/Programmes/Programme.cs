using System.Buffers.Binary;
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

    /// <summary>Region → the executive who answers for it.</summary>
    public IReadOnlyDictionary<string, Guid> AccountableIds { get; private set; } = new Dictionary<string, Guid>();

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
            AccountableIds = settings.Accountable.ToDictionary(region => region.Key, region => people[region.Value]),
            Waves = WavesOf(settings, people, known: []),
            CreatedAt = now,
        };

    /// <summary>
    /// Takes a newer file. A draft takes any; an open programme only changes that are safe, and otherwise none, so that what export gives back
    /// always is what holds.
    /// </summary>
    /// <param name="settings">From <see cref="ProgrammeFile"/>, without a problem.</param>
    /// <param name="file">As handed in.</param>
    /// <param name="people">Whom the settings' e-mail addresses name.</param>
    /// <param name="enrolled">Who takes part now.</param>
    /// <param name="gone">Whom its waves name and who is no longer here.</param>
    /// <param name="byId">Who hands it in; null for a machine.</param>
    /// <param name="now">UTC.</param>
    /// <returns>What changes, also where it is refused.</returns>
    public (IReadOnlyList<SettingChange> Changes, ApplyRefusal? Refusal) Apply(
        ProgrammeSettings settings, string file, IReadOnlyDictionary<string, Guid> people, IReadOnlyList<Enrolled> enrolled, IReadOnlyCollection<Guid> gone,
        Guid? byId, DateTimeOffset now)
    {
        var changes = ProgrammeChanges.Between(this, settings, people, enrolled, gone);
        if (State == ProgrammeState.Closed)
            return (changes, ApplyRefusal.Closed);
        if (changes.Any(change => !change.Safe))
            return (changes, ApplyRefusal.Unsafe);
        // Applying the same file again changes nothing, not even the version.
        if (changes.Count == 0 && File == file)
            return (changes, null);
        Settings = settings;
        File = file;
        Slug = settings.Slug;
        SponsorId = people[settings.Sponsor];
        DeputyId = settings.Deputy is { } deputy ? people[deputy] : null;
        ManagerIds = [.. ManagerIds.Union(settings.Managers.Select(email => people[email]))];
        AccountableIds = settings.Accountable.ToDictionary(region => region.Key, region => people[region.Value]);
        Waves = WavesOf(settings, people, Waves);
        if (State == ProgrammeState.Open)
            Waves = [.. Waves.Select(wave => wave is { Unlock: null, UnlockedAt: null } ? Unconditional(wave, byId, now) : wave)];
        Version++;
        return (changes, null);
    }

    /// <summary>Takes people from now on. Waves without a condition are unlocked; the others wait.</summary>
    /// <param name="byId">Who opens it; null for a machine.</param>
    /// <param name="now">UTC.</param>
    public OpenRefusal? Open(Guid? byId, DateTimeOffset now)
    {
        if (State != ProgrammeState.Draft)
            return OpenRefusal.NotDraft;
        State = ProgrammeState.Open;
        OpenedAt = now;
        Waves = [.. Waves.Select(wave => wave.Unlock is null ? Unconditional(wave, byId, now) : wave)];
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
                if (wave.UnlockedAt is not null || Met(wave.Unlock!, pairs, now) is not var (why, by))
                    return wave;
                unlocked.Add(wave with { UnlockedAt = now, Why = why, By = by });
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
            { ReviewGreen: true, Wave: { } first } =>
                $"It waits for a review with every gate green, written after a pair of wave '{first}' had met.",
            { ReviewGreen: true } => "It waits for a review with every gate green.",
            { Date: { } day } => $"It waits for {day:yyyy-MM-dd}.",
            { Expanded: true } => "It waits for the programme to be expanded.",
            _ => null,
        };
    }

    /// <summary>
    /// The wave a mentee belongs to: the one that names the person; else the first that names nobody and takes this stage, location and
    /// department. Null when none does.
    /// </summary>
    public string? WaveOf(Guid personId, CareerStage stage, string? location, string unitPath) => WaveOf(Waves, personId, stage, location, unitPath);

    internal static string? WaveOf(IReadOnlyList<ProgrammeWave> waves, Guid personId, CareerStage stage, string? location, string unitPath)
    {
        var department = Department.Of(unitPath);
        return (waves.FirstOrDefault(wave => wave.PeopleIds.Contains(personId))
            ?? waves.FirstOrDefault(wave => wave.NamesNobody && wave.Takes(stage) && wave.TakesLocation(location) && wave.TakesDepartment(department)))?.Name;
    }

    /// <summary>Who may take a side: by career stage, and as a guest where the programme says that a side comes from elsewhere.</summary>
    public bool IsEligible(Side side, CareerStage stage, bool guest) =>
        (side == Side.Mentor ? Settings.Mentors : Settings.Mentees).Stages.Contains(stage)
        && (Settings.Guests is { } guests && guests.Side == side) == guest;

    /// <summary>This programme's word for a side; else the side's own.</summary>
    public string NameOf(Side side) => Settings.RoleNames.GetValueOrDefault(Kebab.Of(side), Kebab.Of(side));

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

    /// <summary>When something of this rhythm, counted from opening, comes round next.</summary>
    public DateTimeOffset NextAfter(string period, DateTimeOffset now) => Around(period, now).Next;

    /// <summary>When it came round before the last time, or the opening: what has happened since counts for the time that has come.</summary>
    public DateTimeOffset LastBefore(string period, DateTimeOffset now) => Around(period, now).BeforeLast;

    public bool ReviewedSince(DateTimeOffset then) => LatestReview is { } review && WrittenAt(review.ReviewId) > then;

    private (DateTimeOffset BeforeLast, DateTimeOffset Next) Around(string period, DateTimeOffset now)
    {
        var opened = OpenedAt ?? throw new InvalidOperationException("Nothing comes round before a programme is opened.");
        var (beforeLast, last, next) = (opened, opened, Period.After(opened, period));
        while (next <= now)
            (beforeLast, last, next) = (last, next, Period.After(next, period));
        return (beforeLast, next);
    }

    /// <summary>
    /// Somebody is erased: id and address go from everything it names people in, its file included. A wave that named the person names
    /// nobody in their place, so that it does not become everybody's; a successor takes it over with the sponsor's duty.
    /// </summary>
    /// <returns>Whether it named the person.</returns>
    public bool Forget(Guid personId, string? email, Guid? successorId, string? successorEmail)
    {
        var address = successorEmail ?? AddressInFile.Nobody;
        var named = SponsorId == personId || DeputyId == personId || ManagerIds.Contains(personId)
            || Waves.Any(wave => wave.PeopleIds.Contains(personId) || wave.By?.PersonId == personId) || Expansions.Any(done => done.ById == personId) || AccountableIds.Values.Contains(personId)
            || (email is not null && File.Contains(email, StringComparison.OrdinalIgnoreCase));
        if (!named)
            return false;
        SponsorId = SponsorId == personId ? successorId ?? Guid.Empty : SponsorId;
        DeputyId = DeputyId == personId ? null : DeputyId;
        ManagerIds = [.. ManagerIds.Where(id => id != personId)];
        Waves =
        [
            .. Waves.Select(wave => wave with
            {
                PeopleIds = [.. wave.PeopleIds.Select(id => id == personId ? successorId ?? Guid.Empty : id)],
                By = wave.By?.PersonId == personId ? wave.By with { PersonId = null } : wave.By,
            }),
        ];
        AccountableIds = AccountableIds.Where(region => region.Value != personId || successorId is not null)
            .ToDictionary(region => region.Key, region => region.Value == personId ? successorId!.Value : region.Value);
        Expansions = [.. Expansions.Select(done => done.ById == personId ? done with { ById = Guid.Empty } : done)];
        if (email is not null)
        {
            File = AddressInFile.Replace(File, email, address);
            Settings = Settings with
            {
                Sponsor = Named(Settings.Sponsor),
                Deputy = Settings.Deputy is { } deputy && !Is(deputy) ? deputy : null,
                Managers = [.. Settings.Managers.Where(manager => !Is(manager))],
                Accountable = Settings.Accountable.ToDictionary(region => region.Key, region => Named(region.Value)),
                Waves = [.. Settings.Waves.Select(wave => wave with { People = [.. wave.People.Select(Named)] })],
            };
        }
        Version++;
        return true;

        bool Is(string other) => string.Equals(other, email, StringComparison.OrdinalIgnoreCase);
        string Named(string other) => Is(other) ? address : other;
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

    /// <summary>The waves of a file; those that bear the name of a known one stay as locked or unlocked as it is.</summary>
    internal static IReadOnlyList<ProgrammeWave> WavesOf(
        ProgrammeSettings settings, IReadOnlyDictionary<string, Guid> people, IReadOnlyList<ProgrammeWave> known) =>
    [
        .. settings.Waves.Select(wave =>
        {
            var before = known.FirstOrDefault(other => other.Name == wave.Name);
            return new ProgrammeWave(
                wave.Name, [.. wave.People.Select(email => people[email])], wave.Stages, wave.Locations, wave.Unlock, before?.UnlockedAt, before?.Why, before?.By)
            {
                Departments = wave.Departments,
            };
        }),
    ];

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
        Settings.Mode,
        AccountableIds.Count > 0 ? AccountableIds : null,
        Settings.Project,
        Settings.Report.Count > 0 ? Settings.Report : null,
        Settings.AgendaStarters.Count > 0 ? Settings.AgendaStarters : null,
        Settings.CharterLanguage,
        Settings.CharterWording.Count > 0 ? Settings.CharterWording : null);

    /// <summary>As the other services need it; each way's topics only where a programme goes both ways and names them.</summary>
    public Gap GapToFact()
    {
        var gap = Settings.Gap;
        return new Gap(gap.Sentence, gap.Area, gap.Topics, gap.StrategicPriority, Named(gap.Up), Named(gap.Down));

        IReadOnlyList<string>? Named(IReadOnlyList<string> topics) => Settings.Direction == Direction.Reciprocal && topics.Count > 0 ? topics : null;
    }

    private (string Why, UnlockedBy By)? Met(UnlockSettings unlock, IReadOnlyCollection<PairProgress> pairs, DateTimeOffset now)
    {
        if (unlock.Date is { } day)
            return DateOnly.FromDateTime(now.UtcDateTime) >= day ? ($"The day has come: {day:yyyy-MM-dd}.", new UnlockedBy(UnlockCause.Day)) : null;
        if (unlock.Expanded)
        {
            return Expansions is [.., var done]
                ? ("The programme was expanded.", new UnlockedBy(UnlockCause.Expansion, done.ById, done.ReviewId))
                : null;
        }
        if (unlock.ReviewGreen)
            return Reviewed(unlock.Wave, pairs);

        // A pair that ended before it met often enough has nothing more to say; one that did meet still counts.
        var times = unlock.HeldAtLeast!.Value;
        var counted = pairs.Where(pair => pair.Wave == unlock.Wave && (!pair.Ended || pair.Held >= times)).ToArray();
        return counted.Length > 0 && counted.All(pair => pair.Held >= times)
            ? ($"Every pair of wave '{unlock.Wave}' has met {Times(times)} or more ({counted.Length} {(counted.Length == 1 ? "pair" : "pairs")}).",
                new UnlockedBy(UnlockCause.SessionsHeld))
            : null;
    }

    /// <summary>
    /// A review speaks of a wave only if somebody of it had met when it was written: otherwise the green review that let a wave begin would let the
    /// next one begin as well. A sponsor's override needs no meeting, but the wave must have been open by then.
    /// </summary>
    private (string Why, UnlockedBy By)? Reviewed(string? wave, IReadOnlyCollection<PairProgress> pairs)
    {
        if (LatestReview is { Green: true, ReviewId: var review }
            && (wave is null || pairs.Any(pair => pair.Wave == wave && pair.Held > 0 && (pair.MetAt ?? DateTimeOffset.MinValue) <= WrittenAt(review))))
        {
            return (wave is null ? "The review shows every gate green." : $"The review shows every gate green, after wave '{wave}' had met.",
                new UnlockedBy(UnlockCause.Review, ReviewId: review));
        }
        return Expansions is [.., { OverrideReason: { } words } done]
            && (wave is null || Waves.Any(known => known.Name == wave && known.UnlockedAt is { } since && since < done.At))
            ? ($"The sponsor expanded the programme although a gate was red: {words}", new UnlockedBy(UnlockCause.Override, done.ById, done.ReviewId))
            : null;
    }

    private static ProgrammeWave Unconditional(ProgrammeWave wave, Guid? byId, DateTimeOffset now) =>
        wave with { UnlockedAt = now, Why = "It has no condition.", By = new UnlockedBy(UnlockCause.Opening, byId) };

    /// <summary>A review's id begins with its moment (RFC 9562, version 7).</summary>
    private static DateTimeOffset WrittenAt(Guid reviewId)
    {
        Span<byte> bytes = stackalloc byte[16];
        reviewId.TryWriteBytes(bytes, bigEndian: true, out _);
        // To the end of its millisecond, so that what happened just before is not taken for later.
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16) + 1);
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
    string? Why,
    UnlockedBy? By = null)
{
    public IReadOnlyList<string> Departments { get; init; } = [];

    internal bool NamesNobody => PeopleIds.Count == 0;

    internal bool Takes(CareerStage stage) => Stages.Count == 0 || Stages.Contains(stage);

    internal bool TakesLocation(string? location) => Locations.Count == 0 || Locations.Contains(location, StringComparer.OrdinalIgnoreCase);

    /// <param name="path">As <see cref="Department.Of"/> writes it.</param>
    internal bool TakesDepartment(string path) => Departments.Count == 0 || Departments.Any(department => Department.Contains(department, path));
}

/// <summary>What unlocked a wave, kept with it; null for those unlocked before it was kept.</summary>
/// <param name="Cause">Which kind of fact or act.</param>
/// <param name="PersonId">Whose act it was: whoever opened the programme, or the sponsor who overrode; null where facts did it.</param>
/// <param name="ReviewId">The review that was read, or overridden.</param>
public sealed record UnlockedBy(UnlockCause Cause, Guid? PersonId = null, Guid? ReviewId = null);

public enum UnlockCause
{
    /// <summary>It has no condition, and the programme was opened.</summary>
    Opening,

    /// <summary>The pairs of an earlier wave have met.</summary>
    SessionsHeld,

    /// <summary>A green review.</summary>
    Review,

    /// <summary>The sponsor's own words against a red gate.</summary>
    Override,

    /// <summary>The programme was expanded, and the file says that this wave is what an expansion opens.</summary>
    Expansion,

    Day,
}

/// <summary>How often a pair has met, and when first; null where that was not kept yet.</summary>
public sealed record PairProgress(string Wave, int Held, bool Ended, DateTimeOffset? MetAt = null);

/// <summary>A review as read from Feedback. Its id is a version 7 UUID, so ids order by time.</summary>
public sealed record Review(Guid ReviewId, long Version, bool Green, IReadOnlyList<ReviewGate> Gates);

public sealed record ReviewGate(string Gate, bool Green, string Words);

/// <summary>An expansion, by which review, by whom; with the sponsor's words where a gate was red.</summary>
public sealed record Expansion(Guid ReviewId, DateTimeOffset At, Guid ById, string? OverrideReason);

public enum OpenRefusal
{
    NotDraft,
}

public enum ApplyRefusal
{
    /// <summary>Over; nothing changes any more.</summary>
    Closed,

    /// <summary>At least one change would break what people enrolled for, or the rules the programme began with.</summary>
    Unsafe,
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
