using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Programmes;
using Mentoring.Feedback.Surveys;

namespace Mentoring.Feedback.Tests.Surveys;

public class ReleasingAnswersInBatches
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);

    /// <summary>People answer one after the other; after each, and after the end, somebody reads the results.</summary>
    private sealed record Run(Standing[] Answers, int K);

    private static readonly Gen<Run> Runs =
        from k in Gen.Choose(3, 6)
        from count in Gen.Choose(0, 30)
        from answers in Gen.Elements(Standing.Mentor, Standing.Mentee, Standing.Both).ArrayOf(count)
        select new Run(answers, k);

    [Fact]
    public void Every_number_read_at_any_time_stands_for_at_least_k() => Check(run =>
        Readings(run).SelectMany(reading => reading.Values).All(number => number.People >= run.K));

    [Fact]
    public void What_a_number_gains_between_two_readings_stands_for_at_least_k() => Check(run =>
    {
        var readings = Readings(run);
        return readings.Zip(readings.Skip(1)).All(pair => pair.Second.All(number =>
            number.Value.People - pair.First.GetValueOrDefault(number.Key).People is var gained && (gained == 0 || gained >= run.K)));
    });

    [Fact]
    public void The_difference_of_all_and_any_of_the_groups_stands_for_nobody_or_at_least_k() => Check(run => Readings(run).All(reading =>
        Subsets(["mentor", "mentee", "both"]).All(groups =>
            People(reading, Questionnaire.Alliance, ShownNumber.All) - groups.Sum(group => People(reading, Questionnaire.Alliance, group)) is var rest
            && (rest == 0 || rest >= run.K))));

    /// <summary>Everybody is asked about the alliance, mentees and those on both sides about fluency: the rest are mentors.</summary>
    [Fact]
    public void How_many_were_asked_one_question_and_not_another_is_nobody_or_at_least_k() => Check(run => Readings(run).All(reading =>
        Subsets(["mentor"]).All(groups =>
            People(reading, Questionnaire.Alliance, ShownNumber.All)
                - People(reading, Questionnaire.MeasureCode("fluency"), ShownNumber.All)
                - groups.Sum(group => People(reading, Questionnaire.Alliance, group)) is var others
            && (others == 0 || others >= run.K))));

    [Fact]
    public void No_answer_counts_twice_and_fewer_than_k_are_lost_at_the_end() => Check(run =>
    {
        var (sheets, numbers, survey) = Play(run);
        var counted = numbers.Where(n => n.Code == Questionnaire.Alliance && n.Group == ShownNumber.All).Sum(n => n.People);
        return counted == sheets.Count(sheet => sheet.Batch is not null)
            && sheets.Count(sheet => sheet.Batch is null) < survey.K
            && sheets.Where(sheet => sheet.Batch is not null).GroupBy(sheet => sheet.Batch).All(batch => batch.Count() >= survey.K);
    });

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void K_answers_show_a_number_and_one_fewer_shows_none(int answers, bool shown)
    {
        // Whoever they are: two mentors and three mentees are five people.
        var (_, numbers, _) = Play(new Run([.. Enumerable.Range(0, answers).Select(i => i % 2 == 0 ? Standing.Mentee : Standing.Mentor)], K: 5), close: false);
        Assert.Equal(shown, numbers.Any(number => number.Code == Questionnaire.Alliance));
    }

    [Fact]
    public void A_question_put_to_one_side_is_not_shown_for_fewer_than_k_of_that_side()
    {
        var (_, numbers, _) = Play(new Run([Standing.Mentee, Standing.Mentee, Standing.Mentor, Standing.Mentor, Standing.Mentor], K: 5), close: false);
        Assert.Contains(numbers, number => number.Code == Questionnaire.Alliance);
        Assert.DoesNotContain(numbers, number => number.Code == Questionnaire.MeasureCode("fluency"));
    }

    [Fact]
    public void Groups_of_k_are_shown_apart()
    {
        var (_, numbers, _) = Play(new Run([.. Enumerable.Repeat(Standing.Mentor, 6), .. Enumerable.Repeat(Standing.Mentee, 7)], K: 5), close: false);
        Assert.Contains(numbers, number => number.Group == "mentor" && number.People == 5);
        Assert.Contains(numbers, number => number.Group == "mentee" && number.People == 5);
    }

    private static int People(Dictionary<(string, string), (int People, int Sum)> reading, string code, string group) => reading.GetValueOrDefault((code, group)).People;

    private static List<Dictionary<(string Code, string Group), (int People, int Sum)>> Readings(Run run)
    {
        var shown = new List<ShownNumber>();
        var readings = new List<Dictionary<(string, string), (int, int)>>();
        Play(run, close: true, after =>
        {
            shown.AddRange(after);
            readings.Add(shown.GroupBy(n => (n.Code, n.Group)).ToDictionary(n => n.Key, n => (n.Sum(x => x.People), n.Sum(x => x.Sum))));
        });
        return readings;
    }

    private static (List<AnswerSheet> Sheets, List<ShownNumber> Numbers, Survey Survey) Play(
        Run run, bool close = true, Action<IReadOnlyList<ShownNumber>>? read = null)
    {
        var survey = Survey.Open(Guid.CreateVersion7(), Facts.Known(k: run.K), SurveyKind.Middle, Now.AddDays(7));
        var sheets = new List<AnswerSheet>();
        var numbers = new List<ShownNumber>();
        foreach (var standing in run.Answers)
        {
            sheets.Add(new AnswerSheet
            {
                Id = Guid.CreateVersion7(),
                SurveyId = survey.Id,
                Respondent = [],
                Standing = standing,
                AnsweredOn = DateOnly.FromDateTime(Now.UtcDateTime),
                Answers = survey.QuestionsFor(standing).ToDictionary(question => question.Code, question => question.Least + sheets.Count % 2),
            });
            Release(Now);
        }
        if (close)
            Release(survey.ClosesAt);
        return (sheets, numbers, survey);

        void Release(DateTimeOffset at)
        {
            var released = survey.Release([.. sheets.Where(sheet => sheet.Batch is null)], at);
            numbers.AddRange(released);
            read?.Invoke(released);
        }
    }

    private static IEnumerable<string[]> Subsets(string[] of) =>
        Enumerable.Range(0, 1 << of.Length).Select(mask => of.Where((_, i) => (mask & (1 << i)) != 0).ToArray());

    private static void Check(Func<Run, bool> holds) => Prop.ForAll(Runs.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
