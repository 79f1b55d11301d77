namespace Mentoring.Matching.Runs;

/// <summary>
/// What two people of a pool are to one another, worked out once and then looked at by every rule and criterion. Millions are made, so making
/// one allocates nothing and looks nothing up.
/// </summary>
/// <param name="Mentor">The one who would mentor.</param>
/// <param name="Mentee">The one who would be mentored.</param>
/// <param name="Up">What the mentor's offers do for the mentee's needs.</param>
/// <param name="Back">What the mentee's offers do for the mentor's needs.</param>
/// <param name="CommonMinutes">Minutes that both working days have in common, at the worse time of the year.</param>
/// <param name="Distance">How many levels lie between the two in one reporting line, either way; null when neither is above the other.</param>
internal readonly record struct Meeting(Profile Mentor, Profile Mentee, Met Up, Met Back, int CommonMinutes, int? Distance)
{
    public static Meeting Of(Profile mentor, Profile mentee) => new(
        mentor, mentee, mentor.Meets(mentee), mentee.Meets(mentor), mentor.CommonMinutes(mentee), mentor.DistanceTo(mentee));
}

/// <summary>What one person's offers do for another's needs.</summary>
/// <param name="Topics">Needs that are offered.</param>
/// <param name="GapLevels">The offered levels of those among the programme's topics, added up.</param>
/// <param name="Priorities">Those that carry a strategic priority.</param>
/// <param name="LevelsAbove">How far the offer is ahead of the need, at most; 0 where it is not.</param>
/// <param name="LastTopic">The last of the topics: the one, where it is one.</param>
internal readonly record struct Met(int Topics, int GapLevels, int Priorities, int LevelsAbove, int LastTopic)
{
    public static readonly Met None = new(0, 0, 0, 0, -1);

    /// <summary>One walk over both, which rise.</summary>
    public static Met Of(Known[] offers, Known[] needs)
    {
        int topics = 0, gapLevels = 0, priorities = 0, levelsAbove = 0, lastTopic = -1, i = 0, j = 0;
        while (i < offers.Length && j < needs.Length)
        {
            ref readonly var offer = ref offers[i];
            ref readonly var need = ref needs[j];
            if (offer.Topic < need.Topic)
            {
                i++;
                continue;
            }
            if (offer.Topic == need.Topic)
            {
                topics++;
                lastTopic = offer.Topic;
                if (need.InGap) gapLevels += offer.Level;
                if (need.Priority) priorities++;
                levelsAbove = Math.Max(levelsAbove, offer.Level - need.Level);
                i++;
            }
            j++;
        }
        return new Met(topics, gapLevels, priorities, levelsAbove, lastTopic);
    }

    /// <summary>How many numbers stand in both of two rising lists.</summary>
    public static int Common(int[] one, int[] other)
    {
        var (count, i, j) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            if (one[i] < other[j]) i++;
            else if (one[i] > other[j]) j++;
            else (count, i, j) = (count + 1, i + 1, j + 1);
        }
        return count;
    }
}

/// <summary>Something looked up in a meeting.</summary>
internal delegate T Look<out T>(Policy policy, in Meeting meeting);
