using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Proposals;
using Mentoring.Matching.Runs;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Suggestions;

/// <summary>Somebody who may ask for others in a programme that finds its pairs so, and whom they may ask for.</summary>
internal sealed class Chooser
{
    private readonly IReadOnlyList<PairRules> _waves;
    private readonly HashSet<Couple> _unheardOf;
    private readonly int _hiddenPlaces;

    private Chooser(KnownProgramme programme, Side side, Guid personId, IReadOnlyList<PairRules> waves, IReadOnlyList<(Couple Couple, bool HoldsPlace)> unheardOf)
    {
        (Programme, Side, PersonId, _waves) = (programme, side, personId, waves);
        (_unheardOf, _hiddenPlaces) = ([.. unheardOf.Select(one => one.Couple)], unheardOf.Count(one => one.HoldsPlace));
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
        // Of a proposal that only the other was asked about, the reader sees neither the place it holds nor that it came to nothing.
        var unheardOf = await db.Proposals.AsNoTracking()
            .Where(p => p.ProgrammeId == known.Id && (side == Side.Mentor ? p.MentorId : p.MenteeId) == personId && p.FirstSide != side && !p.SecondWasAsked)
            .Select(p => new { p.MentorId, p.MenteeId, p.State }).ToListAsync(ct);
        return (new Chooser(
            known, side, personId, rules, [.. unheardOf.Select(p => (new Couple(p.MentorId, p.MenteeId), p.State == ProposalState.AskingFirst))]), null);
    }

    /// <summary>Some of those who may be asked for, by falling points, and how many there are.</summary>
    public (IReadOnlyList<MatchedPair> Page, int All) Allowed(int skip, int take)
    {
        var found = new List<(PairRules Rules, Scoring Scoring, Profile Mentor, Profile Mentee, int Score)>();
        foreach (var rules in _waves)
        {
            if (Me(rules) is not { } me) continue;
            var scoring = new Scoring(rules.Policy);
            foreach (var other in Side == Side.Mentor ? rules.Mentees : rules.Mentors)
            {
                var (mentor, mentee) = Side == Side.Mentor ? (me, other) : (other, me);
                var two = Meeting.Of(mentor, mentee);
                if (Allows(rules, two)) found.Add((rules, scoring, mentor, mentee, scoring.Score(two)));
            }
        }
        return ([
            .. found.OrderByDescending(one => one.Score).ThenBy(one => one.Mentor.PersonId).ThenBy(one => one.Mentee.PersonId).Skip(skip).Take(take)
                .Select(one => PairWords.Describe(one.Rules.Policy, one.Scoring, one.Mentor, one.Mentee)),
        ], found.Count);
    }

    public bool May(Guid other) => _waves.Any(rules =>
        Me(rules) is { } me && rules.Find(Proposal.Other(Side), other) is { } them
        && Allows(rules, Side == Side.Mentor ? Meeting.Of(me, them) : Meeting.Of(them, me)));

    private Profile? Me(PairRules rules) => rules.Find(Side, PersonId) is { } me ? me.With(me.FreePlaces + _hiddenPlaces) : null;

    private bool Allows(PairRules rules, in Meeting two) =>
        _unheardOf.Contains(new Couple(two.Mentor.PersonId, two.Mentee.PersonId)) ? rules.AllowUnblocked(two) : rules.Allow(two);
}
