using Mentoring.Feedback.Programmes;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Surveys;

/// <summary>
/// One answer a person, without a name. The survey's row is locked first: two answers at once would each see one too few for a batch, and
/// the same person's second request would slip past the first.
/// </summary>
internal static class AnswerSurvey
{
    public sealed record Request(IReadOnlyDictionary<string, int> Answers);

    private enum Outcome
    {
        Answered,
        NotAsked,
        AlreadyAnswered,
        Closed,
    }

    public static async Task<IResult> Handle(Guid id, [FromBody] Request request, Caller caller, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await Atomically.Begin(db, ct);
        var (outcome, faults) = await Answer(id, request, caller.PersonId, db, clock.GetUtcNow(), ct);
        if (faults.Count > 0)
            return Problems.Invalid(faults);
        await change.Commit(ct);
        return outcome switch
        {
            Outcome.Answered => Results.NoContent(),
            Outcome.NotAsked => Problems.NotFound(),
            Outcome.AlreadyAnswered => Problems.Of(409, "already-answered", "You have answered this survey; nobody, not even you, can change an answer without a name."),
            Outcome.Closed => Problems.Of(409, "survey-closed", "The survey takes no more answers."),
        };
    }

    private static async Task<(Outcome Outcome, Dictionary<string, string[]> Faults)> Answer(
        Guid id, Request request, Guid me, FeedbackDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.LockSurvey(id, ct) is not { } survey
            || await db.Participants.StandingOf(me, survey.ProgrammeId, ct) is not { } standing)
            return (Outcome.NotAsked, []);
        if (survey.IsClosed(now) || await db.ProgrammeKeys.SingleOrDefaultAsync(k => k.ProgrammeId == survey.ProgrammeId, ct) is not { } key)
            return (Outcome.Closed, []);
        if (await db.Participations.AnyAsync(p => p.SurveyId == id && p.PersonId == me, ct))
            return (Outcome.AlreadyAnswered, []);
        if (survey.Faults(request.Answers, standing) is { Count: > 0 } faults)
            return (Outcome.Answered, faults);

        var sheet = new AnswerSheet
        {
            Id = AnonymousId.Draw(),
            SurveyId = id,
            Respondent = key.Pseudonym(me, ProgrammeKey.Purpose.Answer),
            Standing = standing,
            AnsweredOn = DateOnly.FromDateTime(now.UtcDateTime),
            Answers = request.Answers,
        };
        var waiting = await db.AnswerSheets.Where(s => s.SurveyId == id && s.Batch == null).ToListAsync(ct);
        db.Add(new Participation { SurveyId = id, PersonId = me });
        db.Add(sheet);
        db.AddRange(survey.Release([.. waiting, sheet], now));
        await db.SaveChangesAsync(ct);
        return (Outcome.Answered, []);
    }
}
