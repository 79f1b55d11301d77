using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Figures;
using Mentoring.Feedback.Insights;
using Mentoring.Feedback.Pairs;
using Mentoring.Feedback.Programmes;
using Mentoring.Feedback.Surveys;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Reviews;

internal static class WriteReview
{
    public sealed record Request(string Programme);

    public static async Task<IResult> Handle([FromBody] Request request, Caller caller, FeedbackDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Programmes.AsNoTracking().BySlug(request.Programme, ct) is not { } programme)
            return Problems.NotFound();
        if (!caller.Manages(programme.Id))
            return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        var evidence = await Gather(programme, db, clock, ct);
        var review = Review.Write(Guid.CreateVersion7(now), programme.Id, programme.Gates, programme.Report, evidence, now);
        db.Add(review);
        outbox.Publish(new ReviewPublished(review.Id, 1, programme.Id, review.Green, review.Gates));
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "review-written", review.Id, now));
        await db.SaveChangesAsync(ct);
        return Results.Created($"/api/v1/units/{caller.Unit}/reviews/{review.Id}", ReadReviews.Shown(review, programme.Slug));
    }

    private static async Task<Evidence> Gather(KnownProgramme programme, FeedbackDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var pairs = await db.Pairs.AsNoTracking().Where(pair => pair.ProgrammeId == programme.Id).ToListAsync(ct);
        var mentees = pairs.Select(pair => pair.MenteeId).ToHashSet();
        var sessions = await db.Sessions.AsNoTracking().Where(session => session.ProgrammeId == programme.Id && session.StartsAt <= now).ToListAsync(ct);
        var held = sessions.Where(session => session.State is SessionState.Held).ToList();
        var firstHeld = held.GroupBy(session => session.PairId).ToDictionary(ofPair => ofPair.Key, ofPair => ofPair.Min(session => session.StartsAt));
        var credibility = await ReadBoard.CredibilityOf(programme.Id, db, clock, ct);
        var effects = await db.Insights.AsNoTracking()
            .Where(i => i.ProgrammeId == programme.Id && i.Answer == InsightAnswer.Done && i.Effect != null && i.Effect != InsightEffect.None)
            .Select(i => i.Effect!.Value).ToListAsync(ct);
        var attested = await db.Attestations.Where(a => a.ProgrammeId == programme.Id).Select(a => a.What).ToListAsync(ct);
        var met = pairs.Where(pair => firstHeld.ContainsKey(pair.Id)).ToList();
        var delivered = await db.Projects.Where(project => project.ProgrammeId == programme.Id && project.DeliveredOn != null).Select(project => project.PairId).ToListAsync(ct);
        var surveys = await db.Surveys.AsNoTracking().Where(survey => survey.ProgrammeId == programme.Id).ToListAsync(ct);

        return new Evidence(
            programme.K,
            pairs.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }).Distinct().Count(),
            mentees.Count,
            held.Select(session => session.MenteeId).Where(mentees.Contains).Distinct().Count(),
            pairs.Count,
            await db.LostProposals.CountAsync(proposal => proposal.ProgrammeId == programme.Id, ct),
            sessions.Count,
            held.Count,
            sessions.Count(session => session is { State: SessionState.Cancelled, BySide: Side.Mentor }),
            sessions.Count(session => session is { State: SessionState.Cancelled, BySide: Side.Mentee }),
            sessions.Count(session => session.State is SessionState.Missed),
            [.. pairs.Where(pair => pair.FormedAt is not null && firstHeld.ContainsKey(pair.Id))
                .Select(pair => Math.Max(0, (firstHeld[pair.Id] - pair.FormedAt!.Value).TotalDays))],
            await db.Insights.CountAsync(i => i.ProgrammeId == programme.Id && i.RaisedOn != null, ct),
            credibility.Due,
            credibility.InTime,
            effects.GroupBy(effect => effect).ToDictionary(found => found.Key.Kebab(), found => found.Count()),
            await Latest(surveys.Where(survey => survey.Kind is SurveyKind.Baseline), db, ct),
            await Latest(surveys.Where(survey => survey.Kind is not SurveyKind.Baseline), db, ct),
            attested.ToHashSet(),
            programme.Measures,
            await db.Newest(programme.Id).ToDictionaryAsync(figure => figure.Measure, ct),
            met.Count,
            met.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }).Distinct().Count(),
            met.Count(pair => delivered.Contains(pair.Id)),
            PairContinuation.Of(pairs));
    }

    // A final survey that has just been opened does not take away what the middle one shows.
    private static async Task<SurveyResults?> Latest(IEnumerable<Survey> surveys, FeedbackDb db, CancellationToken ct)
    {
        SurveyResults? none = null;
        foreach (var survey in surveys.OrderByDescending(survey => survey.Kind))
        {
            var numbers = await db.ShownNumbers.AsNoTracking().Where(number => number.SurveyId == survey.Id).ToListAsync(ct);
            if (numbers.Count > 0)
                return new SurveyResults(numbers);
            none = new SurveyResults([]);
        }
        return none;
    }
}
