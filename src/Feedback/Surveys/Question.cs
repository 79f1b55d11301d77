using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Programmes;

namespace Mentoring.Feedback.Surveys;

/// <summary>One question as it stood when its survey opened.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Text">As asked.</param>
/// <param name="Least">The lowest answer, and <paramref name="LeastMeans"/> what it means.</param>
/// <param name="Most">The highest answer, and <paramref name="MostMeans"/> what it means.</param>
/// <param name="Reversed">Agreement is the bad end: scored from the other side, so that a higher mean is always better.</param>
/// <param name="Side">Whom it is put to; null for everybody.</param>
/// <param name="Source">Whose words these are, where they are not ours.</param>
public sealed record Question(
    string Code, string Text, int Least, string LeastMeans, int Most, string MostMeans, bool Reversed = false, Side? Side = null, string? Source = null)
{
    public int Score(int answer) => Reversed ? Least + Most - answer : answer;

    public bool IsPutTo(Standing standing) => Side is not { } side || standing.IsOn(side);
}
