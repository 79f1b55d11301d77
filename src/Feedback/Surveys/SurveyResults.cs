using Mentoring.Contracts.Participants;

namespace Mentoring.Feedback.Surveys;

/// <summary>The results as they may be shown: sums over released batches. What is not on show is not in here.</summary>
public sealed class SurveyResults(IEnumerable<ShownNumber> shown)
{
    private const int Decimals = 2;

    private readonly Dictionary<(string Code, string Group), (int People, int Sum)> _numbers = shown
        .GroupBy(number => (number.Code, number.Group))
        .ToDictionary(numbers => numbers.Key, numbers => (numbers.Sum(n => n.People), numbers.Sum(n => n.Sum)));

    /// <summary>Null where it is suppressed.</summary>
    public (int People, decimal Mean)? Of(string code, string group = ShownNumber.All) =>
        _numbers.TryGetValue((code, group), out var number)
            ? (number.People, Math.Round((decimal)number.Sum / number.People, Decimals))
            : null;

    /// <summary>A measure's mean; for a perception gap the distance between the two means. Null where it is suppressed.</summary>
    public (int People, decimal Mean)? Of(Measure measure) =>
        measure.Instrument == Questionnaire.PerceptionGap ? Distance(measure.Name) : Of(Questionnaire.MeasureCode(measure.Name));

    /// <summary>How far apart predicted and reported lie, with the smaller side's people; null unless both sides are on show.</summary>
    public (int People, decimal Mean)? Distance(string measure) =>
        Of(Questionnaire.PredictedCode(measure)) is { } predicted && Of(Questionnaire.ReportedCode(measure)) is { } reported
            ? (Math.Min(predicted.People, reported.People), Math.Abs(predicted.Mean - reported.Mean))
            : null;

    /// <summary>The scale of seven items; everybody is asked all of them, so all have the same people behind them.</summary>
    public (int People, decimal Mean)? Safety(string group = ShownNumber.All)
    {
        var items = Questionnaire.SafetyItems.Select(code => _numbers.GetValueOrDefault((code, group))).ToList();
        var people = items[0].People;
        return people == 0 || items.Exists(item => item.People != people)
            ? null
            : (people, Math.Round((decimal)items.Sum(item => item.Sum) / (people * items.Count), Decimals));
    }
}
