using Mentoring.Contracts.Participants;

namespace Mentoring.Feedback.Surveys;

/// <summary>What every survey asks: the same questions at baseline, middle and final, or nothing could be compared.</summary>
public static class Questionnaire
{
    /// <summary>The mean of the seven items, each scored so that higher is safer.</summary>
    public const string PsychologicalSafety = "psychological-safety";
    public const string Alliance = "alliance";
    public const string Recommendation = "recommendation";

    private const string Edmondson =
        "Amy C. Edmondson, Psychological Safety and Learning Behavior in Work Teams, Administrative Science Quarterly 44(2), 1999, p. 350-383";

    private const string PerceptionItem = "How far does what is decided about it fit what happens in daily work?";
    private const string Predicted = "predicted-";

    private const int LeastAccurate = 1;
    private const int MostAccurate = 7;

    // The published wording and the published scale: a paraphrase would be another instrument, and its numbers comparable with nobody's.
    private static readonly Question[] Safety =
    [
        Item(1, "If you make a mistake on this team, it is often held against you.", reversed: true),
        Item(2, "Members of this team are able to bring up problems and tough issues."),
        Item(3, "People on this team sometimes reject others for being different.", reversed: true),
        Item(4, "It is safe to take a risk on this team."),
        Item(5, "It is difficult to ask other members of this team for help.", reversed: true),
        Item(6, "No one on this team would deliberately act in a way that undermines my efforts."),
        Item(7, "Working with members of this team, my unique skills and talents are valued and utilized."),
    ];

    /// <summary>How people find something to be in their organisation; not where they stand themselves.</summary>
    private const string Rating = "rating";

    /// <summary>How far apart lie what those who decide expect others to answer, and what these answer, of one and the same thing.</summary>
    public const string PerceptionGap = "perception-gap";

    // Measures that people can tell of themselves. Others (retention, a priority's own figure) come from elsewhere and are not asked.
    private static readonly HashSet<string> SelfRated = ["gap-self-rating", "self-rating", "survey"];

    public static IReadOnlyList<string> SafetyItems { get; } = [.. Safety.Select(item => item.Code)];

    public static IReadOnlyList<Question> For(string gap, IEnumerable<Measure> measures) =>
    [
        .. Safety,
        new(Alliance, "My partner and I agree on what we want from our conversations, and how we talk brings us there.", 1, "not at all", 7, "completely"),
        new(Recommendation, "How likely is it that you would recommend this programme to a colleague?", 0, "not at all likely", 10, "extremely likely"),
        .. from measure in measures
           where Asks(measure)
           from question in Ask(measure, gap)
           select question,
    ];

    /// <summary>Whether people are asked for it; what they are not asked for comes from elsewhere.</summary>
    public static bool Asks(Measure measure) => measure.Instrument is Rating or PerceptionGap || SelfRated.Contains(measure.Instrument);

    public static string MeasureCode(string measure) => "measure-" + measure;

    /// <summary>What mentees, who decide, expect the mentors to answer.</summary>
    public static string PredictedCode(string measure) => Predicted + measure;

    /// <summary>What mentors, who are close to it, do answer.</summary>
    public static string ReportedCode(string measure) => "reported-" + measure;

    /// <summary>The measures of which a survey asks what is predicted and what is reported.</summary>
    public static IEnumerable<string> PerceptionGaps(IEnumerable<Question> questions) =>
        questions.Where(question => question.Code.StartsWith(Predicted, StringComparison.Ordinal)).Select(question => question.Code[Predicted.Length..]);

    private static Question[] Ask(Measure measure, string gap) => measure.Instrument switch
    {
        Rating =>
        [
            new(MeasureCode(measure.Name), $"How is it in this organisation today, as to {Words(measure.Name)}?", 1, "very poor", 5, "very good", Side: measure.Side),
        ],
        // One item, put to both sides: as each sees it, and as the other expects it to be seen.
        PerceptionGap =>
        [
            new(PredictedCode(measure.Name), $"The gap: {gap} We ask those who are close to it: \"{PerceptionItem}\" What will they answer, on average?", 1, "not at all", 7, "completely", Side: Side.Mentee),
            new(ReportedCode(measure.Name), $"The gap: {gap} {PerceptionItem}", 1, "not at all", 7, "completely", Side: Side.Mentor),
        ],
        _ => [new(MeasureCode(measure.Name), MeasureText(measure, gap), 1, "just curious", 5, "others learn from me", Side: measure.Side)],
    };

    private static string MeasureText(Measure measure, string gap) => measure.Instrument == "gap-self-rating"
        ? $"The gap: {gap} Where do you stand yourself today, as to {Words(measure.Name)}?"
        : $"Where do you stand yourself today, as to {Words(measure.Name)}?";

    private static string Words(string name) => name.Replace('-', ' ');

    private static Question Item(int number, string text, bool reversed = false) => new(
        $"{PsychologicalSafety}-{number}", text, LeastAccurate, "very inaccurate", MostAccurate, "very accurate", reversed, Source: Edmondson);
}
