using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Programmes;

namespace Mentoring.Feedback.Surveys;

/// <summary>
/// Answers reach the results in batches, never one by one: whoever looks at the results before and after would read a single answer off
/// the difference. Each batch has at least k people behind every number it adds, batches share nobody, and suppression keeps the
/// differences within a batch to at least k; so whatever is computed from results read at any times is about whole batches or such parts of them.
/// </summary>
public static class Batch
{
    /// <summary>
    /// Which groups make up a batch now. A group that has k waiting is a batch of its own, so that its numbers can be shown apart. The
    /// smaller rests go together, and then count for everybody only: at the start, so that k answers show a number whoever gave them, and
    /// at the end, when no more will come.
    /// </summary>
    public static IEnumerable<IReadOnlyList<Standing>> Due(IReadOnlyDictionary<Standing, int> waiting, bool nothingShown, bool closed, int k)
    {
        var own = waiting.Where(group => group.Value >= k).Select(group => group.Key).Order().ToList();
        foreach (var standing in own)
            yield return [standing];
        var rest = waiting.Where(group => group.Value < k && group.Value > 0).ToList();
        if (rest.Sum(group => group.Value) >= k && (closed || (nothingShown && own.Count == 0)))
            yield return [.. rest.Select(group => group.Key).Order()];
    }

    /// <summary>
    /// The numbers of one batch that may be shown. All of them together are held against one another: a question put to one side only says
    /// by its number how many of the others there are.
    /// </summary>
    public static IEnumerable<ShownNumber> Numbers(Survey survey, int number, IReadOnlyCollection<AnswerSheet> sheets)
    {
        var groups = sheets.GroupBy(sheet => sheet.Standing).OrderBy(group => group.Key).ToList();
        var sides = survey.Questions.Select(question => question.Side).Distinct().OrderBy(side => side);
        List<uint> cells = [.. sides.Select(Asked), .. Enumerable.Range(0, groups.Count).Select(group => 1u << group)];
        var decided = Suppression.Show(groups.ConvertAll(group => group.Count()), cells, survey.K);
        var shown = cells.Where((_, cell) => decided[cell]).ToHashSet();

        foreach (var question in survey.Questions)
        {
            if (shown.Contains(Asked(question.Side)))
                yield return Number(survey, number, question, ShownNumber.All, sheets.Where(sheet => question.IsPutTo(sheet.Standing)));
            for (var group = 0; question.Side is null && group < groups.Count; group++)
            {
                if (shown.Contains(1u << group))
                    yield return Number(survey, number, question, groups[group].Key.Kebab(), groups[group]);
            }
        }

        uint Asked(Side? side) => groups.Index()
            .Where(group => side is not { } of || group.Item.Key.IsOn(of))
            .Aggregate(0u, (set, group) => set | (1u << group.Index));
    }

    private static ShownNumber Number(Survey survey, int batch, Question question, string group, IEnumerable<AnswerSheet> sheets)
    {
        var scores = sheets.Select(sheet => question.Score(sheet.Answers[question.Code])).ToList();
        return new() { SurveyId = survey.Id, Batch = batch, Code = question.Code, Group = group, People = scores.Count, Sum = scores.Sum() };
    }
}
