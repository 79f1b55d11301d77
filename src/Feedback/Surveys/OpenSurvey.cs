using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Feedback;
using Mentoring.Feedback.Programmes;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Surveys;

internal static class OpenSurvey
{
    public sealed record Request(string Programme, SurveyKind Kind, DateTimeOffset ClosesAt);

    public sealed record Opened(Guid Id, string Programme, SurveyKind Kind, int K, DateTimeOffset ClosesAt, int Questions);

    public static async Task<IResult> Handle(
        [FromBody] Request request, Caller caller, FeedbackDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.Programmes.BySlug(request.Programme, ct) is not { } programme)
            return Problems.NotFound();
        if (!caller.Manages(programme.Id))
            return Problems.RoleMissing();
        if (request.ClosesAt <= now)
            return Problems.Invalid("closesAt", "must be later than now");
        if (programme.Closed)
            return Problems.Of(409, "programme-closed", "The programme has ended; nobody can be asked any more.");
        if (await db.Surveys.AnyAsync(s => s.ProgrammeId == programme.Id && s.Kind == request.Kind, ct))
            return Problems.Of(409, "survey-exists", $"The programme has had its {request.Kind.Kebab()} survey; there is one of each kind.");

        var survey = Survey.Open(Guid.CreateVersion7(now), programme, request.Kind, request.ClosesAt.ToUniversalTime());
        db.Add(survey);
        outbox.Publish(new SurveyOpened(survey.Id, survey.Version, programme.Id, survey.Kind.Kebab(), survey.ClosesAt, survey.K));
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "survey-opened", survey.Id, now));
        await timers.Set(ReleaseRestWhenSurveyCloses.Name, survey.Id.ToString(), survey.ClosesAt, ct: ct);
        await db.SaveChangesAsync(ct);
        return Results.Created(
            $"/api/v1/units/{caller.Unit}/surveys/{survey.Id}/results",
            new Opened(survey.Id, programme.Slug, survey.Kind, survey.K, survey.ClosesAt, survey.Questions.Count));
    }
}
