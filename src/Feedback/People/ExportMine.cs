using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Insights;
using Mentoring.Feedback.Projects;
using Mentoring.Feedback.Reflections;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.People;

/// <summary>What Feedback keeps about somebody under their name.</summary>
/// <param name="AnsweredSurveys">That they were answered; the answers bear no name.</param>
/// <param name="Raised">Insights raised under the own name.</param>
/// <param name="Owned">Insights that one is, or was, to answer.</param>
/// <param name="Concerns">Those with which one asked to be contacted.</param>
internal sealed record ExportedFeedback(
    string? Name,
    CareerStage? Stage,
    IReadOnlyList<ExportedSide> Sides,
    IReadOnlyList<ReadReflections.Item> Reflections,
    IReadOnlyList<Guid> AnsweredSurveys,
    IReadOnlyList<ExportedInsight> Raised,
    IReadOnlyList<ExportedInsight> Owned,
    IReadOnlyList<ExportedConcern> Concerns,
    IReadOnlyList<ReadProjects.OfPair> Projects);

internal sealed record ExportedSide(Guid ProgrammeId, Side Side);

internal sealed record ExportedInsight(
    Guid Id,
    Guid ProgrammeId,
    string Title,
    string Text,
    DateOnly? RaisedOn,
    InsightState State,
    DateOnly? DueOn,
    InsightAnswer? Answer,
    string? AnswerText,
    InsightEffect? Effect,
    string? Evidence,
    DateOnly? AnsweredOn)
{
    internal static ExportedInsight Of(Insight insight) => new(
        insight.Id,
        insight.ProgrammeId,
        insight.Title,
        insight.Text,
        insight.RaisedOn,
        ReadInsights.StateOf(insight),
        insight.DueOn,
        insight.Answer,
        insight.AnswerText,
        insight.Effect,
        insight.Evidence,
        insight.AnsweredOn);
}

internal sealed record ExportedConcern(Guid Id, string Text, DateOnly RaisedOn, string? Reply);

/// <summary>
/// Everything under one's own name, for oneself alone: nobody else ever reads a reflection. Answers and insights without a name stay without:
/// while a programme runs they could be found by its key, and a file that says whose they are would be where somebody finds them.
/// </summary>
internal static class ExportMine
{
    public static async Task<IResult> Handle(Caller caller, FeedbackDb db, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var me = caller.PersonId;
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(known => known.Id == me, ct);
        var sides = await db.Participants.AsNoTracking().Where(participant => participant.PersonId == me).OrderBy(participant => participant.Id)
            .Select(participant => new ExportedSide(participant.ProgrammeId, participant.Side)).ToListAsync(ct);
        var reflections = await db.Reflections.AsNoTracking().Where(reflection => reflection.AuthorId == me).OrderBy(reflection => reflection.Id).ToListAsync(ct);
        var answered = await db.Participations.AsNoTracking().Where(participation => participation.PersonId == me)
            .Select(participation => participation.SurveyId).Order().ToListAsync(ct);
        var insights = await db.Insights.AsNoTracking().Where(insight => insight.RaiserId == me || insight.OwnerId == me).OrderBy(insight => insight.Id).ToListAsync(ct);
        var concerns = await db.Concerns.AsNoTracking().Where(concern => concern.PersonId == me).OrderBy(concern => concern.Id)
            .Select(concern => new ExportedConcern(concern.Id, concern.Text, concern.RaisedOn, concern.Reply)).ToListAsync(ct);
        var projects = await ReadProjects.Mine(caller, db, ct);
        return new PersonExport<ExportedFeedback>("feedback", me, clock.GetUtcNow(), new ExportedFeedback(
            person?.Name,
            person?.Stage,
            sides,
            reflections.ConvertAll(ReadReflections.Shown),
            answered,
            [.. insights.Where(insight => insight.RaiserId == me).Select(ExportedInsight.Of)],
            [.. insights.Where(insight => insight.OwnerId == me).Select(ExportedInsight.Of)],
            concerns,
            projects.Items)).AsFile(response);
    }
}
