using System.Runtime.InteropServices;
using Mentoring.Assignment;
using Mentoring.Matching.Pool;

namespace Mentoring.Matching.Runs;

/// <summary>
/// The allowed pairs of a pool with their scores, as the problem to solve. Mentees are the rows, since it is they who are to be served;
/// mentors are the columns; both are positions in the pool, and who is not free or not in the wave has no edge.
/// </summary>
/// <remarks>
/// A mentee is compared with those mentors only who offer something the mentee needs, found by topic, so the work grows with the candidates
/// and not with the square of the pool. A programme without <see cref="HardRules.TopicOverlap"/> compares everybody.
/// </remarks>
internal sealed class Candidates
{
    /// <summary>Pairs weighed in one run at most: some 12 bytes each while they are found. Beyond it each mentee keeps the best.</summary>
    public const int MostPairs = 12_000_000;

    // So that a pair worth no points is still better than no pair.
    private const int PriceOfNoPair = 1;
    private const int RowsAtOnce = 64;

    private readonly PairRules _rules;
    private readonly Scoring _scoring;
    private readonly Dictionary<int, List<int>> _mentorsByTopic = [];
    private readonly Func<int, IEnumerable<int>>? _askedFor;
    private readonly int _most;
    private bool _limited;

    private Candidates(PairRules rules, PoolSnapshot pool, int mostPairs)
    {
        _rules = rules;
        _scoring = new Scoring(rules.Policy);
        _askedFor = rules.Policy.Mode == RunMode.SelfChosen ? AskedFor(rules, pool) : null;
        _most = Math.Max(1, mostPairs / Math.Max(1, rules.Mentees.Count(mentee => IsTurnOf(mentee, rules.Policy))));
        for (var column = 0; column < rules.Mentors.Length; column++)
        {
            foreach (var offer in rules.Mentors[column].Offers)
                (CollectionsMarshal.GetValueRefOrAddDefault(_mentorsByTopic, offer.Topic, out _) ??= []).Add(column);
        }
    }

    /// <summary>What was found.</summary>
    /// <param name="Problem">To be solved.</param>
    /// <param name="PerMentee">Null: every allowed pair is in it. Otherwise each mentee has this many at most, those with the most points.</param>
    public sealed record Found(Problem Problem, int? PerMentee);

    /// <param name="rules">Whom of the pool to compare, and how.</param>
    /// <param name="pool">Where the wishes stand.</param>
    /// <param name="locks">Pairs to be made in any case; they must pass <see cref="PairRules.CheckLocks"/>.</param>
    /// <param name="rowDone">Told how many more mentees have been compared.</param>
    /// <param name="mostPairs">Beyond it each mentee keeps the best.</param>
    /// <param name="cancellationToken">Gives up between mentees.</param>
    public static Found Find(
        PairRules rules, PoolSnapshot pool, IReadOnlyList<Couple> locks, Action<int>? rowDone = null, int mostPairs = MostPairs,
        CancellationToken cancellationToken = default)
    {
        var candidates = new Candidates(rules, pool, mostPairs);
        var builder = rules.Policy.Mode == RunMode.ManagerPicked ? candidates.Picked(locks) : candidates.All(locks, rowDone, cancellationToken);
        candidates.Describe(builder, locks);
        return new Found(builder.Build(), candidates._limited ? candidates._most : null);
    }

    public static bool IsTurnOf(Profile mentee, Policy policy) => mentee.Wave == policy.Wave && mentee.FreePlaces > 0;

    private void Describe(ProblemBuilder builder, IReadOnlyList<Couple> locks)
    {
        for (var column = 0; column < _rules.Mentors.Length; column++) builder.ColumnPlaces(column, Math.Max(0, _rules.Mentors[column].FreePlaces));
        for (var row = 0; row < _rules.Mentees.Length; row++)
        {
            var mentee = _rules.Mentees[row];
            // Others are not this run's to serve: no places, so that none of theirs counts as left empty.
            var isTurn = IsTurnOf(mentee, _rules.Policy);
            builder.RowPlaces(row, isTurn ? mentee.FreePlaces : 0).PriceOfEmpty(row, PriceOfNoPair);
            if (isTurn && mentee.PriorityNeeds > 0) builder.Prioritise(row);
        }
        foreach (var couple in locks) builder.Lock(_rules.MenteeAt(couple.MenteeId)!.Value, _rules.MentorAt(couple.MentorId)!.Value);
    }

    private ProblemBuilder Picked(IReadOnlyList<Couple> locks)
    {
        var builder = new ProblemBuilder(_rules.Mentees.Length, _rules.Mentors.Length, locks.Count);
        foreach (var couple in locks.Distinct())
        {
            var (row, column) = (_rules.MenteeAt(couple.MenteeId)!.Value, _rules.MentorAt(couple.MentorId)!.Value);
            builder.Edge(row, column, _scoring.Score(Meeting.Of(_rules.Mentors[column], _rules.Mentees[row])));
        }
        return builder;
    }

    private ProblemBuilder All(IReadOnlyList<Couple> locks, Action<int>? rowDone, CancellationToken cancellationToken)
    {
        var locked = locks.Select(couple => (Row: _rules.MenteeAt(couple.MenteeId)!.Value, Column: _rules.MentorAt(couple.MentorId)!.Value))
            .ToLookup(edge => edge.Row, edge => edge.Column);
        var chunks = new (List<int> Columns, List<int> Scores, int[] Counts)[(_rules.Mentees.Length + RowsAtOnce - 1) / RowsAtOnce];
        // Each row's edges are the same whoever computes them, and they are put together in order.
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, chunks.Length, options, () => new Search(_rules.Mentors.Length), (chunk, _, search) =>
        {
            var first = chunk * RowsAtOnce;
            var rows = Math.Min(RowsAtOnce, _rules.Mentees.Length - first);
            chunks[chunk] = ([], [], new int[rows]);
            for (var row = first; row < first + rows; row++)
            {
                if (!IsTurnOf(_rules.Mentees[row], _rules.Policy)) continue;
                Compare(row, search, locked[row]);
                Limit(row, search, locked[row]);
                chunks[chunk].Columns.AddRange(search.Columns);
                chunks[chunk].Scores.AddRange(search.Scores);
                chunks[chunk].Counts[row - first] = search.Columns.Count;
            }
            rowDone?.Invoke(rows);
            return search;
        }, _ => { });

        var builder = new ProblemBuilder(_rules.Mentees.Length, _rules.Mentors.Length, checked((int)chunks.Sum(chunk => (long)chunk.Columns.Count)));
        for (var chunk = 0; chunk < chunks.Length; chunk++)
        {
            var (columns, scores, counts) = chunks[chunk];
            var next = 0;
            for (var i = 0; i < counts.Length; i++)
                for (var end = next + counts[i]; next < end; next++) builder.Edge(chunk * RowsAtOnce + i, columns[next], scores[next]);
            chunks[chunk] = default;
        }
        return builder;
    }

    private void Compare(int row, Search search, IEnumerable<int> locked)
    {
        var mentee = _rules.Mentees[row];
        search.Begin();
        foreach (var column in locked) Weigh(column);
        if (_askedFor is not null)
        {
            foreach (var column in _askedFor(row)) Weigh(column);
        }
        else if (_rules.Policy.Asks(HardRules.TopicOverlap))
        {
            foreach (var need in mentee.Needs)
                if (_mentorsByTopic.TryGetValue(need.Topic, out var columns))
                    foreach (var column in columns) Weigh(column);
        }
        else
        {
            for (var column = 0; column < _rules.Mentors.Length; column++) Weigh(column);
        }

        void Weigh(int column)
        {
            if (!search.IsNew(column)) return;
            var two = Meeting.Of(_rules.Mentors[column], mentee);
            if (_rules.Allow(two)) search.Add(column, _scoring.Score(two));
        }
    }

    /// <summary>Keeps the best where there are too many for the run. Equals are told apart by a number of the two, so that not everybody keeps the same mentors.</summary>
    private void Limit(int row, Search search, IEnumerable<int> locked)
    {
        if (search.Columns.Count <= _most) return;
        _limited = true;
        var kept = locked.ToHashSet();
        var best = Enumerable.Range(0, search.Columns.Count)
            .OrderByDescending(i => kept.Contains(search.Columns[i])).ThenByDescending(i => search.Scores[i])
            .ThenBy(i => Mix(row, search.Columns[i])).Take(_most)
            .Select(i => (search.Columns[i], search.Scores[i])).ToList();
        search.Begin();
        foreach (var (column, score) in best) search.Add(column, score);
    }

    private static uint Mix(int row, int column)
    {
        // The finaliser of MurmurHash3: every bit of the input changes half of the output's.
        var mixed = (uint)row * 0x9E3779B1u ^ (uint)column;
        mixed = (mixed ^ (mixed >> 16)) * 0x85EBCA6Bu;
        mixed = (mixed ^ (mixed >> 13)) * 0xC2B2AE35u;
        return mixed ^ (mixed >> 16);
    }

    /// <summary>Whom a mentee has asked for, and who has asked for the mentee.</summary>
    private static Func<int, IEnumerable<int>> AskedFor(PairRules rules, PoolSnapshot pool)
    {
        var asked = new HashSet<int>[rules.Mentees.Length];
        for (var row = 0; row < asked.Length; row++)
            asked[row] = [.. pool.Mentees[row].Wishes.Select(rules.MentorAt).OfType<int>()];
        for (var column = 0; column < rules.Mentors.Length; column++)
            foreach (var row in pool.Mentors[column].Wishes.Select(rules.MenteeAt).OfType<int>()) asked[row].Add(column);
        return row => asked[row];
    }

    /// <summary>What one thread needs to compare one mentee after another.</summary>
    private sealed class Search(int mentors)
    {
        private readonly int[] _seen = new int[mentors];
        private int _current;

        public List<int> Columns { get; } = [];
        public List<int> Scores { get; } = [];

        public void Begin()
        {
            _current++;
            Columns.Clear();
            Scores.Clear();
        }

        public bool IsNew(int column)
        {
            if (_seen[column] == _current) return false;
            _seen[column] = _current;
            return true;
        }

        public void Add(int column, int score)
        {
            Columns.Add(column);
            Scores.Add(score);
        }
    }
}
