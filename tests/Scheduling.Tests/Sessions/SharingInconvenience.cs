using FsCheck;
using FsCheck.Fluent;
using Mentoring.Scheduling.Sessions;

namespace Mentoring.Scheduling.Tests.Sessions;

public sealed class SharingInconvenience
{
    [Fact]
    public void Over_all_sessions_it_is_the_minutes_between_whoever_bears_most_and_whoever_bears_least() => ForAny(sessions =>
    {
        var all = sessions.Aggregate(default(Sharing), (so, minutes) => so + Sharing.Of(minutes));

        var borne = Enumerable.Range(0, sessions[0].Length).Select(person => sessions.Sum(minutes => minutes[person])).ToArray();
        Assert.Equal(borne.Max() - borne.Min(), all.Spread);
    });

    [Fact]
    public void It_is_the_same_where_everybody_bears_as_much_beyond_the_last() => ForAny(sessions =>
    {
        foreach (var (one, other) in sessions.SelectMany(one => sessions.Select(other => (one, other))))
        {
            var (so, also) = (Sharing.Of(one), Sharing.Of(other));
            var isSame = one.Select(minutes => minutes - one[^1]).SequenceEqual(other.Select(minutes => minutes - other[^1]));
            Assert.Equal(isSame, so.Equals(also));
            Assert.Equal(isSame, so.CompareTo(also) == 0);
            Assert.Equal(so.CompareTo(also) < 0, also.CompareTo(so) > 0);
            Assert.True(!isSame || so.GetHashCode() == also.GetHashCode());
        }
    });

    /// <summary>Minutes of two to five people in each of some sessions; few enough for many to be alike.</summary>
    private static void ForAny(Action<int[][]> holds)
    {
        var any = from people in Gen.Choose(2, 5)
                  from sessions in Gen.Choose(1, 6)
                  from minutes in Gen.Choose(0, 2).ArrayOf(people).ArrayOf(sessions)
                  select minutes;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(any.ToArbitrary(), holds));
    }
}
