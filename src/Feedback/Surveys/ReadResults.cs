using Mentoring.Feedback.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Surveys;

internal static class ReadResults
{
    /// <param name="K">Fewest people behind a number; what fewer answered is null.</param>
    public sealed record Shown(Guid Id, string Programme, SurveyKind Kind, ReadSurveys.State State, int K, DateTimeOffset ClosesAt, IReadOnlyList<Row> Questions);

    /// <param name="Side"><c>mentor</c>, <c>mentee</c> or <c>both</c> (people on both sides); null for everybody who was asked.</param>
    /// <param name="Answered">How many stand behind the mean: not how many have answered.</param>
    /// <param name="Mean">Of the scored answers: higher is better, reversed items included. Of a perception gap the distance between two means: smaller is better.</param>
    /// <param name="Suppressed">There may be answers, but too few to show, here or in another group that could be computed from this one.</param>
    public sealed record Row(string Code, string? Text, string? Side, int? Answered, decimal? Mean, bool Suppressed);

    public static async Task<IResult> Handle(Guid id, Caller caller, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = await (
            from survey in db.Surveys.AsNoTracking()
            join programme in db.Programmes on survey.ProgrammeId equals programme.Id
            where survey.Id == id
            select new { Survey = survey, programme.Slug }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Problems.NotFound();
        if (!caller.Oversees(found.Survey.ProgrammeId))
            return Problems.RoleMissing();

        var results = new SurveyResults(await db.ShownNumbers.AsNoTracking().Where(number => number.SurveyId == id).ToListAsync(ct));
        return Results.Ok(new Shown(
            id, found.Slug, found.Survey.Kind, ReadSurveys.StateOf(found.Survey, clock.GetUtcNow()), found.Survey.K, found.Survey.ClosesAt,
            [.. Rows(found.Survey, results)]));
    }

    private static IEnumerable<Row> Rows(Survey survey, SurveyResults results)
    {
        foreach (var group in Groups)
            yield return Of(Questionnaire.PsychologicalSafety, "The mean of the seven items of psychological safety", group, results.Safety(group));
        foreach (var measure in Questionnaire.PerceptionGaps(survey.Questions))
            yield return Of(Questionnaire.MeasureCode(measure), "How far what mentees predict lies from what mentors report", ShownNumber.All, results.Distance(measure));
        foreach (var question in survey.Questions)
        {
            foreach (var group in question.Side is null ? Groups : [ShownNumber.All])
                yield return Of(question.Code, question.Text, question.Side?.Kebab() ?? group, results.Of(question.Code, group));
        }
    }

    private static string[] Groups { get; } = [ShownNumber.All, Standing.Mentor.Kebab(), Standing.Mentee.Kebab(), Standing.Both.Kebab()];

    private static Row Of(string code, string text, string group, (int People, decimal Mean)? number) =>
        new(code, text, group == ShownNumber.All ? null : group, number?.People, number?.Mean, number is null);
}
