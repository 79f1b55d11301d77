namespace Mentoring.Matching.Runs;

/// <summary>The criteria of one policy with their weights.</summary>
internal sealed class Scoring(Policy policy)
{
    private readonly (Criterion Criterion, int Weight)[] _weights = [.. policy.Weights.Select(weight => (Criteria.Named(weight.Criterion), weight.Points))];

    /// <summary>The sum of <see cref="Explain"/>, without the words.</summary>
    public int Score(in Meeting two)
    {
        var score = 0;
        foreach (var (criterion, weight) in _weights) score += Points(criterion, weight, two);
        return score;
    }

    /// <summary>What each criterion gives, in the order of the policy.</summary>
    public IReadOnlyList<CriterionPoints> Explain(in Meeting two)
    {
        var points = new CriterionPoints[_weights.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var (criterion, weight) = _weights[i];
            points[i] = new CriterionPoints(criterion.Name, Points(criterion, weight, two), criterion.Words(policy, two));
        }
        return points;
    }

    private int Points(Criterion criterion, int weight, in Meeting two)
    {
        var (part, of) = criterion.Share(policy, two);
        var whole = (long)weight * part;
        // Millions are divided, and a short division takes a third of a long one's time.
        return whole <= int.MaxValue ? (int)whole / of : (int)(whole / of);
    }
}
