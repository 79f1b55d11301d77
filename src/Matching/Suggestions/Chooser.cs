using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Runs;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Suggestions;

/// <summary>Somebody who may ask for others in a programme that finds its pairs so, and whom they may ask for.</summary>
internal sealed class Chooser
{
    private readonly IReadOnlyList<PairRules> _waves;

    private Chooser(KnownProgramme programme, Side side, Guid personId, IReadOnlyList<PairRules> waves)
    {
        (Programme, Side, PersonId, _waves) = (programme, side, personId, waves);
    }

    public KnownProgramme Programme { get; }
    public Side Side { get; }
    public Guid PersonId { get; }

    public static async Task<(Chooser? Chooser, IResult? Refusal)> Find(
        string programme, Side side, Guid personId, MatchingDb db, RecentPools pools, CancellationToken ct)
    {
        var known = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == programme, ct);
        var participant = known is null ? null : await db.Participants.AsNoTracking()
            .SingleOrDefaultAsync(p => p.ProgrammeId == known.Id && p.PersonId == personId && p.Side == side, ct);
        if (known is null || participant is null) return (null, Problems.NotFound());
        if (known.Closed || known.Settings.Mode != MatchingMode.SelfChosen)
        {
            return (null, Problems.Of(StatusCodes.Status422UnprocessableEntity, "not-self-chosen",
                "In this programme pairs are not found by asking for somebody: you will be proposed whoever serves the programme best, and decide then."));
        }
        if (!participant.Ready || (side == Side.Mentor && !participant.Prepared))
        {
            return (null, Problems.Of(StatusCodes.Status422UnprocessableEntity, PairRules.NotReady,
                "Before you ask for somebody, finish your preparation and give your consent."));
        }
        // A mentee waits for the wave to open; a mentor meets the mentees of every wave that is open.
        var waves = known.Settings.Waves.Where(wave => wave.Unlocked && (side == Side.Mentor || wave.Name == participant.Wave)).ToList();
        if (waves.Count == 0)
        {
            return (null, Problems.Of(StatusCodes.Status422UnprocessableEntity, "wave-locked",
                "Your wave has not started yet. You will hear when it does."));
        }
        var rules = new List<PairRules>();
        foreach (var wave in waves) rules.Add(await pools.Read(known, wave.Name, db, ct));
        return (new Chooser(known, side, personId, rules), null);
    }

    /// <summary>Some of those who may be asked for, by falling points, and how many there are.</summary>
    public (IReadOnlyList<MatchedPair> Page, int All) Allowed(int skip, int take)
    {
        var found = new List<(PairRules Rules, Scoring Scoring, Profile Mentor, Profile Mentee, int Score)>();
        foreach (var rules in _waves)
        {
            if (rules.Find(Side, PersonId) is not { } me) continue;
            var scoring = new Scoring(rules.Policy);
            foreach (var other in Side == Side.Mentor ? rules.Mentees : rules.Mentors)
            {
                var (mentor, mentee) = Side == Side.Mentor ? (me, other) : (other, me);
                var two = Meeting.Of(mentor, mentee);
                if (rules.Allow(two)) found.Add((rules, scoring, mentor, mentee, scoring.Score(two)));
            }
        }
        return ([
            .. found.OrderByDescending(one => one.Score).ThenBy(one => one.Mentor.PersonId).ThenBy(one => one.Mentee.PersonId).Skip(skip).Take(take)
                .Select(one => PairWords.Describe(one.Rules.Policy, one.Scoring, one.Mentor, one.Mentee)),
        ], found.Count);
    }

    public bool May(Guid other)
    {
        var couple = Side == Side.Mentor ? new Couple(PersonId, other) : new Couple(other, PersonId);
        return _waves.Any(rules => rules.Broken(couple) is null);
    }
}
