using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Contracts.Participants;
using Mentoring.ServiceDefaults;

namespace Mentoring.Participants.Programmes;

/// <summary>One setting that a newer file changes.</summary>
/// <param name="Path">As in the file: <c>gap.topics</c>, <c>waves.executives</c>.</param>
/// <param name="From">As it holds; null where it was not set.</param>
/// <param name="To">As the file says; null where it takes it away.</param>
/// <param name="Safe">An open programme may take it.</param>
/// <param name="Affected">How many of those who take part it touches.</param>
/// <param name="Words">What it means for them, or why it cannot be taken and what to do instead.</param>
public sealed record SettingChange(string Path, string? From, string? To, bool Safe, int Affected, string Words);

/// <summary>Somebody who takes part or waits for a place, as far as a change of the programme can touch them.</summary>
public sealed record Enrolled(Guid PersonId, Side Side, CareerStage Stage, string? Location, string UnitPath, bool Prepared, string? Wave, bool Guest, bool Waits);

/// <summary>
/// What a newer file changes, and what of it an open programme may take. A draft may take anything. Three things an open programme holds to: what
/// people enrolled for and consented to stays; the rules that protect them are not loosened; what the review will be held to is not made
/// easier. Where nobody has enrolled yet, the first does not stand in the way.
/// </summary>
public static class ProgrammeChanges
{
    private const string EnrolledFor = "It is what people enrolled for. Close this programme and open another one from the file.";
    private const string FromNowOn = "Holds from now on.";
    private const string NextRuns = "For matching runs from now on; pairs that exist go on.";
    private const string NewCharters = "For charters of pairs formed from now on; charters that exist stay as their pairs agreed.";
    private const string Guards = "It protects those who enrolled under it and is only ever made stricter while the programme runs.";
    private const string Yardstick = "It is what the review is held to; it can be added to and made stricter, not eased, while the programme runs.";

    private const string Overtakes =
        "It would take people who wait behind the lock of another wave. Put it after the locked waves and name nobody in it who waits, or give it their condition or a stricter one.";
    private const string LeftOut = "Whoever waits behind its lock goes on waiting behind that condition or a stricter one. Keep it, and whom it takes.";

    // Told to people, and never put into a page as it is.
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Setting[] s_settings =
    [
        new("slug", s => s.Slug, _ => No("People hold this address. Keep it; the name may change.", 0)),
        new("name", s => s.Name, Yes("Shown from now on.")),
        new("purpose", s => s.Purpose, Yes("Shown from now on.")),
        new("template", s => s.Template, Yes("Only says what the file was made from.")),
        new("roleNames", s => s.RoleNames, Yes("Shown from now on.")),
        new("direction", s => s.Direction, Promised(EnrolledFor)),
        new("gap.sentence", s => s.Gap.Sentence, Promised(EnrolledFor)),
        new("gap.area", s => s.Gap.Area, Promised(EnrolledFor)),
        new("gap.topics", s => s.Gap.Topics, Grows(s => s.Gap.Topics, NextRuns, EnrolledFor)),
        new("gap.topics.up", s => s.Gap.Up, Grows(s => s.Gap.Up, NextRuns, EnrolledFor)),
        new("gap.topics.down", s => s.Gap.Down, Grows(s => s.Gap.Down, NextRuns, EnrolledFor)),
        new("gap.strategicPriority", s => s.Gap.StrategicPriority, Yes(FromNowOn)),
        new("sponsor", s => s.Sponsor, Yes("The new sponsor takes over the role, its alarms and what is still to be answered.")),
        new("deputy", s => s.Deputy, Yes(FromNowOn)),
        new("managers", s => s.Managers, Listed(s => s.Managers, "They get the role.", "Somebody is no longer named. A file gives the role and does not take it: DELETE …/members/{id}/roles does.")),
        new("accountable", s => s.Accountable, Yes("Shown from now on.")),
        new("mentors.stages", s => s.Mentors.Stages, Stages(Side.Mentor)),
        new("mentees.stages", s => s.Mentees.Stages, Stages(Side.Mentee)),
        new("mentors.capacity", s => s.Mentors.Capacity, Yes(NextRuns)),
        new("mentees.capacity", s => s.Mentees.Capacity, Yes(NextRuns)),
        new("mentors.places", s => s.Mentors.Places, Places(Side.Mentor)),
        new("mentees.places", s => s.Mentees.Places, Places(Side.Mentee)),
        new("enrolFirst", s => s.EnrolFirst, Yes("For whoever enrols from now on.")),
        new("cadence", s => s.Cadence, Yes(NewCharters)),
        new("place", s => s.Places, Yes(NewCharters)),
        new("booking", s => s.Booking, Yes("For series proposed from now on.")),
        new("length", s => s.Length, Yes("For pairs that begin from now on.")),
        new("sessionMinutes", s => s.SessionMinutes, Yes("For sessions booked from now on.")),
        new("review", s => s.Review, Yes(FromNowOn)),
        new("report", s => s.Report, Yes("For reviews written from now on; gates are read whatever it says.")),
        new("project", s => s.Project, Yes("For pairs that begin from now on.")),
        new("agenda", s => s.AgendaStarters, Yes(FromNowOn)),
        new("forum", s => s.Forum, Yes(FromNowOn)),
        new("guests.side", s => s.Guests?.Side, Guests),
        new("guests.terms", s => s.Guests?.Terms, Guests),
        new("guests.home", s => s.Guests?.Home, Yes("For guests who enrol from now on.")),
        new("guests.expires", s => s.Guests?.Expires, Yes("For guests who enrol from now on.")),
        new("preparation.mentor", s => s.MentorModules, Modules(Side.Mentor, s => s.MentorModules)),
        new("preparation.mentee", s => s.MenteeModules, Modules(Side.Mentee, s => s.MenteeModules)),
        new("matching.mode", s => s.Mode, change => change.Next.Mode == MatchingMode.WholePool
            ? Allowed(NextRuns)
            : Consented(change, "It shows people to possible partners, which those who have enrolled did not consent to. Open another programme for it.")),
        new("matching.hard", s => s.HardRules, Yes(NextRuns)),
        new("matching.grades", s => s.Grades, Yes(NextRuns)),
        new("matching.prefer", s => s.Prefer, Yes(NextRuns)),
        new("matching.authority.sameChainAtDistance", s => s.SameChainAtDistance, change =>
            change.Next.SameChainAtDistance is not { } now || (change.Was.SameChainAtDistance is { } before && now >= before) ? Allowed(NextRuns) : No(Guards, change.Enrolled.Count)),
        new("matching.authority.notUnderDirectReport", s => s.NotUnderDirectReport, change =>
            change.Next.NotUnderDirectReport ? Allowed(NextRuns) : No(Guards, change.Enrolled.Count)),
        new("charter.clauses", s => s.CharterClauses, Listed(s => s.CharterClauses, NewCharters, Guards)),
        new("charter.language", s => s.CharterLanguage, Yes(NewCharters)),
        new("charter.wording", s => s.CharterWording, Yes(NewCharters)),
        new("safety.k", s => s.K, Raised(s => s.K)),
        new("safety.comments", s => s.CommentsK, Raised(s => s.CommentsK)),
        new("opens", s => s.Opens, Yes("For the next expansion.")),
    ];

    /// <param name="programme">As it holds.</param>
    /// <param name="next">As the file says.</param>
    /// <param name="people">Whom the file's addresses name.</param>
    /// <param name="enrolled">Who takes part now.</param>
    /// <param name="gone">Whom its waves name and who is no longer here.</param>
    /// <returns>Empty where the file changes nothing.</returns>
    public static IReadOnlyList<SettingChange> Between(
        Programme programme, ProgrammeSettings next, IReadOnlyDictionary<string, Guid> people, IReadOnlyList<Enrolled> enrolled, IReadOnlyCollection<Guid> gone)
    {
        var change = new Change(programme.Settings, next, enrolled);
        var changes = s_settings
            .Select(setting => (setting.Path, From: Text(setting.Of(change.Was)), To: Text(setting.Of(next)), setting.Judge))
            .Where(found => found.From != found.To)
            .Select(found => Told(found.Path, found.From, found.To, found.Judge(change)))
            .Concat(Waves(programme, next, people, enrolled, gone))
            .Concat(Named("measures", change.Was.Measures, next.Measures, measure => measure.Name, (_, _) => false, enrolled.Count))
            .Concat(Named("expansion", change.Was.Gates, next.Gates, GateName, Stricter, enrolled.Count));
        return programme.State == ProgrammeState.Draft
            ? [.. changes.Select(one => one with { Safe = true, Affected = 0, Words = "A draft takes any change." })]
            : [.. changes];
    }

    // By name: a wave that moves in the list is the same wave. Its lock is only ever made stricter: leaders go first (rule 6).
    private static IEnumerable<SettingChange> Waves(
        Programme programme, ProgrammeSettings next, IReadOnlyDictionary<string, Guid> people, IReadOnlyList<Enrolled> enrolled, IReadOnlyCollection<Guid> gone)
    {
        var nextWaves = Programme.WavesOf(next, people, programme.Waves);
        var slips = Slips(programme.Waves, nextWaves, [.. gone, people[next.Sponsor]]);
        foreach (var was in programme.Waves)
        {
            var path = $"waves.{was.Name}";
            var now = nextWaves.FirstOrDefault(wave => wave.Name == was.Name);
            var leaving = enrolled.Count(one => one.Wave == was.Name
                && Programme.WaveOf(nextWaves, one.PersonId, one.Stage, one.Location, one.UnitPath) != was.Name);
            if (now is null)
            {
                var slipping = slips.Any(slip => slip.From == was.Name);
                yield return new(path, Text(Shown(was)), null, leaving == 0 && was.UnlockedAt is null && !slipping, leaving,
                    leaving > 0 ? "People enrolled into it. Keep it." : was.UnlockedAt is not null ? "It is unlocked, and why is kept with it. Keep it."
                    : slipping ? LeftOut : "Nobody is in it.");
            }
            else
            {
                var (leavesOut, takes) = (slips.Contains((was.Name, null)), slips.Any(slip => slip.To == was.Name));
                if (Text(Shown(was)) == Text(Shown(now)) && leaving == 0 && !leavesOut && !takes)
                    continue;
                var loosened = was.UnlockedAt is null && !SameOrStricter(was.Unlock, now.Unlock);
                yield return new(path, Text(Shown(was)), Text(Shown(now)), leaving == 0 && !loosened && !leavesOut && !takes, leaving,
                    leaving > 0 ? "Those who enrolled into it would start with another wave, or with none. Leave them where they are."
                    : loosened ? "A lock opens by its own condition, or by the sponsor's override at an expansion. It may only be made stricter."
                    : takes ? Overtakes
                    : leavesOut ? LeftOut
                    : was.UnlockedAt is not null ? "For whoever enrols from now on; it is unlocked and stays so."
                    : "For whoever enrols from now on.");
            }
        }
        foreach (var added in nextWaves.Where(wave => programme.Waves.All(known => known.Name != wave.Name)))
        {
            var takes = slips.Any(slip => slip.To == added.Name);
            yield return new($"waves.{added.Name}", null, Text(Shown(added)), !takes, 0, takes ? Overtakes : "A wave more, for whoever enrols from now on.");
        }

        static object Shown(ProgrammeWave wave) => new { People = wave.PeopleIds.Count, Ids = wave.PeopleIds, wave.Stages, wave.Locations, wave.Departments, wave.Unlock };
    }

    /// <summary>
    /// Whoever waits behind a wave's lock goes on waiting behind that condition or a stricter one, whatever the wave is called and wherever it
    /// stands: otherwise a wave more would open what the lock holds back. Nobody may fall out of every wave either, whom the next file could
    /// let in. Looked at for everybody there could be: whoever a wave names and somebody whom none names, of each stage, at each place and in each
    /// department that a wave names and at another one.
    /// </summary>
    /// <param name="was">As they hold.</param>
    /// <param name="next">As the file says.</param>
    /// <param name="free">Who waits for nothing: those who are gone, and the sponsor, whoever takes that over.</param>
    /// <returns>Out of which locked wave and into which that is less strict; null where into none.</returns>
    private static HashSet<(string From, string? To)> Slips(IReadOnlyList<ProgrammeWave> was, IReadOnlyList<ProgrammeWave> next, Guid[] free)
    {
        ProgrammeWave[] all = [.. was, .. next];
        string?[] locations = [.. all.SelectMany(wave => wave.Locations).Distinct(StringComparer.OrdinalIgnoreCase), null];
        string[] departments = [.. all.SelectMany(wave => wave.Departments).Distinct(StringComparer.OrdinalIgnoreCase), ""];
        // A bit for each wave that takes them: whom the same waves take are looked at once, though files may name a thousand places.
        var anybody = Both(
            Both(
                Enum.GetValues<CareerStage>().Select(stage => Taking(wave => wave.NamesNobody && wave.Takes(stage))),
                locations.Select(location => Taking(wave => wave.TakesLocation(location)))),
            departments.Select(department => Taking(wave => wave.TakesDepartment(department))));
        var slips = new HashSet<(string, string?)>();
        foreach (var id in all.SelectMany(wave => wave.PeopleIds).Except([.. free, Guid.Empty]).Append(Guid.AllBitsSet).DistinctBy(id => (Naming(was, id), Naming(next, id))))
        {
            var (wasNamed, nextNamed) = (Naming(was, id), Naming(next, id));
            foreach (var taking in wasNamed is null || nextNamed is null ? anybody : [0])
            {
                if ((wasNamed ?? First(was, taking)) is not { UnlockedAt: null } from)
                    continue;
                var to = nextNamed ?? First(next, taking >> was.Count);
                if (to?.Name != from.Name && (to is not { UnlockedAt: null, Unlock: not null } || !SameOrStricter(from.Unlock, to.Unlock)))
                    slips.Add((from.Name, to?.Name));
            }
        }
        return slips;

        ulong Taking(Func<ProgrammeWave, bool> takes) => all.Index().Where(wave => takes(wave.Item)).Aggregate(0UL, (bits, wave) => bits | (1UL << wave.Index));

        static HashSet<ulong> Both(IEnumerable<ulong> some, IEnumerable<ulong> others) => [.. from one in some.ToHashSet() from other in others.ToHashSet() select one & other];

        static ProgrammeWave? First(IReadOnlyList<ProgrammeWave> waves, ulong taking) => waves.Where((_, index) => ((taking >> index) & 1) != 0).FirstOrDefault();

        static ProgrammeWave? Naming(IReadOnlyList<ProgrammeWave> waves, Guid id) => waves.FirstOrDefault(wave => wave.PeopleIds.Contains(id));
    }

    private static bool SameOrStricter(UnlockSettings? was, UnlockSettings? now) =>
        was == now
        || (was, now) switch
        {
            ({ HeldAtLeast: { } before }, { HeldAtLeast: { } after }) => was!.Wave == now!.Wave && after >= before,
            ({ Date: { } before }, { Date: { } after }) => after >= before,
            _ => false,
        };

    private static IEnumerable<SettingChange> Named<T>(
        string list, IReadOnlyList<T> was, IReadOnlyList<T> next, Func<T, string> name, Func<T, T, bool> mayBecome, int enrolled)
    {
        foreach (var before in was)
        {
            var path = $"{list}.{name(before)}";
            var after = next.FirstOrDefault(other => name(other) == name(before));
            if (after is null)
                yield return new(path, Text(before), null, enrolled == 0, enrolled, enrolled == 0 ? FromNowOn : Yardstick);
            else if (Text(before) != Text(after))
                yield return new(path, Text(before), Text(after), enrolled == 0 || mayBecome(before, after), enrolled, enrolled == 0 || mayBecome(before, after) ? FromNowOn : Yardstick);
        }
        foreach (var added in next.Where(other => was.All(known => name(known) != name(other))))
            yield return new($"{list}.{name(added)}", null, Text(added), Safe: true, 0, FromNowOn);
    }

    private static string GateName(GateSettings gate) => gate.Measure is { } measure ? $"{gate.Name}:{measure}" : gate.Name;

    private static bool Stricter(GateSettings was, GateSettings now) =>
        (now.AtLeast ?? decimal.MinValue) >= (was.AtLeast ?? decimal.MinValue)
        && (now.AtMost ?? decimal.MaxValue) <= (was.AtMost ?? decimal.MaxValue)
        && (now.NotBelowBaseline || !was.NotBelowBaseline);

    private static Func<Change, Verdict> Yes(string words) => _ => Allowed(words);

    private static Func<Change, Verdict> Promised(string words) => change => Consented(change, words);

    private static Func<Change, Verdict> Grows(Func<ProgrammeSettings, IReadOnlyList<string>> of, string words, string refused) => change =>
        of(change.Was).Except(of(change.Next)).Any() ? Consented(change, refused) : Allowed(words);

    private static Func<Change, Verdict> Listed(Func<ProgrammeSettings, IReadOnlyList<string>> of, string words, string refused) => change =>
        of(change.Was).Except(of(change.Next), StringComparer.OrdinalIgnoreCase).Any() ? No(refused, 0) : Allowed(words);

    private static Func<Change, Verdict> Stages(Side side) => change =>
    {
        var taken = (side == Side.Mentor ? change.Next.Mentors : change.Next.Mentees).Stages;
        var left = change.Enrolled.Count(one => one.Side == side && !taken.Contains(one.Stage));
        return left == 0 ? Allowed("For whoever enrols from now on.") : No("People of a stage that is left out have enrolled. Keep their stages.", left);
    };

    private static Func<Change, Verdict> Places(Side side) => change =>
    {
        var places = (side == Side.Mentor ? change.Next.Mentors : change.Next.Mentees).Places;
        var taking = change.Enrolled.Count(one => one.Side == side && !one.Waits);
        return places is { } most && taking > most
            ? No($"{taking} take part on this side already; nobody loses a place. Give at least as many.", taking - most)
            : Allowed("Whoever waits for a place moves up.");
    };

    private static Func<Change, Verdict> Modules(Side side, Func<ProgrammeSettings, IReadOnlyList<string>> of) => change =>
        of(change.Was).Except(of(change.Next)).Any()
            ? No("A preparation is not made shorter while people prepare (rule 4); add modules, or leave it.", 0)
            : new Verdict(true, "Whoever is not prepared yet has more to do; who is stays so.", change.Enrolled.Count(one => one.Side == side && !one.Prepared));

    private static Func<Change, Verdict> Raised(Func<ProgrammeSettings, int> of) => change =>
        of(change.Next) >= of(change.Was) ? Allowed("For surveys opened from now on.") : No(Guards, change.Enrolled.Count);

    private static Verdict Guests(Change change)
    {
        var guests = change.Enrolled.Count(one => one.Guest);
        return guests == 0 ? Allowed("For guests who enrol from now on.") : No("Guests have enrolled on these terms. Let their time end first.", guests);
    }

    private static Verdict Consented(Change change, string words) => change.Enrolled.Count == 0 ? Allowed("Nobody has enrolled yet.") : No(words, change.Enrolled.Count);

    private static Verdict Allowed(string words) => new(true, words, 0);

    private static Verdict No(string words, int affected) => new(false, words, affected);

    private static SettingChange Told(string path, string? from, string? to, Verdict verdict) => new(path, from, to, verdict.Safe, verdict.Affected, verdict.Words);

    /// <summary>As JSON has it, but a bare word without its quotes. Two settings are the same where these are.</summary>
    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        _ => Sorted(JsonSerializer.SerializeToNode(value, Json.Options))?.ToJsonString(s_readable).Trim('"'),
    };

    // The order of keys means nothing, and the database has its own.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject section => new JsonObject(section.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private sealed record Change(ProgrammeSettings Was, ProgrammeSettings Next, IReadOnlyList<Enrolled> Enrolled);

    private sealed record Verdict(bool Safe, string Words, int Affected);

    private sealed record Setting(string Path, Func<ProgrammeSettings, object?> Of, Func<Change, Verdict> Judge);
}
