using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Programmes;
using Mentoring.Feedback.Surveys;

namespace Mentoring.Feedback.Tests.Surveys;

public class TheQuestionnaire
{
    private static readonly IReadOnlyList<Question> Questions = Questionnaire.For("Leaders do not use what the front line uses.",
    [
        new Measure("fluency", "gap-self-rating", Side.Mentee, 2.1m, 3.5m),
        new Measure("retention", "hr-figure", null, 0.8m, 0.9m),
    ]);

    [Fact]
    public void The_seven_items_are_the_published_ones_with_their_source()
    {
        var items = Questions.Where(question => Questionnaire.SafetyItems.Contains(question.Code)).ToList();
        Assert.Equal(7, items.Count);
        Assert.All(items, item => Assert.Contains("Edmondson", item.Source, StringComparison.Ordinal));
        Assert.Equal([1, 3, 5], items.Index().Where(item => item.Item.Reversed).Select(item => item.Index + 1));
    }

    [Fact]
    public void A_reversed_item_is_scored_from_the_other_side()
    {
        var heldAgainstYou = Questions[0];
        Assert.Equal(7, heldAgainstYou.Score(1));
        Assert.Equal(1, heldAgainstYou.Score(7));
        Assert.Equal(5, Questions[1].Score(5));
    }

    [Fact]
    public void A_measure_is_put_to_its_side_only_and_a_figure_from_elsewhere_to_nobody()
    {
        var measure = Assert.Single(Questions, question => question.Code.StartsWith("measure-", StringComparison.Ordinal));
        Assert.True(measure.IsPutTo(Standing.Mentee));
        Assert.True(measure.IsPutTo(Standing.Both));
        Assert.False(measure.IsPutTo(Standing.Mentor));
    }

    [Theory]
    [InlineData(null, Standing.Mentor, true)]
    [InlineData(null, Standing.Mentee, true)]
    [InlineData(Side.Mentor, Standing.Mentor, true)]
    [InlineData(Side.Mentor, Standing.Mentee, false)]
    public void A_rating_asks_how_the_organisation_is_and_not_where_one_stands(Side? side, Standing standing, bool asked)
    {
        var question = Questionnaire.For("Leaders decide.", [new Measure("communication-flow", "rating", side, 2.8m, 3.4m)])[^1];
        Assert.Equal(("measure-communication-flow", 1, "very poor", 5, "very good"), (question.Code, question.Least, question.LeastMeans, question.Most, question.MostMeans));
        Assert.Equal("How is it in this organisation today, as to communication flow?", question.Text);
        Assert.Equal(asked, question.IsPutTo(standing));
    }

    [Fact]
    public void A_perception_gap_puts_one_item_to_both_sides_once_predicted_and_once_reported()
    {
        var asked = Questionnaire.For("Executives decide on reports.", [new Measure("perception-gap", "perception-gap", null, 1.5m, 0.8m)]).TakeLast(2).ToList();
        Assert.Equal([("predicted-perception-gap", Side.Mentee, 1, 7), ("reported-perception-gap", Side.Mentor, 1, 7)], asked.Select(q => (q.Code, q.Side!.Value, q.Least, q.Most)));
        var item = asked[1].Text["The gap: Executives decide on reports. ".Length..];
        Assert.Contains($"\"{item}\"", asked[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_questions_are_answered_or_none()
    {
        var survey = Survey.Open(Guid.CreateVersion7(), Facts.Known(), SurveyKind.Baseline, DateTimeOffset.UnixEpoch);
        var answers = survey.QuestionsFor(Standing.Mentee).ToDictionary(question => question.Code, question => question.Most);
        Assert.Empty(survey.Faults(answers, Standing.Mentee));

        answers.Remove(Questionnaire.Alliance);
        answers[Questionnaire.Recommendation] = 11;
        answers["age"] = 3;
        Assert.Equal(["answers.age", "answers.alliance", "answers.recommendation"], survey.Faults(answers, Standing.Mentee).Keys.Order());
    }

    [Fact]
    public void A_programme_cannot_lower_k_to_where_two_people_know_each_other()
    {
        Assert.Equal(3, Facts.Known(k: 1).K);
        Assert.Equal(8, Facts.Known(k: 8).K);
    }
}
