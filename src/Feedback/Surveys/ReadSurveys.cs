using Mentoring.Feedback.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Surveys;

internal static class ReadSurveys
{
    public enum State
    {
        Open,
        Closed,
    }

    /// <summary>How many have answered is not in here: the number would tell who has, one by one.</summary>
    public sealed record Item(Guid Id, string Programme, SurveyKind Kind, State State, int K, DateTimeOffset ClosesAt);

    public sealed record Asked(
        Guid Id, string Programme, string ProgrammeName, SurveyKind Kind, DateTimeOffset ClosesAt, bool Answered, IReadOnlyList<AskedQuestion> Questions);

    public sealed record AskedQuestion(string Code, string Text, int Least, string LeastMeans, int Most, string MostMeans, string? Source);

    public static async Task<IResult> OfProgramme(string programme, Caller caller, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Programmes.AsNoTracking().BySlug(programme, ct) is not { } known)
            return Problems.NotFound();
        if (!caller.Oversees(known.Id))
            return Problems.RoleMissing();
        var now = clock.GetUtcNow();
        var surveys = await db.Surveys.AsNoTracking().Where(survey => survey.ProgrammeId == known.Id).OrderBy(survey => survey.Id).ToListAsync(ct);
        return Results.Ok(Page.Of(surveys.ConvertAll(survey => new Item(
            survey.Id, known.Slug, survey.Kind, StateOf(survey, now), survey.K, survey.ClosesAt)), next: null));
    }

    public static async Task<Page<Asked>> Mine(Caller caller, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        var (me, now) = (caller.PersonId, clock.GetUtcNow());
        var sides = (await db.Participants.AsNoTracking().Where(p => p.PersonId == me).ToListAsync(ct)).ToLookup(p => p.ProgrammeId, p => p.Side);
        var mine = sides.Select(programme => programme.Key).ToList();
        var open = await (
            from survey in db.Surveys.AsNoTracking()
            join programme in db.Programmes on survey.ProgrammeId equals programme.Id
            where mine.Contains(survey.ProgrammeId) && survey.ClosesAt > now && !programme.Closed
            orderby survey.Id
            select new { Survey = survey, programme.Slug, programme.Name, Answered = db.Participations.Any(p => p.SurveyId == survey.Id && p.PersonId == me) })
            .ToListAsync(ct);
        return Page.Of(open.ConvertAll(found => new Asked(
            found.Survey.Id,
            found.Slug,
            found.Name,
            found.Survey.Kind,
            found.Survey.ClosesAt,
            found.Answered,
            [.. found.Survey.QuestionsFor(Standings.Of([.. sides[found.Survey.ProgrammeId]])!.Value).Select(q =>
                new AskedQuestion(q.Code, q.Text, q.Least, q.LeastMeans, q.Most, q.MostMeans, q.Source))])), next: null);
    }

    public static State StateOf(Survey survey, DateTimeOffset now) => survey.IsClosed(now) ? State.Closed : State.Open;
}
