using Mentoring.Matching.Pool;

namespace Mentoring.Matching.Runs;

/// <summary>
/// Two people who may be a pair, asked for one another, and each wants the other more than someone they got: what a stable matching would
/// not leave (D. Gale, L. Shapley, "College Admissions and the Stability of Marriage", 1962). The best total may; so it is told.
/// </summary>
/// <remarks>Under stated wishes alone: whom somebody has not named, they want less than anybody named, and more than an empty place.</remarks>
internal static class BlockingPairs
{
    public static IReadOnlyList<Couple> Of(PairRules rules, IReadOnlyCollection<RankedPair> pairs)
    {
        var menteesOf = pairs.ToLookup(pair => pair.Mentor, pair => pair.Mentee);
        var mentorsOf = pairs.ToLookup(pair => pair.Mentee, pair => pair.Mentor);
        var blocking = new List<Couple>();
        for (var row = 0; row < rules.Mentees.Length; row++)
        {
            var mentee = rules.Mentees[row];
            foreach (var mentorId in mentee.Member.Wishes)
            {
                if (rules.MentorAt(mentorId) is not { } column) continue;
                var mentor = rules.Mentors[column];
                if (mentor.Member.Wishes.Contains(mentee.PersonId)
                    && !mentorsOf[row].Contains(column)
                    && Wants(mentee, mentorId, [.. mentorsOf[row].Select(at => rules.Mentors[at].PersonId)])
                    && Wants(mentor, mentee.PersonId, [.. menteesOf[column].Select(at => rules.Mentees[at].PersonId)])
                    && rules.Allow(Meeting.Of(mentor, mentee)))
                {
                    blocking.Add(new Couple(mentorId, mentee.PersonId));
                }
            }
        }
        return blocking;
    }

    /// <summary>More than an empty place of theirs, or than someone they got.</summary>
    private static bool Wants(Profile one, Guid other, IReadOnlyList<Guid> got) =>
        got.Count < one.FreePlaces || got.Any(partner => RankOf(one, partner) > RankOf(one, other));

    private static int RankOf(Profile one, Guid other)
    {
        var wishes = one.Member.Wishes;
        for (var rank = 0; rank < wishes.Count; rank++)
            if (wishes[rank] == other) return rank;
        return int.MaxValue;
    }
}
