using Mentoring.Feedback.Programmes;

namespace Mentoring.Feedback.Surveys;

public enum SurveyKind
{
    Baseline,
    Middle,
    Final,
}

/// <summary>
/// A survey of a programme. Questions and k are locked when it opens. A programme has one of each kind: two surveys a day apart with one
/// newcomer between them would tell the newcomer's answers.
/// </summary>
public sealed class Survey
{
    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required SurveyKind Kind { get; init; }
    public required int K { get; init; }
    public required IReadOnlyList<Question> Questions { get; init; }
    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>How many batches of answers have been released into the results.</summary>
    public int Batches { get; private set; }

    public static Survey Open(Guid id, KnownProgramme programme, SurveyKind kind, DateTimeOffset closesAt) => new()
    {
        Id = id,
        Version = 1,
        ProgrammeId = programme.Id,
        Kind = kind,
        K = programme.K,
        Questions = Questionnaire.For(programme.Gap, programme.Measures),
        ClosesAt = closesAt,
    };

    public bool IsClosed(DateTimeOffset now) => now >= ClosesAt;

    public IEnumerable<Question> QuestionsFor(Standing standing) => Questions.Where(question => question.IsPutTo(standing));

    /// <summary>
    /// What is wrong with a set of answers. All questions or none: where single ones could be left out, a question would be answered by
    /// fewer people than the survey, and k would have to be kept for each of them apart.
    /// </summary>
    public Dictionary<string, string[]> Faults(IReadOnlyDictionary<string, int> answers, Standing standing)
    {
        var asked = QuestionsFor(standing).ToDictionary(question => question.Code);
        var faults = new Dictionary<string, string[]>();
        foreach (var code in answers.Keys.Where(code => !asked.ContainsKey(code)))
            faults[$"answers.{code}"] = ["is not a question put to you"];
        foreach (var question in asked.Values)
        {
            if (!answers.TryGetValue(question.Code, out var answer))
                faults[$"answers.{question.Code}"] = ["is required: all questions or none"];
            else if (answer < question.Least || answer > question.Most)
                faults[$"answers.{question.Code}"] = [$"must be from {question.Least} to {question.Most}"];
        }
        return faults;
    }

    /// <summary>
    /// Releases what is due of the answers that wait, and returns the numbers that may be shown for them. The answers are marked, so that
    /// none is released twice.
    /// </summary>
    /// <param name="waiting">Every answer that no batch has released yet.</param>
    /// <param name="now">After closing the small rests of all groups are released together, if they are enough.</param>
    public IReadOnlyList<ShownNumber> Release(IReadOnlyCollection<AnswerSheet> waiting, DateTimeOffset now)
    {
        var byStanding = waiting.ToLookup(sheet => sheet.Standing);
        var shown = new List<ShownNumber>();
        foreach (var standings in Batch.Due(byStanding.ToDictionary(group => group.Key, group => group.Count()), Batches == 0, IsClosed(now), K))
        {
            var sheets = standings.SelectMany(standing => byStanding[standing]).ToList();
            Batches++;
            foreach (var sheet in sheets)
                sheet.Batch = Batches;
            shown.AddRange(Batch.Numbers(this, Batches, sheets));
        }
        return shown;
    }
}
