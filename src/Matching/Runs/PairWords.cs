using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Runs;

/// <summary>A pair in words: why these two, and what each gains.</summary>
internal static class PairWords
{
    private const int TopicsNamed = 3;

    public static MatchedPair Describe(Policy policy, Scoring scoring, Profile mentor, Profile mentee)
    {
        var two = Meeting.Of(mentor, mentee);
        var points = scoring.Explain(two);
        var (topics, inReturn) = (mentor.Brings(mentee), mentee.Brings(mentor));
        var bothWays = policy.Direction == Direction.Reciprocal;
        return new MatchedPair(
            mentor.PersonId,
            mentee.PersonId,
            points.Sum(part => part.Points),
            points,
            topics,
            bothWays ? inReturn : null,
            Why(topics, bothWays ? inReturn : []) + BestOfTheRest(points),
            policy.Direction == Direction.Traditional
                ? new Gains(
                    inReturn.Count > 0 ? $"First-hand knowledge of {Labels(inReturn)}, and practice in developing others." : "A view from closer to the work, and practice in developing others.",
                    topics.Count > 0 ? $"Experience with {Labels(topics)}, from someone who has gone before." : "Experience from someone who has gone before.")
                : new Gains(
                    inReturn.Count > 0
                        ? $"Insight into {Labels(inReturn)}, and being heard where decisions are made."
                        : "Being heard where decisions are made, and practice in advising at that level.",
                    topics.Count > 0
                        ? $"First-hand knowledge of {Labels(topics)}, from someone who uses it."
                        : "A view of the organisation that does not reach this level otherwise."),
            two.Distance is not null);
    }

    private static string Why(IReadOnlyList<TopicLevel> topics, IReadOnlyList<TopicLevel> back) => (topics.Count, back.Count) switch
    {
        ( > 0, > 0) => $"One of you works with {Labels(topics)}, the other with {Labels(back)}; each asked to learn from someone who does.",
        ( > 0, _) => $"One of you works with {Labels(topics)}; the other asked to learn it from someone who does.",
        _ => "You complement each other in what this programme is about.",
    };

    /// <summary>What speaks for them most, besides the topics.</summary>
    private static string BestOfTheRest(IReadOnlyList<CriterionPoints> points) =>
        points.Where(part => part.Points > 0 && part.Criterion is not ("gap" or "wishes" or "priority" or "level"))
            .OrderByDescending(part => part.Points).Select(part => ' ' + part.Words).FirstOrDefault() ?? "";

    private static string Labels(IReadOnlyList<TopicLevel> topics) => Criteria.List([.. topics.Take(TopicsNamed).Select(topic => topic.Label)]);
}
