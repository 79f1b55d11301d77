using Mentoring.Feedback.Pairs;

namespace Mentoring.Feedback.Reviews;

/// <summary>
/// How many pairs go on after their planned end, because both wanted to. Pairs that ended before it say nothing about that and are left out;
/// one that has gone on once counts as such, whenever it ends.
/// </summary>
/// <param name="Reached">Pairs that have reached a planned end.</param>
/// <param name="Continued">Of these, those that went on.</param>
/// <param name="People">Different people in them.</param>
public sealed record PairContinuation(int Reached, int Continued, int People)
{
    public static PairContinuation Of(IEnumerable<Pair> pairs)
    {
        var reached = pairs.Where(pair => pair.Continued is not null).ToList();
        return new(
            reached.Count,
            reached.Count(pair => pair.Continued is true),
            reached.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }).Distinct().Count());
    }
}
